import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { auditLog } from '#platform/audit'
import { sensing } from '#platform/sensing'
import { type App, boot, readConfig } from '#runtime'
import { allModules } from '../../apps/server/modules.ts'
import { type Confirmed, changeSettings, DEVICE, makeOrganisations, sendReadings, Worker } from './load.ts'
import { Program } from './program.ts'

const KILLS = 50
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

/** Repeatable instants (mulberry32). */
function random(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

test(`${KILLS} kills of server and database (FAULT_SEED=${seed}): nothing confirmed lost, nothing twice, the log whole`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-faults-'))
  const program = await Program.at(folder)
  const next = random(seed)
  const confirmed: Confirmed = { organisations: [], readings: new Map(), settings: { last: '' } }
  let isGoing = true
  const going = () => isGoing
  const work = Promise.all([
    makeOrganisations(new Worker(program, 'admin'), confirmed, going),
    sendReadings(new Worker(program, 'ecology'), confirmed, going),
    changeSettings(new Worker(program, 'steward'), confirmed, going),
  ])
  for (let kill = 0; kill < KILLS; kill++) {
    await Promise.race([sleep(100 + next() * 1_200), work])
    const what = next()
    if (what < 0.4) await program.killServer()
    else if (what < 0.7) program.killDatabase()
    else program.killBackend((of) => Math.floor(next() * of))
    // One in three is hit again while it comes up.
    if (next() < 0.67) await program.ready()
    else if (!program.isRunning) program.launch()
  }
  await program.ready()
  isGoing = false
  await work
  expect(await program.stop()).toBe(0)

  expect(confirmed.organisations.length).toBeGreaterThan(KILLS)
  expect(confirmed.readings.size).toBeGreaterThan(KILLS)
  const running = await boot(readConfig({ DATA_DIR: folder, PORT: '0', DAIZONG_LOG_LEVEL: 'fatal' }), allModules, {
    listen: false,
  })
  try {
    const { pool } = running.app
    expect(await organisationsIn(pool)).toEqual(confirmed.organisations.toSorted())
    expect(await readingsIn(running.app)).toEqual(new Map([...confirmed.readings].toSorted(([a], [b]) => a - b)))
    const { rows } = await pool.query(`select mail from notices.setting`)
    expect(rows).toEqual([{ mail: confirmed.settings.last }])
    expect(await running.app.use(auditLog).verify()).toMatchObject({ whole: true })
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function organisationsIn(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(`select id from identity.organisation where id like 'fault-test-%'`)
  return rows.map(({ id }) => id).toSorted()
}

async function readingsIn(app: App): Promise<Map<number, number | null>> {
  const span = { from: new Date(0), to: new Date(Date.now() + 86_400_000) }
  const [column] = await app
    .use(sensing)
    .read({ kind: 'air.hourly', stage: 'raw', devices: [DEVICE], channels: ['pm25'], ...span })
  return new Map(column?.at.map((at, index) => [at, column.value[index] ?? null]))
}
