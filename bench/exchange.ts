import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import pg from 'pg'
import { citizenCheckDigit, type DatasetDefinition, dataDesk, datasetDirectory, registry } from '#platform/registry'
import { appUrl, system, words } from '#runtime'
import { type BenchProgram, machineToken, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * Granted, masked, receipted single records over HTTP, asked for by a machine in another process: as many as go, and how
 * long they take at the rate that is asked for. Against the same statement, prepared, in the same run: behind a bare
 * HTTP route with the same machine, and through `pg` alone.
 */
const ROWS = Number(process.env.ROWS ?? 100_000)
const SECONDS = Number(process.env.SECONDS ?? 15)
const RATE = 1_500
const CONNECTIONS = 32
const CHUNK = 5_000
const NUMBERS = 20_000

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

/** The machine, in a process of its own, so that it takes no time of the program's thread; with a rate it asks evenly. */
async function load(address: string, token: string, questions: string, seconds: number, rate?: number): Promise<Load> {
  const file = join(import.meta.dirname, rate ? 'exchange-pacer.ts' : 'exchange-sender.ts')
  const args = [file, address, token, seconds, CONNECTIONS, rate ?? ''].map(String)
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(questions)
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
  return JSON.parse(said) as Load
}

/** The same statement when nothing else is asked of it. */
class Bare {
  readonly #pool: pg.Pool

  constructor(ownerUrl: string) {
    this.#pool = new pg.Pool({ connectionString: appUrl(ownerUrl), max: 30 })
  }

  async indexes(): Promise<readonly string[]> {
    const { rows } = await this.#pool.query<{ index: string }>(
      `select encode(id_number_index, 'hex') as index from registry_data.bench_person limit ${NUMBERS}`,
    )
    return rows.map(({ index }) => index)
  }

  async find(index: string): Promise<unknown> {
    const sql = `select _id, id_number, name, division, born_on from registry_data.bench_person
      where division >= $1 and division < $2 and id_number_index = any($3::bytea[]) order by _id limit 101`
    const values = ['3709', '3709\u{10ffff}', [Buffer.from(index, 'hex')]]
    const { rows } = await this.#pool.query({ name: 'bare', text: sql, values })
    if (rows.length !== 1) throw new TypeError(`${rows.length} rows`)
    return rows[0]
  }

  async alone(indexes: readonly string[], seconds: number): Promise<number> {
    const end = performance.now() + seconds * 1000
    let done = 0
    const one = async (from: number) => {
      for (let n = from; performance.now() < end; n += CONNECTIONS, done++)
        await this.find(indexes[n % indexes.length] ?? '')
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => one(n)))
    return done / seconds
  }

  async behindRoute(indexes: readonly string[], seconds: number): Promise<Load> {
    const server = fastify()
    server.post<{ Body: { index: string } }>('/', ({ body }) => this.find(body.index))
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const questions = JSON.stringify(indexes.map((index) => JSON.stringify({ index })))
    const { perSecond } = await load(address, '', questions, seconds)
    const { p99 } = await load(address, '', questions, seconds, RATE)
    await server.close()
    return { perSecond, p99 }
  }

  end(): Promise<void> {
    return this.#pool.end()
  }
}

const program = await startProgram()
try {
  const dataset = await fill(program)
  const owner = new pg.Client({ connectionString: program.ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze registry_data.bench_person')
  const address = `${program.address}/api/exchange/grants/${await grant(owner, dataset)}/query`
  const token = await machineToken(program, { 'exchange.call': 'city' })
  const numbers = Array.from({ length: NUMBERS }, (_, n) => idNumber((n * 7919) % ROWS))
  const questions = JSON.stringify(numbers.map((is) => JSON.stringify({ where: { idNumber: { is } } })))
  await load(address, token, questions, 5)
  const { perSecond } = await load(address, token, questions, SECONDS)
  const { p99 } = await load(address, token, questions, SECONDS, RATE)
  const { rows } = await owner.query<{ n: string }>('select count(*) as n from exchange.receipt')
  await owner.end()
  const bare = new Bare(program.ownerUrl)
  const indexes = await bare.indexes()
  const behindRoute = await bare.behindRoute(indexes, SECONDS)
  const alone = await bare.alone(indexes, SECONDS)
  await bare.end()
  process.stdout.write(
    `${Math.round(alone)} statements a second through pg alone: ratio ${(perSecond / alone).toFixed(3)}\n`,
  )
  const figure = { seconds: SECONDS, rows: Number(rows[0]?.n) }
  const against = 'the same statement behind a bare HTTP route'
  report({
    ...figure,
    bench: 'exchange-p99',
    value: p99,
    unit: 'ms',
    ratio: p99 / behindRoute.p99,
    against: `${against}, also asked ${RATE} times a second, ${Math.round(behindRoute.p99)} ms`,
  })
  report({
    ...figure,
    bench: 'exchange',
    value: perSecond,
    unit: 'queries/s',
    ratio: perSecond / behindRoute.perSecond,
    against: `${against}, ${Math.round(behindRoute.perSecond)}/s`,
  })
} finally {
  await program.stop()
}
