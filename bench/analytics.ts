import pg from 'pg'
import { analytics } from '#platform/analytics'
import { type DatasetDefinition, dataDesk, datasetExtracts } from '#platform/registry'
import { system, words } from '#runtime'
import { type BenchProgram, startProgram } from './program.ts'
import { report } from './report.ts'

/** A copy of a dataset made anew, brought up to date after 1 % of changes, and asked, against the same in PostgreSQL. */
const ROWS = Number(process.env.ROWS ?? 1_000_000)

const definition: DatasetDefinition = {
  name: 'fact',
  title: words('事实', 'Facts'),
  about: words('只用于测量', 'For measurements only'),
  source: 'city.market',
  fields: [
    { name: 'code', kind: 'text', title: words('编号', 'Code'), required: true, max: 20 },
    { name: 'firm', kind: 'text', title: words('企业', 'Firm'), max: 20 },
    { name: 'kind', kind: 'text', title: words('类别', 'Kind'), max: 20 },
    { name: 'division', kind: 'division', title: words('行政区划', 'Division') },
    { name: 'day', kind: 'date', title: words('日期', 'Day') },
    { name: 'amount', kind: 'decimal', title: words('金额', 'Amount') },
  ],
  key: ['code'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
}
const FILL = `insert into registry_data.fact (code, firm, kind, division, day, amount)
  select 'F' || n, 'E' || (n * 7919 % 70000), 'k' || n % 20, '3709' || lpad((n % 88)::text, 5, '0'),
    date '2025-01-01' + (n % 365)::int, (n * 104729 % 1000003) / 100.0 from generate_series(1::bigint, ${ROWS}) n`
const QUESTION = (table: string) =>
  `select kind, division, count(*) as n, count(distinct firm) as firms, sum(amount) as total from ${table}
   where day >= date '2025-03-01' group by kind, division order by n desc`

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

async function measure({ app, ownerUrl }: BenchProgram): Promise<void> {
  const engine = app.use(analytics)
  const id = await app.work(system('bench'), (work) => app.use(dataDesk).define(work, definition))
  app.use(datasetExtracts).get(id)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(FILL)
    await owner.query('vacuum analyze registry_data.fact')
    const plainCopy = await seconds(() => owner.query('create table public.copied as select * from registry_data.fact'))
    const full = await seconds(() => engine.refresh(id))
    const figure = {
      bench: 'analytics-refresh',
      unit: 'rows/s',
      against: 'create table as select in PostgreSQL',
      rows: ROWS,
    }
    report({ ...figure, value: ROWS / full, ratio: plainCopy / full, seconds: full })
    await owner.query(
      `update registry_data.fact set amount = amount + 1, _version = _version + 1, _since = now() where _id % 100 = 0`,
    )
    const delta = await seconds(() => engine.refresh(id))
    report({
      ...figure,
      bench: 'analytics-delta',
      unit: 's',
      value: delta,
      against: 'the whole copy',
      ratio: delta / full,
      seconds: delta,
    })
    const limits = { seconds: 60, bytes: 2 ** 30, rows: 100_000 }
    const table = id.replace('.', '_')
    let rows = 0
    const asked = await seconds(async () => {
      for await (const batch of engine.ask({ sql: QUESTION(table), tables: [table], limits })) rows += batch.rows.length
    })
    const { length } = (await owner.query(QUESTION('registry_data.fact'))).rows
    if (length !== rows) throw new TypeError(`The engine answers ${rows} rows, PostgreSQL ${length}`)
    const plain = await seconds(() => owner.query(QUESTION('registry_data.fact')))
    report({
      ...figure,
      bench: 'analytics-ask',
      unit: 's',
      value: asked,
      against: 'the same question in PostgreSQL',
      ratio: asked / plain,
      seconds: asked,
    })
  } finally {
    await owner.end()
  }
}

const program = await startProgram()
try {
  await measure(program)
} finally {
  await program.stop()
}
