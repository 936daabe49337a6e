import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { citizenCheckDigit, type DatasetDefinition, dataDesk, datasetDirectory, registry } from '#platform/registry'
import { appUrl, system, words } from '#runtime'
import { type BenchProgram, machineToken, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * Granted, masked, receipted single records over HTTP, asked for by a machine in another process, against the same
 * statement, prepared, through bare `pg` in the same run.
 */
const ROWS = Number(process.env.ROWS ?? 100_000)
const SECONDS = Number(process.env.SECONDS ?? 15)
const CONNECTIONS = 32
const CHUNK = 5_000

const definition: DatasetDefinition = {
  name: 'bench-person',
  title: words('人员', 'Persons'),
  about: words('只用于测量', 'For measurements only'),
  source: 'city.police',
  fields: [
    { name: 'idNumber', kind: 'identity', title: words('身份证号', 'Citizen number'), required: true },
    { name: 'name', kind: 'text', title: words('姓名', 'Name'), personal: true, mask: 'name', max: 60 },
    { name: 'division', kind: 'division', title: words('区划', 'Division') },
    { name: 'bornOn', kind: 'date', title: words('出生日期', 'Born on'), personal: true },
    { name: 'remark', kind: 'text', title: words('备注', 'Remark'), max: 200 },
  ],
  key: ['idNumber'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
}

function idNumber(n: number): string {
  const day = new Date(Date.UTC(1940, 0, 1 + (n % 25_000))).toISOString().slice(0, 10).replaceAll('-', '')
  const first = `370902${day}${String(Math.floor(n / 25_000)).padStart(3, '0')}`
  return `${first}${citizenCheckDigit(first)}`
}

async function fill({ app }: BenchProgram): Promise<string> {
  const id = await app.work(system('bench'), (work) => app.use(dataDesk).define(work, definition))
  const dataset = app.use(datasetDirectory).find(id)
  if (!dataset) throw new TypeError('not defined')
  for (let from = 0; from < ROWS; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, ROWS - from) }, (_, at) => {
      const number = idNumber(from + at)
      const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
      return { idNumber: number, name: `张三${at}`, division: '370902001001', bornOn, remark: `备注${at}` }
    })
    await app.work(system('bench'), (work) => app.use(registry).write(work, dataset, rows))
  }
  return id
}

/** A grant as its loop leaves it. */
async function grant(owner: pg.Client, dataset: string): Promise<string> {
  await owner.query(
    `insert into exchange."grant" (id, request, consumer, dataset, fields, whole, rows, purpose, basis, ways, quota,
       made_at, until) values ('bench', '0', 'city', $1, '{idNumber,name,division,bornOn}', '{bornOn}',
       '{"division":{"prefix":"3709"}}', 'bench', 'bench', '{query}', 50000000, now(), '2099-12-31')`,
    [dataset],
  )
  await owner.query(
    `insert into runtime.event (at, topic, key, data) values (now(), 'exchange.grant.changed', 'bench', '{}')`,
  )
  return 'bench'
}

interface Load {
  readonly perSecond: number
  readonly p99: number
}

/** The machine, in a process of its own, so that it takes no time of the program's thread. */
async function load(address: string, token: string, seconds: number): Promise<Load> {
  const args = [join(import.meta.dirname, 'exchange-sender.ts'), address, token, String(seconds), String(CONNECTIONS)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(Array.from({ length: 20_000 }, (_, n) => idNumber((n * 7919) % ROWS))))
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  return JSON.parse(text) as Load
}

/** The same statement as a connection pool runs it when nothing else is asked of it. */
async function bare(ownerUrl: string, seconds: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: appUrl(ownerUrl), max: 30 })
  const { rows: known } = await pool.query<{ index: Buffer }>(
    'select id_number_index as index from registry_data.bench_person limit 20000',
  )
  const text = `select _id, id_number, name, division, born_on from registry_data.bench_person
    where division >= $1 and division < $2 and id_number_index = any($3::bytea[]) order by _id limit 101`
  const end = performance.now() + seconds * 1000
  let done = 0
  const one = async (from: number) => {
    for (let n = from; performance.now() < end; n += CONNECTIONS) {
      const { index } = known[n % known.length] as { index: Buffer }
      const { rows } = await pool.query({ name: 'bare', text, values: ['3709', '3709\u{10ffff}', [index]] })
      if (rows.length !== 1) throw new TypeError(`${rows.length} rows`)
      done++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => one(n)))
  await pool.end()
  return done / seconds
}

const program = await startProgram()
try {
  const dataset = await fill(program)
  const owner = new pg.Client({ connectionString: program.ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze registry_data.bench_person')
  const address = `${program.address}/api/exchange/grants/${await grant(owner, dataset)}/query`
  const token = await machineToken(program, { 'exchange.call': 'city' })
  await load(address, token, 5)
  const { perSecond, p99 } = await load(address, token, SECONDS)
  const { rows } = await owner.query<{ n: string }>('select count(*) as n from exchange.receipt')
  await owner.end()
  const peer = await bare(program.ownerUrl, SECONDS)
  const figure = { against: 'the same prepared statement through pg', seconds: SECONDS, rows: Number(rows[0]?.n) }
  report({ ...figure, bench: 'exchange-p99', value: p99, unit: 'ms', ratio: p99 / 30, against: 'the 30 ms allowed' })
  report({ ...figure, bench: 'exchange', value: perSecond, unit: 'queries/s', ratio: perSecond / peer })
} finally {
  await program.stop()
}
