import { sql } from 'kysely'
import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { rules } from '#platform/rules'
import {
  type App,
  Conflict,
  InvalidInput,
  NOTHING_PERSONAL,
  type Route,
  route,
  system,
  type Work,
  words,
} from '#runtime'
import { type DuplicateTables, similarity } from '../../rules/duplicate.ts'
import { getNode, listPlans, milestonesOf, type Node, nodesOf, saveNodes } from '../nodes.ts'

const TaskShape = Type.Object({
  id: Type.String(),
  plan: Type.String(),
  title: Type.String(),
  lead: Type.String(),
  state: Type.String(),
})
const MOST_PAIRS = 200

/** `GET /api/supervision/duplicates`: pairs of tasks that look alike and that nobody has decided on. */
export const duplicatesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/duplicates',
    title: words('疑似重复事项', 'Tasks that look alike'),
    right: 'supervision.cloud.plan',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      pack: Type.String(),
      rows: Type.Array(Type.Object({ a: TaskShape, b: TaskShape, similarity: Type.Number() })),
    }),
    example: { pack: 'taian-supervision-duplicate-2026', rows: [] },
    handler: async ({ work }) => {
      const tasks: Node[] = []
      for (const plan of await listPlans(app, work))
        tasks.push(
          ...(await nodesOf(app, work, plan.id)).filter(({ kind, state }) => kind === 'task' && state === 'open'),
        )
      const { rows: decided } = await sql<{
        a: string
        b: string
      }>`select a, b from supervision_cloud.duplicate`.execute(work.tx)
      const done = new Set(decided.map(({ a, b }) => `${a} ${b}`))
      const { id: pack, tables } = packNow(app)
      const pairs = pairsOf(tasks, tables, done).toSorted((x, y) => y.similarity - x.similarity)
      return {
        pack,
        rows: pairs
          .slice(0, MOST_PAIRS)
          .map(({ a, b, similarity: like }) => ({ a: view(a), b: view(b), similarity: like })),
      }
    },
  })

const view = ({ id, plan, title, lead, state }: Node) => ({ id, plan, title, lead: lead ?? '', state })

function packNow(app: App): { id: string; tables: DuplicateTables } {
  const { pack } = app.use(rules).evaluate('supervision.cloud.duplicate', { a: '', b: '' }, { at: app.now() })
  const found = app
    .use(rules)
    .all()
    .find(({ id }) => id === 'supervision.cloud.duplicate')
    ?.packs.find(({ id }) => id === pack)
  return { id: pack, tables: found?.tables as DuplicateTables }
}

function pairsOf(tasks: readonly Node[], { gram, proposeFrom }: DuplicateTables, decided: ReadonlySet<string>) {
  const found: { a: Node; b: Node; similarity: number }[] = []
  for (const [at, a] of tasks.entries())
    for (const b of tasks.slice(at + 1)) {
      const [first, second] = a.id < b.id ? [a, b] : [b, a]
      // The same task given to each county is no repetition.
      if (a.division !== undefined && b.division !== undefined && a.division !== b.division) continue
      const like = similarity(gram, a.title, b.title)
      if (like >= proposeFrom && !decided.has(`${first.id} ${second.id}`))
        found.push({ a: first, b: second, similarity: like })
    }
  return found
}

/** `POST /api/supervision/duplicates`: a person says that two tasks are apart, or merges one into the other. */
export const decideDuplicateRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/duplicates',
    title: words('处理疑似重复事项', 'Decide on tasks that look alike'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.duplicate.decided',
    body: Type.Object(
      {
        keep: Type.String({ maxLength: 40 }),
        other: Type.String({ maxLength: 40 }),
        decision: Type.Enum(['apart', 'merged']),
        reason: Type.String({ minLength: 2, maxLength: 1000 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ decision: Type.String() }),
    example: { decision: 'merged' },
    handler: async ({ body: { keep, other, decision, reason }, work, actor }) => {
      const [kept, dropped] = [await getNode(app, work, keep), await getNode(app, work, other)]
      if (keep === other || kept.kind !== 'task' || dropped.kind !== 'task')
        throw new InvalidInput('two-tasks', words('请选择两个任务', 'Choose two tasks'))
      const [a, b] = keep < other ? [keep, other] : [other, keep]
      const { rows } = await sql`insert into supervision_cloud.duplicate (a, b, decision, reason, by, at)
        values (${a}, ${b}, ${decision}, ${reason}, ${actor.id}, ${work.at}) on conflict do nothing returning a`.execute(
        work.tx,
      )
      if (rows.length === 0) throw new Conflict('decided', words('已经有人处理', 'Somebody has decided on it already'))
      if (decision === 'merged') await merge(app, work, kept, dropped)
      work.audit({
        event: 'supervision.cloud.duplicate.decided',
        subject: { kind: 'supervision.cloud.node', id: keep },
        details: { other, decision },
      })
      return { decision }
    },
  })

/** The dropped task counts no more and its matter ends; its units join the kept one. @throws Conflict */
async function merge(app: App, work: Work, kept: Node, dropped: Node): Promise<void> {
  if (kept.state !== 'open' || dropped.state !== 'open')
    throw new Conflict('not-open', words('只能合并进行中的任务', 'Only tasks under way can be merged'))
  const milestones = await milestonesOf(app, work, dropped)
  const gone = [dropped, ...milestones].map((node): Node => ({ ...node, state: 'merged', mergedInto: kept.id }))
  const units = [...(dropped.lead ? [dropped.lead] : []), ...dropped.joint, ...kept.joint]
  await saveNodes(app, work, [...gone, { ...kept, joint: [...new Set(units)].filter((unit) => unit !== kept.lead) }])
  if (dropped.loop === undefined) return
  const { revision, endedAt, place } = await app.use(loops).get(work, dropped.loop)
  if (endedAt) return
  if (place === 'announced' || place === 'review')
    throw new Conflict('concluded', words('已有结论，不能合并', 'It has its conclusion and cannot be merged'))
  const bySystem = { ...work, actor: system('supervision.cloud.merge') }
  await app.use(loops).act(bySystem, { instance: dropped.loop, action: 'merge', revision, key: `merge:${kept.id}` })
}
