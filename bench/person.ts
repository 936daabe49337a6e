import pg from 'pg'
import { citizenCheckDigit, registry } from '#platform/registry'
import { system } from '#runtime'
import { baseTables } from '../domains/resources/base/tables.ts'
import { p95 } from './p95.ts'
import { type BenchProgram, signedIn, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * The page of one person in a city of so many residents, over HTTP, as an officer opens it. One household is written by
 * the real way and multiplied in the database: the values repeat, the rows, links and indexes are as many as said.
 */
const RESIDENTS = Number(process.env.RESIDENTS ?? 1_000_000)
const ROUNDS = 200
const body = '37090219620103001'
const NUMBER = body + citizenCheckDigit(body)

const SEED: Readonly<Record<string, Record<string, unknown>>> = {
  'base.resident': {
    number: NUMBER,
    name: '王建国',
    sex: '1',
    bornOn: '1962-01-03',
    household: '0',
    relation: '0',
    address: '山东省泰安市泰山区岱庙街道龙山路27号',
    division: '370902001005',
  },
  'base.medical-insured': {
    member: '0',
    name: '王建国',
    number: NUMBER,
    bornOn: '1962-01-03',
    kind: '居民',
    phone: '15421960579',
  },
  'base.clinic-visit': {
    visit: '0',
    hospital: '卫生院',
    clinic: '内科',
    visitedOn: '2025-03-01',
    name: '王建国',
    number: NUMBER,
  },
  'base.pension': { member: '0', name: '王建国', number: NUMBER, lastPaid: '202512' },
  'base.marriage': {
    certificate: '0',
    husband: '王建国',
    husbandNumber: NUMBER,
    wife: '李秀英',
    marriedOn: '1986-05-01',
  },
}
/** The column of the key, made different in every copy. */
const KEY: Readonly<Record<string, string>> = {
  'base.resident': `number_index = decode(md5(n::text), 'hex'), household = (n / 3)::text`,
  'base.medical-insured': `member = n::text`,
  'base.clinic-visit': `visit = n::text`,
  'base.pension': `member = n::text`,
  'base.marriage': `certificate = n::text`,
}

async function fill({ app }: BenchProgram, owner: pg.Client): Promise<number> {
  let records = 0
  // What the matching would find is laid down instead; it is due later.
  const startAfter = new Date(Date.now() + 86_400_000)
  await app.work(system('bench'), async (work) =>
    work.enqueue('one-file.run', { why: 'changed' }, { key: 'changed', startAfter }),
  )
  await owner.query(`insert into one_file.entity (id, kind, made_at) overriding system value
    select 1000000 + n, 'person', now() from generate_series(1, ${RESIDENTS}) n`)
  for (const [id, row] of Object.entries(SEED)) {
    const dataset = baseTables.find((table) => table.dataset.id === id)?.dataset
    if (!dataset) throw new RangeError(id)
    await app.work(system('bench'), (work) => app.use(registry).write(work, dataset, [row]))
    const table = id.replace('-', '_')
    const { rows } = await owner.query<{ column: string }>(
      `select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> '_id'`,
      [table],
    )
    const changed = new Map((KEY[id] ?? '').split(/, (?=\w+ = )/).map((part) => part.split(' = ') as [string, string]))
    const names = rows.map(({ column }) => `"${column}"`)
    const values = rows.map(({ column }) => changed.get(column) ?? `t."${column}"`)
    const each = id === 'base.marriage' ? 2 : 1
    await owner.query(`insert into ${table} (${names.join(', ')}) select ${values.join(', ')}
      from ${table} t, generate_series(1, ${RESIDENTS}, ${each}) n`)
    const { rowCount } = await owner.query(`insert into one_file.record
      (dataset, row, part, kind, version, entity, known_from, number_key, name_key)
      select '${id}', _id, 0, 'person', _version, 1000000 + rank, now(), rank, rank
      from (select _id, _version, row_number() over (order by _id) as rank from ${table}) t where rank <= ${RESIDENTS}`)
    records += rowCount ?? 0
  }
  await owner.query('vacuum analyze')
  return records
}

const program = await startProgram()
const owner = new pg.Client({ connectionString: program.ownerUrl })
try {
  await owner.connect()
  const begun = performance.now()
  const records = await fill(program, owner)
  const { cookie } = await signedIn(program, { 'one-file.read': 'city', 'one-file.steward': 'city' })
  let n = 0
  const value = await p95(ROUNDS, async () => {
    const id = 1_000_001 + ((n++ * 7919) % Math.floor(RESIDENTS / 2))
    const answer = await fetch(`${program.address}/api/one-file/people/${id}`, {
      headers: { cookie, 'x-purpose': encodeURIComponent('档案归并和核对：bench') },
    })
    const file = (await answer.json()) as { records?: unknown[] }
    if (!file.records || file.records.length < 4) throw new TypeError(`Person ${id} answered ${answer.status}`)
  })
  const seconds = (performance.now() - begun) / 1000
  report({ bench: 'person', value, unit: 'ms p95', against: '200 ms', ratio: value / 200, seconds, rows: records })
} finally {
  await owner.end()
  await program.stop()
}
