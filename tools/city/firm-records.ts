import { AS_OF, partsOf, yearsAfter } from './dates.ts'
import { type Firm, lifeEnd } from './firm.ts'
import type { Random } from './random.ts'

interface Kind {
  readonly title: string
  readonly authority: string
  /** Divisions of GB/T 4754. */
  readonly divisions: readonly string[]
  readonly years: number
  readonly mark: string
}

const LICENCES: readonly Kind[] = [
  { title: '食品经营许可证', authority: '行政审批服务局', divisions: ['52', '62'], years: 5, mark: 'JY1' },
  { title: '食品生产许可证', authority: '行政审批服务局', divisions: ['13', '14', '15'], years: 5, mark: 'SC1' },
  { title: '安全生产许可证', authority: '应急管理局', divisions: ['06', '10', '26'], years: 3, mark: 'AQ' },
  { title: '道路运输经营许可证', authority: '交通运输局', divisions: ['54'], years: 4, mark: 'YS' },
  { title: '建筑业企业资质证书', authority: '行政审批服务局', divisions: ['47', '48', '50'], years: 5, mark: 'D3' },
  { title: '医疗机构执业许可证', authority: '卫生健康委员会', divisions: ['84'], years: 5, mark: 'YL' },
  { title: '民办学校办学许可证', authority: '行政审批服务局', divisions: ['83'], years: 3, mark: 'JX' },
  { title: '特种行业许可证', authority: '公安局', divisions: ['61', '66'], years: 5, mark: 'TZ' },
]
const OFFICES = ['市场监督管理局', '应急管理局', '生态环境局', '消防救援支队', '人力资源和社会保障局']
const FINDINGS = ['台账不全', '未按规定公示', '消防通道堵塞', '从业人员无健康证明', '标签不合规', '危险作业未审批']

/** Licences, inspections and penalties within the life of the firm; a penalty follows a failed inspection. */
export function firmRecords(random: Random, firm: Firm): void {
  const end = lifeEnd(firm, AS_OF)
  const kind = LICENCES.find(({ divisions }) => divisions.includes(firm.industry.division))
  if (kind && random.chance(0.93)) license(random, firm, kind, end)
  const since = Math.max(firm.establishedOn, AS_OF - 1095)
  if (since >= end - 1) return
  for (let count = random.weighted([0.4, 0.72, 0.9, 0.97, 1]); count > 0; count--) {
    const on = random.between(since, end - 1)
    const passed = !random.chance(0.05 + firm.laxness)
    const office = `泰安市${random.pick(OFFICES)}`
    firm.inspections.push({
      number: `JC${partsOf(on)[0]}${String(firm.index).padStart(7, '0')}${firm.inspections.length}`,
      on,
      office,
      passed,
      finding: passed ? '未发现问题' : random.pick(FINDINGS),
    })
    const punished = on + random.between(7, 90)
    if (!passed && punished < end && random.chance(0.6))
      firm.penalties.push({
        number: `泰罚〔${partsOf(punished)[0]}〕${firm.index}-${firm.penalties.length + 1}号`,
        on: punished,
        office,
        basis: firm.inspections.at(-1)?.finding ?? '',
        fine: random.pick([500, 1000, 2000, 5000, 10_000, 20_000, 50_000]),
      })
  }
}

/** One licence after another, sometimes with a gap; the last may have run out. */
function license(random: Random, firm: Firm, kind: Kind, end: number): void {
  let from = firm.establishedOn + random.between(0, 60)
  while (from < end && firm.licences.length < 8) {
    const until = Math.min(yearsAfter(from, kind.years) - 1, firm.closedOn ?? Number.POSITIVE_INFINITY)
    firm.licences.push({
      number: `${kind.mark}37${firm.village.countyCode.slice(2)}${String(firm.index).padStart(7, '0')}${firm.licences.length}`,
      title: kind.title,
      authority: `${firm.village.county}${kind.authority}`,
      from,
      until,
    })
    if (random.chance(0.06)) return
    from = until + (random.chance(0.1) ? random.between(2, 120) : 1)
  }
}
