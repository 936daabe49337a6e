import { elementsOf } from './row.ts'

const person = elementsOf('population', 'person', '自然人')
const household = elementsOf('population', 'household', '家庭')
const event = elementsOf('population', 'event', '人口事件')
const insurance = elementsOf('population', 'insurance', '社会保险')
const schooling = elementsOf('population', 'schooling', '学籍')
const aid = elementsOf('population', 'aid', '救助对象')
const belonging = elementsOf('population', 'belonging', '个人财产')

const POLICE = 'city.police'
const CIVIL = 'city.civil-affairs'
const HEALTH = 'city.health'
const WORK = 'city.human-resources'

/** The standard set of the population. Owners follow the duties of the departments; a claim changes them. */
export const populationElements = [
  person('number', ['公民身份号码', 'Citizen number'], '公安机关为公民编定的唯一、终身不变的号码', 'identity', POLICE, {
    link: true,
    max: 18,
    standard: 'GB 11643',
    synonyms: ['身份证号', '身份证号码', '证件号码', '社会保障号码', '身份证明号码'],
  }),
  person('name', ['姓名', 'Name'], '户口登记中的正式姓名', 'text', POLICE, {
    link: true,
    max: 60,
    synonyms: ['名字', '人员姓名', '患者姓名', '权利人'],
  }),
  person('former-name', ['曾用名', 'Former name'], '曾经使用并登记过的姓名', 'text', POLICE, { max: 60 }),
  person('sex', ['性别', 'Sex'], '人的生理性别', 'code', POLICE, { codes: 'gbt2261.1', standard: 'GB/T 2261.1' }),
  person('nation', ['民族', 'Ethnic group'], '户口登记的民族', 'code', POLICE, {
    codes: 'gbt3304',
    standard: 'GB/T 3304',
  }),
  person('born-on', ['出生日期', 'Born on'], '出生的公历日期', 'date', POLICE, { synonyms: ['出生年月日', '生日'] }),
  person('marital', ['婚姻状况', 'Marital status'], '当前的婚姻状况', 'code', CIVIL, {
    codes: 'gbt2261.2',
    standard: 'GB/T 2261.2',
  }),
  person('education', ['学历', 'Education'], '获得的最高学历', 'code', 'city.education', {
    codes: 'gbt4658',
    standard: 'GB/T 4658',
    synonyms: ['文化程度'],
  }),
  person('health-state', ['健康状况', 'State of health'], '身体健康的概括', 'code', HEALTH, {
    codes: 'gbt2261.3',
    standard: 'GB/T 2261.3',
  }),
  person('employment', ['从业状况', 'Employment'], '个人身份和从业状况', 'code', WORK, {
    codes: 'gbt2261.4',
    standard: 'GB/T 2261.4',
  }),
  person(
    'political-status',
    ['政治面貌', 'Political status'],
    '参加政党、政治团体的情况',
    'code',
    'city.organisation',
    {
      codes: 'gbt4762',
      standard: 'GB/T 4762',
    },
  ),
  person('registered-address', ['户籍地址', 'Registered address'], '户口登记的地址', 'text', POLICE, {
    max: 200,
    synonyms: ['户口所在地', '户籍所在地'],
  }),
  person('address', ['现住地址', 'Present address'], '当前经常居住的地址', 'text', POLICE, {
    max: 200,
    synonyms: ['住址', '家庭住址', '居住地址', '联系地址', '住所地址'],
  }),
  person('division', ['户籍区划', 'Division'], '户籍地址所在的行政区划', 'division', POLICE, {
    max: 12,
    standard: 'GB/T 2260',
  }),
  person('phone', ['联系电话', 'Telephone'], '本人的联系电话', 'phone', 'city.big-data', {
    link: true,
    synonyms: ['手机', '手机号码', '电话', '移动电话'],
  }),
  person('ended-on', ['户口注销日期', 'Struck off on'], '户口注销的日期', 'date', POLICE),
  person('end-reason', ['户口注销原因', 'Why struck off'], '户口注销的原因', 'text', POLICE, { max: 40 }),
  household('number', ['户号', 'Household number'], '户口登记中家庭户的编号', 'text', POLICE, { link: true, max: 20 }),
  household('relation', ['与户主关系', 'Relation to the head'], '与户主的家庭关系', 'code', POLICE, {
    codes: 'gbt4761',
    standard: 'GB/T 4761',
  }),
  event('move-permit', ['迁移证编号', 'Move permit'], '户口迁移证的编号', 'text', POLICE, { link: true, max: 40 }),
  event('moved-on', ['迁移日期', 'Moved on'], '户口迁移的日期', 'date', POLICE),
  event('marriage-certificate', ['结婚证字号', 'Marriage certificate'], '结婚证的字号', 'text', CIVIL, {
    link: true,
    max: 40,
  }),
  event('married-on', ['结婚登记日期', 'Married on'], '办理结婚登记的日期', 'date', CIVIL),
  event('birth-certificate', ['出生医学证明编号', 'Birth certificate'], '出生医学证明的编号', 'text', HEALTH, {
    link: true,
    max: 40,
    synonyms: ['出生证编号'],
  }),
  event('death-certificate', ['死亡医学证明编号', 'Death certificate'], '死亡医学证明的编号', 'text', HEALTH, {
    link: true,
    max: 40,
    synonyms: ['死亡证编号'],
  }),
  event('died-on', ['死亡日期', 'Died on'], '死亡医学证明记载的日期', 'date', HEALTH, { synonyms: ['去世日期'] }),
  event('visit', ['就诊号', 'Visit number'], '医疗机构为一次就诊编的号', 'text', HEALTH, { link: true, max: 40 }),
  event('visited-on', ['就诊日期', 'Visited on'], '就诊的日期', 'date', HEALTH),
  insurance(
    'medical-kind',
    ['医保险种', 'Kind of medical insurance'],
    '基本医疗保险的险种',
    'text',
    'city.medical-insurance',
    {
      max: 20,
      synonyms: ['险种'],
    },
  ),
  insurance('insured-since', ['参保日期', 'Insured since'], '参加职工养老保险的日期', 'date', WORK),
  insurance('wage-base', ['月缴费基数', 'Monthly base'], '缴纳养老保险费的月工资基数', 'decimal', WORK, {
    unit: 'CNY',
  }),
  insurance('months-paid', ['本年缴费月数', 'Months paid this year'], '本年度已缴养老保险费的月数', 'integer', WORK),
  insurance('last-paid', ['最后发放年月', 'Last month paid'], '养老待遇最后一次发放的年月', 'text', WORK, { max: 6 }),
  insurance(
    'fund-account',
    ['公积金个人账号', 'Fund account'],
    '住房公积金个人账户的账号',
    'text',
    'city.housing-fund',
    {
      link: true,
      max: 40,
    },
  ),
  insurance(
    'fund-base',
    ['公积金缴存基数', 'Fund base'],
    '缴存住房公积金的月工资基数',
    'decimal',
    'city.housing-fund',
    {
      unit: 'CNY',
      synonyms: ['缴存基数'],
    },
  ),
  schooling('pupil', ['学籍号', 'Pupil number'], '全国中小学生学籍信息系统的编号', 'text', 'city.education', {
    link: true,
    max: 40,
  }),
  schooling('school', ['学校', 'School'], '学籍所在的学校', 'text', 'city.education', { max: 100 }),
  schooling('grade', ['年级', 'Grade'], '就读的年级', 'integer', 'city.education'),
  aid('disability-card', ['残疾人证号', 'Disability card'], '残疾人证的号码', 'text', 'city.disabled-persons', {
    link: true,
    max: 40,
  }),
  aid('disability-kind', ['残疾类别', 'Kind of disability'], '残疾人证记载的类别', 'text', 'city.disabled-persons', {
    max: 20,
  }),
  aid('disability-grade', ['残疾等级', 'Grade of disability'], '残疾人证记载的等级', 'text', 'city.disabled-persons', {
    max: 20,
  }),
  aid('household', ['救助家庭编号', 'Household in need'], '民政部门认定的救助家庭编号', 'text', CIVIL, {
    link: true,
    max: 40,
    synonyms: ['家庭编号'],
  }),
  belonging('plate', ['号牌号码', 'Plate'], '机动车号牌的号码', 'text', 'city.traffic-police', { link: true, max: 12 }),
  belonging('vin', ['车辆识别代号', 'VIN'], '机动车的车辆识别代号', 'text', 'city.traffic-police', {
    link: true,
    max: 17,
    standard: 'GB 16735',
  }),
  belonging('title', ['不动产权证号', 'Title of real estate'], '不动产权证书的证号', 'text', 'city.natural-resources', {
    link: true,
    max: 60,
  }),
  belonging('place', ['不动产坐落', 'Place of real estate'], '不动产登记的坐落', 'text', 'city.natural-resources', {
    max: 200,
    synonyms: ['坐落', '房屋坐落'],
  }),
  belonging('area', ['建筑面积', 'Floor area'], '不动产登记的建筑面积', 'decimal', 'city.natural-resources', {
    unit: 'm2',
  }),
  belonging('contract', ['网签合同编号', 'Contract of sale'], '房屋买卖网签合同的编号', 'text', 'city.housing', {
    link: true,
    max: 40,
  }),
]
