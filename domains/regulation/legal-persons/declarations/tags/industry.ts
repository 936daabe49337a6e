import { forServices, forSupervision, OF_REGISTER, type Own, REGISTER, STATISTICS, theme } from './theme.ts'

const section = (id: string, zh: string, en: string, low: string, high: string): Own => ({
  id: `industry-${id}`,
  kind: 'fact',
  title: [zh, en],
  about: [
    `在营，登记的行业代码为 ${low}～${high} 大类（GB/T 4754）`,
    `In operation, registered in the divisions ${low} to ${high} (GB/T 4754)`,
  ],
  logic: `select code as key, industry as value, established_on as since from base_firm
    where state <> '注销' and substr(industry, 1, 2) between '${low}' and '${high}'`,
})
const listed = (id: string, list: string, zh: string, en: string): Own => ({
  id,
  kind: 'statistic',
  title: [zh, en],
  about: [
    `在营，行业在“${zh}”清单内（规则 legal-persons.industries）`,
    `In operation, its industry is on the list (rule legal-persons.industries)`,
  ],
  rules: ['legal-persons.industries'],
  logic: `select f.code as key, max(f.industry) as value, max(f.established_on) as since from base_firm f
    join rule_industries r on r.list = '${list}' and substr(f.industry, 1, length(r.prefix)) = r.prefix
    where f.state <> '注销' group by f.code`,
})

/** What trade a firm is in, by the register and by the lists of the state. */
export const industryTags = theme(
  {
    theme: 'industry',
    owner: 'city.statistics',
    ...forServices,
    sources: [REGISTER],
    evidence: OF_REGISTER,
    sensitivity: 'public',
    validityDays: 90,
  },
  [
    section('agriculture', '农林牧渔业', 'Agriculture', '01', '05'),
    section('mining', '采矿业', 'Mining', '06', '12'),
    section('manufacturing', '制造业', 'Manufacturing', '13', '43'),
    section('energy', '电热气水业', 'Energy and water', '44', '46'),
    section('construction', '建筑业', 'Construction', '47', '50'),
    section('wholesale', '批发业', 'Wholesale', '51', '51'),
    section('retail', '零售业', 'Retail', '52', '52'),
    section('transport', '交通运输仓储邮政', 'Transport and storage', '53', '60'),
    section('hospitality', '住宿餐饮业', 'Hotels and restaurants', '61', '62'),
    section('information', '信息软件业', 'Information and software', '63', '65'),
    section('finance', '金融业', 'Finance', '66', '69'),
    section('real-estate', '房地产业', 'Real estate', '70', '70'),
    section('business', '租赁商务服务业', 'Leasing and business services', '71', '72'),
    section('research', '科研技术服务业', 'Research and technical services', '73', '75'),
    section('education', '教育', 'Education', '83', '83'),
    section('health', '卫生和社会工作', 'Health and social work', '84', '85'),
    section('culture', '文化体育娱乐业', 'Culture, sport and entertainment', '86', '90'),
    listed('high-tech', 'high-tech', '高技术制造业', 'High-tech manufacturing'),
    listed('strategic', 'strategic', '战略性新兴产业', 'Strategic emerging industry'),
    listed('digital', 'digital', '数字经济核心产业', 'Core of the digital economy'),
    {
      ...listed('two-high', 'two-high', '“两高”行业', 'High energy use and emission'),
      ...forSupervision,
      owner: 'city.reform',
    },
    {
      ...listed('dangerous', 'dangerous', '高危行业', 'Dangerous trade'),
      ...forSupervision,
      owner: 'city.emergency',
    },
    {
      id: 'industry-differs',
      kind: 'statistic',
      title: ['登记与统计行业不一致', 'Register and statistics differ on the industry'],
      about: [
        '登记的行业大类与统计名录的行业大类不同；值为两个代码',
        'The division of the register is another than that of statistics; the value is both codes',
      ],
      sources: [REGISTER, STATISTICS],
      logic: `select f.code as key, f.industry || ' / ' || u.industry as value, f.established_on as since
        from base_firm f join base_statistical_unit u on u.code = f.code
        where substr(f.industry, 1, 2) <> substr(u.industry, 1, 2)`,
      evidence: `select f.code, f.name, f.industry as register, u.industry as statistics
        from base_firm f join base_statistical_unit u on u.code = f.code where f.code = $1`,
    },
  ],
)
