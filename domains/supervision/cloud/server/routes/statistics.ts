import { Type } from 'typebox'
import { type TableFormat, writeTable } from '#platform/registry'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { type Node, readablePlan } from '../nodes.ts'
import { unitsOf } from '../sight.ts'
import { type Ground, type Group, groundOf, OUTCOMES, outcomeOf, statisticsOf } from '../statistics.ts'
import { milestonesUnder } from '../tree.ts'
import { NumberOrNull, TextOrNull } from './shapes.ts'

const By = Type.Enum(['unit', 'county', 'goal'])
const Params = Type.Object({ id: Type.String() })
const Counts = Type.Record(Type.String(), Type.Integer())
const Which = {
  by: By,
  /** One group only. */
  key: Type.Optional(Type.String({ maxLength: 100 })),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
}

/** `GET /api/supervision/plans/:id/statistics`: how units, counties or goals keep their dates. */
export const statisticsRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/statistics',
    title: words('督查统计', 'Statistics of a plan'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    query: Type.Object({ by: By }),
    response: Type.Object({
      day: Type.String(),
      rows: Type.Array(
        Type.Object({
          key: Type.String(),
          name: Type.Object({ zh: Type.String(), en: Type.String() }),
          tasks: Type.Integer(),
          milestones: Type.Integer(),
          outcomes: Counts,
          lights: Counts,
          planned: Type.Number(),
          earned: Type.Number(),
          spi: NumberOrNull,
          steps: Counts,
          series: Type.Array(Type.Object({ day: Type.String(), spi: NumberOrNull })),
        }),
      ),
    }),
    example: {
      day: '2026-06-30',
      rows: [
        {
          key: 'city.ecology',
          name: { zh: '市生态环境局', en: 'Municipal Ecology and Environment Bureau' },
          tasks: 3,
          milestones: 9,
          outcomes: { onTime: 4, late: 1, overdue: 1, waiting: 0, open: 3 },
          lights: { green: 2, red: 1 },
          planned: 0.6,
          earned: 0.5,
          spi: 0.83,
          steps: { urge: 1 },
          series: [{ day: '2026-05-31', spi: 0.9 }],
        },
      ],
    },
    handler: async ({ params, query, work, actor, scope }) => {
      const ground = await groundOf(app, work, await readablePlan(app, work, params.id), query.by, { actor, scope })
      return { day: ground.day, rows: await statisticsOf(app, work, ground, query.by) }
    },
  })

/** Milestones of a group with their tasks, the nearest date first. */
const milestonesOf = ({ groups, tree, day }: Ground, key: string | undefined, outcome: string | undefined) =>
  [...groups]
    .filter(([group]) => key === undefined || group === key)
    .flatMap(([, tasks]) => tasks)
    .flatMap((task) => milestonesUnder(tree, task.id).map((milestone) => ({ task, milestone })))
    .map((each) => ({ ...each, outcome: outcomeOf(each.milestone, day) }))
    .filter((each) => outcome === undefined || each.outcome === outcome)
    .toSorted((a, b) => (a.milestone.due ?? '').localeCompare(b.milestone.due ?? ''))

/** `GET /api/supervision/plans/:id/statistics/milestones`: the matters behind a number. */
export const statisticsMilestonesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/statistics/milestones',
    title: words('统计对应的节点', 'Milestones behind a number'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    query: Type.Object(Which),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          title: Type.String(),
          task: Type.String(),
          taskTitle: Type.String(),
          lead: TextOrNull,
          loop: TextOrNull,
          due: TextOrNull,
          achievedOn: TextOrNull,
          outcome: Type.String(),
        }),
      ),
      next: TextOrNull,
    }),
    example: {
      rows: [
        {
          id: 'm1',
          title: '完成立项',
          task: 't1',
          taskTitle: '建设数据中心',
          lead: 'city.big-data',
          loop: '12',
          due: '2026-03-01',
          achievedOn: null,
          outcome: 'overdue',
        },
      ],
      next: null,
    },
    handler: async ({ params, query, work, actor, scope }) => {
      const ground = await groundOf(app, work, await readablePlan(app, work, params.id), query.by, { actor, scope })
      return {
        rows: milestonesOf(ground, query.key, query.outcome).map(({ task, milestone, outcome }) => ({
          id: milestone.id,
          title: milestone.title,
          task: task.id,
          taskTitle: task.title,
          lead: task.lead ?? null,
          loop: task.loop ?? null,
          due: milestone.due ?? null,
          achievedOn: milestone.achievedOn ?? null,
          outcome,
        })),
        next: null,
      }
    },
  })

const GROUPS = ['名称', '任务', '节点', '按期', '逾期完成', '超期未完成', '待核验', '未到期'] as const
const REST = [
  '红灯',
  '黄灯',
  '绿灯',
  '未到节点',
  '已办结',
  '应完成',
  '已完成',
  '进度指数',
  '催办',
  '督办函',
  '通报',
  '约谈',
] as const
const groupCells = (row: Group): string[] =>
  [
    row.name.zh,
    row.tasks,
    row.milestones,
    ...OUTCOMES.map((one) => row.outcomes[one]),
    ...['red', 'yellow', 'green', 'grey', 'done'].map((light) => row.lights[light] ?? 0),
    row.planned.toFixed(4),
    row.earned.toFixed(4),
    row.spi?.toFixed(4) ?? '',
    ...['urge', 'letter', 'circular', 'interview'].map((step) => row.steps[step] ?? 0),
  ].map(String)

const MILESTONES = ['节点', '任务', '牵头单位', '时限', '完成日期', '情况', '事项'] as const
const SAID = { onTime: '按期', late: '逾期完成', overdue: '超期未完成', waiting: '待核验', open: '未到期' } as const

/** `GET /api/supervision/plans/:id/statistics/:table.:format`: the table, or the milestones behind it, as a file. */
export const statisticsExportRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/statistics/:table.:format',
    title: words('导出督查统计', 'Export statistics'),
    right: 'supervision.cloud.read',
    audit: 'supervision.cloud.statistics.exported',
    params: Type.Object({
      ...Params.properties,
      table: Type.Enum(['groups', 'milestones']),
      format: Type.Enum(['csv', 'xlsx']),
    }),
    query: Type.Object(Which),
    response: Type.Unknown(),
    example: '名称,任务,节点',
    produces: 'application/octet-stream',
    handler: async ({ params, query, work, actor, scope, reply }) => {
      const plan = await readablePlan(app, work, params.id)
      const ground = await groundOf(app, work, plan, query.by, { actor, scope })
      work.audit({
        event: 'supervision.cloud.statistics.exported',
        subject: { kind: 'supervision.cloud.plan', id: plan.id },
        details: { by: query.by, table: params.table },
      })
      const format = params.format as TableFormat
      if (params.table === 'groups') {
        const rows = (await statisticsOf(app, work, ground, query.by)).map(groupCells)
        return writeTable(reply, format, `${plan.title} 督查统计`, [...GROUPS, ...REST], each(rows))
      }
      const units = await unitsOf(app)
      const nameOf = ({ lead }: Node) => (lead ? (units.get(lead)?.name.zh ?? lead) : '')
      const rows = milestonesOf(ground, query.key, query.outcome).map(({ task, milestone, outcome }) => [
        milestone.title,
        task.title,
        nameOf(task),
        milestone.due ?? '',
        milestone.achievedOn ?? '',
        SAID[outcome],
        task.loop ?? '',
      ])
      return writeTable(reply, format, `${plan.title} 节点`, MILESTONES, each(rows))
    },
  })

async function* each(rows: readonly string[][]): AsyncGenerator<readonly string[]> {
  yield* rows
}
