import { sql } from 'kysely'
import { Type } from 'typebox'
import { covers } from '#platform/identity'
import { type App, Conflict, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { getPlan, lockPlan, nodesOf, readablePlan, today } from '../nodes.ts'
import { unitsOf } from '../sight.ts'
import { treeOf } from '../tree.ts'
import { type UnitScore, unitScores } from '../unit-scores.ts'
import { NumberOrNull, TextOrNull } from './shapes.ts'

const LineShape = Type.Object({
  source: Type.String(),
  points: Type.Number(),
  of: Type.Number(),
  quality: NumberOrNull,
  timeliness: NumberOrNull,
  title: Type.String(),
  task: Type.String(),
  loop: TextOrNull,
  role: Type.String(),
  proof: TextOrNull,
  due: TextOrNull,
  achievedOn: TextOrNull,
})

interface Confirmed {
  readonly unit: string
  readonly total: number
  readonly pack: string
  readonly lines: UnitScore['lines']
}

/** `GET /api/supervision/plans/:id/scores`: the score of each unit within reach; every line names what it came from. */
export const scoresRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/scores',
    title: words('单位得分', 'Scores of units'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({
      confirmed: Type.Boolean(),
      rows: Type.Array(
        Type.Object({ unit: Type.String(), total: NumberOrNull, pack: Type.String(), lines: Type.Array(LineShape) }),
      ),
    }),
    example: {
      confirmed: false,
      rows: [{ unit: 'city.ecology', total: 92.5, pack: 'taian-supervision-score-2026', lines: [] }],
    },
    handler: async ({ params, work, actor, scope }) => {
      const plan = await readablePlan(app, work, params.id)
      const units = await unitsOf(app)
      const { rows: confirmed } = await sql<Confirmed>`select unit, total, pack, lines from supervision_cloud.score
        where plan = ${plan.id} order by unit`.execute(work.tx)
      const scores: readonly UnitScore[] =
        confirmed.length > 0 ? confirmed : await unitScores(app, work, plan, treeOf(await nodesOf(app, work, plan.id)))
      const isMine = (unit: string) => covers(scope, actor, { path: units.get(unit)?.path ?? '' })
      const rows = scores.filter(({ unit }) => isMine(unit)).toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1))
      return { confirmed: confirmed.length > 0, rows }
    },
  })

/** `POST /api/supervision/plans/:id/scores`: confirms the year's scores once the plan has ended; they change no more. */
export const confirmScoresRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/plans/:id/scores',
    title: words('确认年度得分', 'Confirm the scores of the year'),
    right: 'supervision.cloud.review',
    audit: 'supervision.cloud.score.confirmed',
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({ units: Type.Integer() }),
    example: { units: 30 },
    handler: async ({ params, work, actor }) => {
      await lockPlan(work, params.id)
      const plan = await getPlan(app, work, params.id)
      const tree = treeOf(await nodesOf(app, work, plan.id))
      const isOver =
        today(app) > plan.endsOn || tree.nodes.every(({ kind, state }) => kind !== 'task' || state !== 'open')
      if (!isOver || plan.state !== 'published')
        throw new Conflict(
          'year-open',
          words('年度尚未结束，还有未办结的任务', 'The year is not over and tasks are open'),
        )
      const { rows } = await sql`select 1 from supervision_cloud.score where plan = ${plan.id} limit 1`.execute(work.tx)
      if (rows.length > 0) throw new Conflict('confirmed', words('得分已经确认', 'The scores are confirmed already'))
      const scores = (await unitScores(app, work, plan, tree)).filter(({ total }) => total !== null)
      for (const { unit, total, pack, lines } of scores)
        await sql`insert into supervision_cloud.score (plan, unit, total, pack, lines, confirmed_by, confirmed_at)
          values (${plan.id}, ${unit}, ${total}, ${pack}, ${JSON.stringify(lines)}::jsonb, ${actor.id}, ${work.at})`.execute(
          work.tx,
        )
      work.audit({
        event: 'supervision.cloud.score.confirmed',
        subject: { kind: 'supervision.cloud.plan', id: plan.id },
        details: { units: scores.length },
      })
      return { units: scores.length }
    },
  })
