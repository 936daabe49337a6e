import { sql } from 'kysely'
import { datasetExtracts, registry } from '#platform/registry'
import type { App, Work } from '#runtime'
import { accounts } from '../declarations/datasets.ts'
import { FIRM } from '../declarations/subject.ts'

const ACCOUNT = 'demo.firm'

/** In the demonstration the firm's account speaks for a company that has something to see. */
export async function linkDemonstration(app: App, work: Work): Promise<void> {
  if (!app.config.demo || (await app.use(registry).find(work, accounts, { account: ACCOUNT }))) return
  const { table } = app.use(datasetExtracts).get('base.firm')
  const { rows } = await sql<{ code: string }>`
    select f.code from tags.carried c join tags.tag t on t.number = c.tag and t.subject = ${FIRM}
    join ${sql.raw(table)} f on f._id = c.member
    where c.until is null and c.ended is null and f.kind = '有限责任公司' and f.state <> '注销'
    group by f.code order by count(*) desc, f.code limit 1`.execute(work.tx)
  const [first] = rows
  if (!first) return
  await app.use(registry).write(work, accounts, [{ account: ACCOUNT, code: first.code }])
  work.audit({ event: 'legal-persons.linked', subject: { kind: 'base.firm', id: first.code } })
}
