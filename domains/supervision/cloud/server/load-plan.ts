import { readFile } from 'node:fs/promises'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { registry } from '#platform/registry'
import { type App, system, type Work } from '#runtime'
import { nodeDataset, planDataset } from '../declarations/datasets.ts'
import { listPlans, type Node, today } from './nodes.ts'
import { publishPlan } from './publish-plan.ts'

const DATA = new URL('../../../../data/plan/', import.meta.url)
const title = Type.Object({ zh: Type.String(), en: Type.String() })
const tasksShape = Type.Object({
  plan: title,
  parts: Type.Array(Type.Object({ part: Type.Integer(), title })),
  tasks: Type.Array(
    Type.Object({
      task: Type.Integer(),
      part: Type.Integer(),
      title,
      leads: Type.Array(Type.String(), { minItems: 1 }),
    }),
  ),
})
const measuresShape = Type.Object({ measures: Type.Array(Type.Object({ task: Type.Integer(), title })) })

export const PLAN_ID = 'digital-government'
/** County offices stand behind task 17, which the plan gives to city and counties alike. */
const COUNTY_TASK = 17
const COUNTIES = {
  370902: '泰山区',
  370911: '岱岳区',
  370921: '宁阳县',
  370923: '东平县',
  370982: '新泰市',
  370983: '肥城市',
}
const MONTHS_BEFORE = 3
const MONTHS = 12

/** Loads the plan of Tai'an into the demonstration, once: eighteen tasks, their measures as milestones, matters opened. */
export async function loadPlan(app: App): Promise<void> {
  if (!app.config.demo) return
  const [tasks, measures] = await Promise.all([read('tasks.json', tasksShape), read('measures.json', measuresShape)])
  await app.work(system('supervision.cloud.plan'), async (work: Work) => {
    if ((await listPlans(app, work)).some(({ id }) => id === PLAN_ID)) return
    const startsOn = shift(today(app), -MONTHS_BEFORE)
    const endsOn = shift(startsOn, MONTHS)
    const plan = {
      id: PLAN_ID,
      title: tasks.plan.zh,
      year: Number(today(app).slice(0, 4)),
      startsOn,
      endsOn,
      state: 'draft' as const,
    }
    await app.use(registry).write(work, planDataset, [plan])
    const nodes = [...cityNodes(tasks, measures, startsOn, today(app)), ...countyNodes(startsOn, endsOn)]
    await app.use(registry).write(
      work,
      nodeDataset,
      nodes.map((node, position) => ({ ...node, position })),
    )
    await publishPlan(app, work, PLAN_ID)
  })
}

async function read<S extends TSchema>(name: string, shape: S): Promise<Static<S>> {
  return Value.Parse(shape, JSON.parse(await readFile(new URL(name, DATA), 'utf8'))) as Static<S>
}

const common = { plan: PLAN_ID, position: 0, weight: 1, joint: [] as string[], state: 'open' as const }

function cityNodes(
  { parts, tasks }: Static<typeof tasksShape>,
  { measures }: Static<typeof measuresShape>,
  startsOn: string,
  now: string,
): Node[] {
  const goals = parts.map(
    (part): Node => ({
      ...common,
      id: `part-${part.part}`,
      kind: 'goal',
      title: part.title.zh,
      weight: tasks.filter((task) => task.part === part.part).length,
    }),
  )
  return [
    ...goals,
    ...tasks.flatMap(({ task, part, title: name, leads: [lead = '', ...joint] }): Node[] => {
      const own = measures.filter((measure) => measure.task === task)
      const milestones = own.map(({ title: measure }, at): Node => {
        const due = shift(startsOn, Math.max(1, Math.round(((at + 1) * MONTHS) / own.length) - (task % 3)))
        return {
          ...common,
          id: `task-${task}-${at + 1}`,
          parent: `task-${task}`,
          kind: 'milestone',
          title: `${measure.zh}建成见效`,
          due,
          ...(due < now ? { state: 'done', achievedOn: due, reportedOn: due, proof: 'carried', quality: 'good' } : {}),
        }
      })
      return [
        {
          ...common,
          id: `task-${task}`,
          parent: `part-${part}`,
          kind: 'task',
          title: name.zh,
          lead,
          joint,
          startsOn,
          due: milestones.at(-1)?.due,
        },
        ...milestones,
      ] as Node[]
    }),
  ]
}

const countyNodes = (startsOn: string, endsOn: string): Node[] =>
  Object.entries(COUNTIES).flatMap(([division, name], at): Node[] => {
    const id = `task-${COUNTY_TASK}-${division}`
    const lead = `county.${division}.big-data`
    return [
      {
        ...common,
        id,
        parent: 'part-4',
        kind: 'task',
        title: `${name}自建系统数据资源“应汇尽汇”`,
        lead,
        division,
        startsOn,
        due: endsOn,
        weight: 0.5,
      },
      // The first two counties are already two days late or nearly due, so that the demonstration shows lights.
      {
        ...common,
        id: `${id}-1`,
        parent: id,
        kind: 'milestone',
        title: '自建系统和数据资源清单报备',
        due: shiftDays(shift(startsOn, MONTHS_BEFORE), at === 0 ? -2 : 5 * at),
      },
      { ...common, id: `${id}-2`, parent: id, kind: 'milestone', title: '数据资源全部汇聚', due: endsOn },
    ]
  })

function shift(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
const shiftDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
