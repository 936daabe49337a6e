import { Type } from 'typebox'
import { dataset, field, fieldMeta } from '#platform/registry'
import { defineModule, words } from '#runtime'
import { p95 } from './p95.ts'
import { signedIn, startProgram } from './program.ts'
import { report } from './report.ts'

/** Search over HTTP in a catalogue of 10,000 datasets with about a dozen fields each, against `ilike` in PostgreSQL. */
const DATASETS = Number(process.env.ROWS ?? 10_000)
const THINGS = [
  '社会保险',
  '住房公积金',
  '婚姻登记',
  '不动产',
  '机动车',
  '行政处罚',
  '行政许可',
  '企业年报',
  '水质监测',
  '学籍',
]
const PARTS = [
  '缴费记录',
  '基本信息',
  '变更记录',
  '统计月报',
  '人员名单',
  '办件信息',
  '检查结果',
  '证照信息',
  '资金发放',
  '预警信息',
]
const THINGS_EN = [
  'Insurance',
  'Housing fund',
  'Marriage',
  'Real estate',
  'Vehicle',
  'Penalty',
  'Licence',
  'Report',
  'Water',
  'School',
]
const FIELDS = [
  '姓名',
  '金额',
  '日期',
  '状态',
  '区划',
  '单位名称',
  '信用代码',
  '办理结果',
  '联系人',
  '编号',
  '类别',
  '备注',
]
const QUESTIONS = [
  '社会保险 缴费',
  '公积金',
  'insurance',
  '行政处罚 信用代码',
  '税',
  'vehicle licence',
  '水质',
  '学籍 变更 2026',
]
const ROUNDS = 400

const owners = ['city.police', 'city.market', 'city.civil-affairs', 'city.tax', 'city.ecology']
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

const datasets = Array.from({ length: DATASETS }, (_, n) =>
  dataset({
    id: `benchcatalogue.set-${n}`,
    title: words(`${pick(THINGS, n)}${pick(PARTS, Math.floor(n / 10))}${n}`, `${pick(THINGS_EN, n)} ${n}`),
    about: words(`${pick(THINGS, n + 3)}相关的${pick(PARTS, n + 1)}`, `About ${pick(THINGS_EN, n + 3)}`),
    source: pick(owners, n),
    schema: Type.Object(
      Object.fromEntries(
        FIELDS.map((title, at) => [`field${at}`, field.text(words(`${title}${(n + at) % 50}`, `Field ${at}`))]),
      ),
    ),
    key: ['field0'],
    level: 'internal',
    sharing: pick(['unconditional', 'conditional', 'none'] as const, n),
    opening: 'closed',
    retention: 'permanent',
    storage: { table: 'registry.definition' },
  }),
)

const module = defineModule({
  id: 'benchcatalogue',
  title: words('目录测量', 'Bench of the catalogue'),
  about: words('只用于测量', 'For measurements only'),
  needs: ['registry'],
  folder: import.meta.dirname,
  datasets,
})

const program = await startProgram([module])
try {
  const { cookie } = await signedIn(program, { 'exchange.catalogue.read': 'city' })
  let asked = 0
  const ask = async () => {
    const text = encodeURIComponent(pick(QUESTIONS, asked++))
    const answer = await fetch(`${program.address}/api/exchange/catalogue?text=${text}`, { headers: { cookie } })
    const { found } = (await answer.json()) as { found: number }
    if (answer.status !== 200 || found === undefined) throw new TypeError(`answered ${answer.status}`)
  }
  const begun = performance.now()
  await ask()
  process.stderr.write(`The index of ${DATASETS} was made in ${Math.round(performance.now() - begun)} ms.\n`)
  const value = await p95(ROUNDS, ask)
  const peer = await peerP95()
  const seconds = (performance.now() - begun) / 1000
  report({
    bench: 'catalogue',
    value,
    unit: 'ms',
    ratio: value / peer,
    against: 'ilike over the same texts in PostgreSQL',
    seconds,
    rows: DATASETS,
  })
} finally {
  await program.stop()
}

/** The same words, each somewhere in the text of a dataset, without any ranking. */
async function peerP95(): Promise<number> {
  const { pool } = program.app
  const client = await pool.connect()
  try {
    await client.query('create temp table listed (text text)')
    const texts = datasets.map(({ title, about, schema }) =>
      [
        title.zh,
        title.en,
        about.zh,
        about.en,
        ...Object.values(schema.properties).map((each) => fieldMeta(each)?.title.zh),
      ].join(' '),
    )
    await client.query('insert into listed select unnest($1::text[])', [texts])
    let n = 0
    return await p95(ROUNDS, () =>
      client.query('select text from listed where text ilike all($1) limit 20', [
        pick(QUESTIONS, n++)
          .split(' ')
          .map((word) => `%${word}%`),
      ]),
    )
  } finally {
    client.release()
  }
}
