import { sql } from 'kysely'
import { identity, staffing } from '#platform/identity'
import { datasetExtracts } from '#platform/registry'
import type { App, Work } from '#runtime'
import { FIRM } from '../declarations/subject.ts'

const ACCOUNT = 'demo.firm'

/** In the demonstration the firm's account is proven to be of a company that has something to see. */
export async function proveDemonstration(app: App, work: Work): Promise<void> {
  const people = app.use(identity)
  const isThere = (await people.names([ACCOUNT], work.tx)).size > 0
  if (!app.config.demo || !isThere || (await people.proofOf(ACCOUNT, work.tx))) return
  const { table } = app.use(datasetExtracts).get('base.firm')
  const { rows } = await sql<{ code: string; name: string }>`
    select f.code, f.name from tags.carried c join tags.tag t on t.number = c.tag and t.subject = ${FIRM}
    join ${sql.raw(table)} f on f._id = c.member
    where c.until is null and c.ended is null and f.kind = '有限责任公司' and f.state <> '注销'
    group by f.code, f.name order by count(*) desc, f.code limit 1`.execute(work.tx)
  const [first] = rows
  if (first) await app.use(staffing).prove(work, ACCOUNT, { number: first.code, name: first.name })
}
