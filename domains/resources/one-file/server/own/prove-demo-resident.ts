import { sql } from 'kysely'
import { identity, staffing } from '#platform/identity'
import { datasetExtracts, unsealedRows } from '#platform/registry'
import { type App, system } from '#runtime'
import { readingOf, SHOWING } from '../../declarations/readings.ts'
import { textOf } from '../run/read-part.ts'

/** The demonstration's resident; an invented account, and the person given to it is invented too. */
const RESIDENT = 'demo.resident'
const REGISTER = 'base.resident'

/** In the demonstration the account `resident` is proven to be of one grown-up resident, so that somebody can see a file of their own. */
export async function proveDemoResident(app: App): Promise<void> {
  const people = app.use(identity)
  if (!app.config.demo || (await people.names([RESIDENT])).size === 0 || (await people.proofOf(RESIDENT))) return
  const table = sql.raw(app.use(datasetExtracts).get(REGISTER).table)
  await app.work(system('one-file.demonstration'), async (work) => {
    const { rows } = await sql<{ row: number }>`select t._id as row from ${table} t
      join one_file.record r on r.dataset = ${REGISTER} and r.row = t._id and r.part = 0
      where t.ended_on is null and t.born_on between date '1980-01-01' and date '1995-12-31' and t.marital = '20'
        and t.household is not null
      order by t._id limit 1`.execute(work.tx)
    const [row] = await app.use(unsealedRows).rows(
      work,
      SHOWING,
      REGISTER,
      rows.map((found) => found.row),
    )
    const part = readingOf(REGISTER)?.parts[0]
    if (!row || part?.kind !== 'person') return
    const number = textOf(row.value, part.fields.number)
    const name = textOf(row.value, part.fields.name)
    if (number && name) await app.use(staffing).prove(work, RESIDENT, { number, name })
  })
}
