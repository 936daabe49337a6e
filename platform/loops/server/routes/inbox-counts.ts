import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { Light } from '../../contract.ts'
import { holdersOf } from '../assignee.ts'
import type { Engine } from '../engine.ts'
import { wordsSchema } from '../schemas.ts'

interface Count {
  readonly definition: string
  readonly light: Light
  readonly n: number
}

/** So many of each name of the caller are counted, those that are due first; more than anyone sees through by hand. */
const MOST = 10_000

/** How much the caller has to do, by kind of matter and light; read from the index alone. */
export const inboxCountsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/inbox/counts',
    title: words('我的待办数量', 'How much I have to do'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      total: Type.Integer(),
      /** There are more: the figures count those that are due first. */
      more: Type.Boolean(),
      byLight: Type.Record(Type.String(), Type.Integer()),
      byDefinition: Type.Array(
        Type.Object({ definition: Type.String(), title: wordsSchema, total: Type.Integer(), red: Type.Integer() }),
      ),
    }),
    example: {
      total: 3,
      more: false,
      byLight: { green: 1, yellow: 1, red: 1, grey: 0 },
      byDefinition: [
        { definition: 'air.exceedance', title: { zh: '空气超标处置', en: 'Air exceedance' }, total: 3, red: 1 },
      ],
    },
    handler: async ({ actor, work }) => {
      const holders = holdersOf(actor)
      const { rows } = await sql<Count>`
        select definition, case when due <= ${work.at} then 'red' when due = 'infinity' then 'grey'
          when warn <= ${work.at} then 'yellow' else 'green' end as light, count(*) as n
        from (${sql.join(holders.map(dueFirst), sql` union all `)}) as counted group by 1, 2`.execute(work.tx)
      const byLight = { green: 0, yellow: 0, red: 0, grey: 0 }
      const byDefinition = new Map<string, { total: number; red: number }>()
      for (const { definition, light, n } of rows) {
        byLight[light] += n
        const before = byDefinition.get(definition) ?? { total: 0, red: 0 }
        byDefinition.set(definition, { total: before.total + n, red: before.red + (light === 'red' ? n : 0) })
      }
      const total = rows.reduce((sum, { n }) => sum + n, 0)
      return {
        total,
        more: total >= MOST && (await hasMore(work, holders)),
        byLight,
        byDefinition: [...byDefinition].map(([definition, counts]) => ({
          definition,
          title: engine.definitions.titleOf(definition),
          ...counts,
        })),
      }
    },
  })

const dueFirst = (holder: string) => sql`(select definition, due, warn from loops.inbox
  where state = 'todo' and holder = ${holder} order by due, instance limit ${MOST})`

/** Whether one of these names has more to do than is counted. */
async function hasMore(work: Work, holders: readonly string[]): Promise<boolean> {
  const beyond = holders.map(
    (holder) => sql`exists (select from loops.inbox where state = 'todo' and holder = ${holder} offset ${MOST})`,
  )
  const { rows } = await sql<{ more: boolean }>`select ${sql.join(beyond, sql` or `)} as more`.execute(work.tx)
  return rows[0]?.more ?? false
}
