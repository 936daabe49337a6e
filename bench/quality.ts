import pg from 'pg'
import { type DatasetDefinition, dataDesk, datasetExtracts, planCheck, type QualityCheck } from '#platform/registry'
import { system, words } from '#runtime'
import { checkContext } from '../domains/resources/collection/server/quality/active-rules.ts'
import { askChecks, refreshFor } from '../domains/resources/collection/server/quality/ask-checks.ts'
import { type BenchProgram, startProgram } from './program.ts'
import { report } from './report.ts'

/** Eight rules of quality over all rows of a dataset at city size, against the same conditions in PostgreSQL. */
const ROWS = Number(process.env.ROWS ?? 5_000_000)

const definition: DatasetDefinition = {
  name: 'person',
  title: words('人员', 'People'),
  about: words('只用于测量', 'For measurements only'),
  source: 'city.police',
  fields: [
    { name: 'code', kind: 'text', title: words('编号', 'Code'), required: true, max: 20 },
    { name: 'name', kind: 'text', title: words('姓名', 'Name'), personal: true, mask: 'name', max: 60 },
    { name: 'sex', kind: 'text', title: words('性别', 'Sex'), max: 4 },
    { name: 'born', kind: 'date', title: words('出生日期', 'Born') },
    { name: 'died', kind: 'date', title: words('死亡日期', 'Died') },
    { name: 'household', kind: 'text', title: words('户号', 'Household'), max: 20 },
    { name: 'division', kind: 'division', title: words('行政区划', 'Division') },
    { name: 'height', kind: 'decimal', title: words('身高', 'Height') },
  ],
  key: ['code'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
}
const FILL = `insert into registry_data.person (code, name, sex, born, died, household, division, height)
  select 'P' || n, case when n % 50 > 0 then '王' || n end, (array['1', '2', '9', '7'])[1 + (n % 4)],
    date '1940-01-01' + (n * 7919 % 30000)::int, case when n % 90 = 0 then date '1970-01-01' + (n % 20000)::int end,
    'H' || n / 3, '3709' || lpad((n % 88)::text, 5, '0'), (n * 104729 % 2500) / 10.0 from generate_series(1::bigint, ${ROWS}) n`

const CHECKS: readonly QualityCheck[] = [
  { kind: 'required', field: 'name' },
  { kind: 'range', field: 'height', from: 30, to: 230 },
  { kind: 'codes', field: 'sex', codes: ['0', '1', '2', '9'] },
  { kind: 'pattern', field: 'household', pattern: 'H[0-9]*[1-9]' },
  { kind: 'unique', fields: ['born', 'household'] },
  { kind: 'compare', field: 'born', operator: '<=', other: 'died' },
  { kind: 'fresh', days: 30 },
  { kind: 'condition', sql: "died is null or division like '3709%'" },
]
const SAME = `select count(*), count(*) filter (where name is null or trim(name) = ''),
    count(*) filter (where height < 30 or height > 230), count(*) filter (where sex not in ('0', '1', '2', '9')),
    count(*) filter (where household !~ '^H[0-9]*[1-9]$'), count(*) filter (where repeated > 1),
    count(*) filter (where not (born <= died)), count(*) filter (where not (died is null or division like '3709%'))
  from (select *, count(*) over (partition by born, household) as repeated from registry_data.person) t`

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

async function measure({ app, ownerUrl }: BenchProgram): Promise<void> {
  const id = await app.work(system('bench'), (work) => app.use(dataDesk).define(work, definition))
  const { dataset } = app.use(datasetExtracts).get(id)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(FILL)
    await owner.query('vacuum analyze registry_data.person')
    const plans = CHECKS.map((check) => planCheck(dataset, check, checkContext(app)))
    const first = await seconds(() => refreshFor(app, id, plans))
    const on = await refreshFor(app, id, plans)
    let bad: readonly number[] = []
    const asked = await seconds(async () => {
      const found = await askChecks(app, on, plans)
      if (found.some(({ problem }) => problem)) throw new TypeError('A check could not be computed')
      bad = found.map((one) => one.bad)
    })
    let same: readonly number[] = []
    const plain = await seconds(async () => {
      const { rows } = await owner.query({ text: SAME, rowMode: 'array' })
      same = (rows[0] as readonly string[]).slice(1).map(Number)
    })
    const rowWise = bad.filter((_, at) => CHECKS[at]?.kind !== 'fresh')
    if (String(rowWise) !== String(same)) throw new TypeError(`The checks find ${rowWise}, PostgreSQL ${same}`)
    const figure = { unit: 's', rows: ROWS }
    report({
      ...figure,
      bench: 'quality-copy',
      value: first,
      ratio: asked / first,
      against: 'the checks',
      seconds: first,
    })
    report({
      ...figure,
      bench: 'quality',
      value: asked,
      ratio: asked / plain,
      against: 'the same conditions in PostgreSQL',
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
