import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { datasetExtracts } from '#platform/registry'
import { type App, system } from '#runtime'

/** The demonstration's resident; an invented account, and the person given to it is invented too. */
const RESIDENT = 'demo.resident'

/**
 * In the demonstration city the account `resident` gets the file of one grown-up resident of the register, so that
 * somebody can see a file of their own. In a real city a hall links an account after it has seen the card.
 */
export async function linkDemoResident(app: App): Promise<void> {
  const known = await app.use(identity).names([RESIDENT])
  if (!app.config.demo || known.size === 0) return
  const table = sql.raw(app.use(datasetExtracts).get('base.resident').table)
  await app.work(system('one-file.demonstration'), async (work) => {
    const { rows } = await sql<{ entity: number }>`
      insert into one_file.account (account, entity, since)
      select ${RESIDENT}, r.entity, ${work.at} from ${table} t
      join one_file.record r on r.dataset = 'base.resident' and r.row = t._id and r.part = 0
      where t.ended_on is null and t.born_on between date '1980-01-01' and date '1995-12-31' and t.marital = '20'
        and t.household is not null
      order by t._id limit 1 on conflict do nothing returning entity`.execute(work.tx)
    for (const { entity } of rows)
      work.audit({ event: 'one-file.account.linked', subject: { kind: 'one-file.person', id: String(entity) } })
  })
}
