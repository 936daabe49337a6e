import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type SeriesKind, sensing } from '#platform/sensing'
import { defineModule, system, words } from '#runtime'
import { type BenchProgram, machineToken, startProgram } from './program.ts'
import { report } from './report.ts'

const HOUR = 3_600_000
const HOURS = 8_760
const STATIONS = 16
const CHANNELS = ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3', 'aqi']
const HOURS_A_BATCH = 89
/** 2025 in Beijing time. */
const START = Date.parse('2025-01-01T00:00:00+08:00')
const ROWS = HOURS * STATIONS * CHANNELS.length

const kind: SeriesKind = {
  id: 'bench.hourly',
  title: words('测量', 'Bench'),
  devices: 'bench.station',
  channels: CHANNELS.map((id) => ({
    id,
    title: words(id, id),
    unit: 'ug/m3',
    decimals: 1,
    range: { min: 0, max: 1000 },
  })),
  interval: 3600,
  accept: { ahead: 600, age: 10 * 366 * 86_400 },
  perMinute: 100_000,
  rollups: ['day', 'month'],
  silence: 7200,
}
const benchModule = defineModule({
  id: 'bench',
  title: words('测量', 'Bench'),
  about: words('只用于测量', 'For measurements only'),
  needs: ['sensing'],
  folder: import.meta.dirname,
  series: [kind],
})

const codes = Array.from({ length: STATIONS }, (_, i) => `S${i + 1}`)
/** Looks like a concentration: daily wave, seasonal wave, and jitter without a pattern. */
const valueAt = (station: number, channel: number, hour: number): number =>
  Number(
    (
      60 +
      30 * Math.sin(hour / 4) +
      25 * Math.cos(hour / 1400) +
      ((hour * 7919 + station * 104_729 + channel * 31) % 97) / 10
    ).toFixed(1),
  )

/** Batches of hours of all stations, as a gateway sends them after an outage, oldest first. */
function batches(): string[] {
  const bodies: string[] = []
  for (let first = 0; first < HOURS; first += HOURS_A_BATCH) {
    const hours = Array.from({ length: Math.min(HOURS_A_BATCH, HOURS - first) }, (_, i) => first + i)
    const series = codes.map((device, station) => ({
      device,
      at: hours.map((hour) => START + hour * HOUR),
      values: Object.fromEntries(
        CHANNELS.map((id, channel) => [id, hours.map((hour) => valueAt(station, channel, hour))]),
      ),
    }))
    bodies.push(JSON.stringify({ series }))
  }
  return bodies
}

/** Values in over HTTP (token, check, store, one audit record a batch), then a year of one station out. */
async function run(): Promise<void> {
  const program = await startProgram([benchModule])
  try {
    const rights = { 'sensing.readings.write': 'city', 'sensing.series.read': 'city' } as const
    const token = await machineToken(program, rights)
    await program.app.work(system('bench'), (work) =>
      program.app.use(sensing).register(
        work,
        codes.map((code) => ({
          class: 'bench.station',
          code,
          title: words(code, code),
          division: '370902',
          organisation: 'city',
          point: null,
          status: 'in-use',
          properties: {},
        })),
      ),
    )
    const seconds = await send(program.address, token, batches())
    const rolledUp = performance.now()
    await program.app.use(sensing).rollUp()
    process.stderr.write(`roll-ups up to date ${((performance.now() - rolledUp) / 1000).toFixed(1)} s later\n`)
    const copySeconds = await copy(program)
    await vacuum(program)
    await readYear(program, token)
    report({
      bench: 'series',
      value: ROWS / seconds,
      unit: 'values/s',
      ratio: copySeconds / seconds,
      against: 'plain COPY of the same values into one table with the same primary key',
      seconds,
      rows: ROWS,
    })
  } finally {
    await program.stop()
  }
}

/** Sends from another thread, four batches at a time; anything but a whole acceptance ends the measurement. */
async function send(address: string, token: string, bodies: string[]): Promise<number> {
  const worker = new Worker(new URL('./series-sender.ts', import.meta.url), { workerData: { address, token, bodies } })
  return new Promise((done, fail) => {
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', () => fail(new TypeError('The sender ended early')))
  })
}

async function copy({ ownerUrl }: BenchProgram): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`create table public.plain (at timestamptz not null, value double precision, batch bigint not null,
      device int not null, stage smallint not null, channel smallint not null,
      primary key (device, stage, at, channel) include (value))`)
    const chunks: string[] = []
    for (let hour = 0; hour < HOURS; hour++) {
      const at = new Date(START + hour * HOUR).toISOString()
      let chunk = ''
      for (let station = 0; station < STATIONS; station++)
        for (let channel = 0; channel < CHANNELS.length; channel++)
          chunk += `${at}\t${valueAt(station, channel, hour)}\t1\t${station}\t0\t${channel}\n`
      chunks.push(chunk)
    }
    const begun = performance.now()
    await pipeline(Readable.from(chunks), owner.query(copyFrom('copy public.plain from stdin')))
    return (performance.now() - begun) / 1000
  } finally {
    await owner.end()
  }
}

/** What the database does by itself within minutes: a year is read back from pages that have been settled. */
async function vacuum({ ownerUrl }: BenchProgram): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze sensing.value')
  await owner.end()
}

const READS = 20
const ASKED_MS = 100

async function readYear({ address }: BenchProgram, token: string): Promise<void> {
  const span = `from=${new Date(START).toISOString()}&to=${new Date(START + HOURS * HOUR).toISOString()}`
  for (const [bench, more] of [
    ['series-year', ''],
    ['series-year-drawn', '&points=2000'],
  ] as const) {
    const taken: number[] = []
    let values = 0
    for (let i = 0; i < READS; i++) {
      const begun = performance.now()
      const answer = await fetch(
        `${address}/api/sensing/bench.hourly/series?device=S${(i % STATIONS) + 1}&${span}${more}`,
        {
          headers: { authorization: `Bearer ${token}` },
        },
      )
      const { columns } = (await answer.json()) as { columns: { value: unknown[] }[] }
      taken.push(performance.now() - begun)
      values = columns.reduce((sum, { value }) => sum + value.length, 0)
    }
    const median = taken.sort((a, b) => a - b)[READS / 2] ?? 0
    report({
      bench,
      value: median,
      unit: 'ms',
      ratio: median / ASKED_MS,
      against: `${ASKED_MS} ms asked for a year of one station`,
      seconds: taken.reduce((sum, ms) => sum + ms, 0) / 1000,
      rows: values,
    })
  }
}

await run()
