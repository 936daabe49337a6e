import type { Words } from '../../../../platform/runtime/words.ts'

export type Light = 'green' | 'yellow' | 'red' | 'grey'

export interface Assessed {
  readonly light: Light
  readonly planned: number
  readonly earned: number
  readonly spi: number | null
  readonly overdue: number
}

export interface Plan {
  readonly id: string
  readonly title: string
  readonly year: number
  readonly startsOn: string
  readonly endsOn: string
  readonly state: 'draft' | 'published'
  readonly inspection: string
}

export interface PlanNode {
  readonly id: string
  readonly parent: string | null
  readonly kind: 'goal' | 'task' | 'milestone'
  readonly title: string
  readonly about: string | null
  readonly weight: number
  readonly share: number
  readonly lead: string | null
  readonly joint: readonly string[]
  readonly division: string | null
  readonly startsOn: string | null
  readonly due: string | null
  readonly quantity: string | null
  readonly live: {
    readonly indicator: string
    readonly member: string
    readonly target: number
    readonly better: string
  } | null
  readonly state: string
  readonly reportedOn: string | null
  readonly achievedOn: string | null
  readonly proof: string | null
  readonly quality: string | null
  readonly mergedInto: string | null
  readonly loop: string | null
  readonly doubts: readonly string[]
  readonly assessed: Assessed
}

/** Something said of a node of a draft. */
export interface Said extends Words {
  readonly node: string
}

export interface PlanView {
  readonly plan: Plan
  readonly assessed: Assessed
  readonly pack: string
  readonly nodes: readonly PlanNode[]
  readonly faults: readonly Said[]
  readonly hints: readonly Said[]
}

export const LIGHTS: Readonly<Record<Light, Words>> = {
  red: { zh: '红灯 落后', en: 'Red: behind' },
  yellow: { zh: '黄灯 偏慢', en: 'Yellow: slow' },
  green: { zh: '绿灯 正常', en: 'Green: on plan' },
  grey: { zh: '未到节点', en: 'Nothing due yet' },
}

export const PROOFS: Readonly<Record<string, Words>> = {
  check: { zh: '他人核验', en: 'Checked by another' },
  indicator: { zh: '实时指标', en: 'Live indicator' },
  carried: { zh: '系统启用前已完成（演示）', en: 'Achieved before the system (demonstration)' },
}

export const QUALITIES: Readonly<Record<string, Words>> = {
  excellent: { zh: '优秀', en: 'Excellent' },
  good: { zh: '良好', en: 'Good' },
  fair: { zh: '合格', en: 'Fair' },
}

export const STEPS: Readonly<Record<string, Words>> = {
  urge: { zh: '催办', en: 'Urged' },
  letter: { zh: '督办函', en: 'Letter' },
  circular: { zh: '通报', en: 'Circular' },
  interview: { zh: '约谈', en: 'Interview' },
}

export const INSPECTIONS: Readonly<Record<string, Words>> = {
  comprehensive: { zh: '综合督查', en: 'Comprehensive' },
  special: { zh: '专项督查', en: 'Special' },
  event: { zh: '事件调查', en: 'Inquiry into an event' },
  daily: { zh: '日常督办', en: 'Daily' },
  lead: { zh: '线索核查', en: 'Verification of a lead' },
}

export const OUTCOMES: Readonly<Record<string, Words>> = {
  onTime: { zh: '按期完成', en: 'In time' },
  late: { zh: '逾期完成', en: 'Late' },
  overdue: { zh: '超期未完成', en: 'Overdue' },
  waiting: { zh: '待核验', en: 'To be checked' },
  open: { zh: '未到期', en: 'To come' },
}

export const percent = (value: number): string => `${Math.round(value * 100)}%`
