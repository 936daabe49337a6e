import { Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'

export const PLAN_STATES = {
  draft: words('草稿', 'Draft'),
  published: words('已发布', 'Published'),
} as const

/** Kinds of inspection that the Government Inspection Regulation knows. */
export const INSPECTIONS = {
  comprehensive: words('综合督查', 'Comprehensive'),
  special: words('专项督查', 'Special'),
  event: words('事件调查', 'Inquiry into an event'),
  daily: words('日常督办', 'Daily'),
  lead: words('线索核查', 'Verification of a lead'),
} as const

export const NODE_KINDS = {
  goal: words('目标', 'Goal'),
  task: words('任务', 'Task'),
  milestone: words('节点', 'Milestone'),
} as const

export const NODE_STATES = {
  open: words('进行中', 'Under way'),
  done: words('已完成', 'Achieved'),
  failed: words('未完成', 'Not achieved'),
  merged: words('已并入其他任务', 'Merged into another'),
} as const

/** How a milestone came to count: checked by another person, shown by an indicator, or brought along from before. */
export const PROOFS = {
  check: words('他人核验', 'Checked by another'),
  indicator: words('实时指标', 'Live indicator'),
  carried: words('系统启用前已完成', 'Achieved before the system'),
} as const

/** How well a milestone was done, as the checker finds; the factors are in the rule pack. */
export const QUALITIES = {
  excellent: words('优秀', 'Excellent'),
  good: words('良好', 'Good'),
  fair: words('合格', 'Fair'),
} as const

/** A milestone that a live indicator closes: the newest value of the member reaches the target. */
export const liveTarget = Type.Object(
  {
    indicator: Type.String({ maxLength: 100 }),
    member: Type.String({ maxLength: 100 }),
    target: Type.Number(),
    better: Type.Enum(['higher', 'lower']),
  },
  { additionalProperties: false },
)

export const planDataset = dataset({
  id: 'supervision.cloud.plan',
  title: words('年度重点工作计划', 'Yearly plans of key work'),
  about: words('督查督办的年度计划', 'The plans that the supervision office runs'),
  source: 'city.government-office',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 40 }),
    title: field.text(words('名称', 'Title')),
    year: field.integer(words('年度', 'Year'), { min: 2000, max: 2100 }),
    startsOn: field.date(words('开始', 'Begins')),
    endsOn: field.date(words('结束', 'Ends')),
    state: field.code(words('状态', 'State'), PLAN_STATES),
    inspection: Type.Optional(field.code(words('督查类型', 'Kind of inspection'), INSPECTIONS)),
    report: Type.Optional(field.text(words('来源文件', 'Report it was made from'), { max: 64 })),
  }),
  key: ['id'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retention: 'permanent',
  readRight: 'supervision.cloud.plan',
  list: { columns: ['title', 'year', 'state'], sort: ['id'] },
  storage: { table: 'supervision_cloud.plan' },
})

export const nodeDataset = dataset({
  id: 'supervision.cloud.node',
  title: words('重点工作目标、任务和节点', 'Goals, tasks and milestones of key work'),
  about: words('带权重的目标树，责任单位和完成情况', 'The weighted tree with its units and what has been achieved'),
  source: 'city.government-office',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 40 }),
    plan: field.reference(words('计划', 'Plan'), 'supervision.cloud.plan'),
    parent: Type.Optional(field.text(words('上级', 'Parent'), { max: 40 })),
    kind: field.code(words('类别', 'Kind'), NODE_KINDS),
    position: field.integer(words('顺序', 'Order'), { min: 0 }),
    title: field.text(words('名称', 'Title'), { max: 300 }),
    about: Type.Optional(field.longText(words('内容', 'Text'))),
    /** Relative to its siblings. */
    weight: field.decimal(words('权重', 'Weight'), { min: 0, max: 1000 }),
    lead: Type.Optional(field.organisation(words('牵头单位', 'Lead unit'))),
    joint: field.json(words('配合单位', 'Joint units'), Type.Array(Type.String({ maxLength: 100 }), { maxItems: 60 })),
    division: Type.Optional(field.division(words('区县', 'County'))),
    startsOn: Type.Optional(field.date(words('开始', 'Begins'))),
    due: Type.Optional(field.date(words('完成时限', 'Due'))),
    quantity: Type.Optional(field.text(words('量化指标', 'Quantity'))),
    live: Type.Optional(field.json(words('办结指标', 'Indicator that closes it'), liveTarget)),
    state: field.code(words('状态', 'State'), NODE_STATES),
    reportedOn: Type.Optional(field.date(words('上报日期', 'Reported on'))),
    achievedOn: Type.Optional(field.date(words('完成日期', 'Achieved on'))),
    proof: Type.Optional(field.code(words('依据', 'Proof'), PROOFS)),
    proofOf: Type.Optional(field.json(words('依据详情', 'What proves it'), Type.Unknown())),
    quality: Type.Optional(field.code(words('质量', 'Quality'), QUALITIES)),
    mergedInto: Type.Optional(field.text(words('并入', 'Merged into'), { max: 40 })),
    loop: Type.Optional(field.text(words('事项', 'Matter'), { max: 40 })),
    /** What the reading of the report left in doubt. */
    doubts: Type.Optional(field.json(words('存疑', 'Doubts'), Type.Array(Type.String()))),
  }),
  key: ['id'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retention: 'permanent',
  scope: { division: 'division', organisation: 'lead' },
  readRight: 'supervision.cloud.read',
  list: { columns: ['title', 'kind', 'lead', 'due', 'state'], sort: ['plan'] },
  storage: { table: 'supervision_cloud.node' },
})

export const cloudDatasets = [planDataset, nodeDataset]
