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
import { checkDeeds, checkMatters, checkOutbox } from './check-errands.ts'
import { checkImports, checkValues } from './check-rows.ts'
import { type Errands, makePeople, runErrands } from './errands.ts'
import { type Confirmed, changeSettings, DEVICE, makeOrganisations, sendReadings, Worker } from './load.ts'
import { Program } from './program.ts'
import { random, seed } from './random.ts'
import { defineDataset, progressOf, type RowsConfirmed, startImport, writeRows } from './rows.ts'
import { settled } from './settled.ts'
import { trialModule } from './trial/module.ts'

const KILLS = Number(process.env.KILLS ?? 50)
const PEOPLE = Number(process.env.PEOPLE ?? 12)
const IMPORT_LINES = 120_000
/** Much more than it takes: a restart under load is a matter of seconds. */
const timeout = Math.max(20, KILLS / 2) * 60_000

test(`${KILLS} kills of server and database while ${PEOPLE} people act (FAULT_SEED=${seed}): nothing confirmed lost, nothing twice, the log whole`, {
  timeout,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-faults-'))
  const program = await Program.at(folder, {}, true)
  const steward = new Worker(program, 'steward')
  await defineDataset(steward, 'fault-row')
  await defineDataset(steward, 'fault-import')
  const people = await makePeople(folder, PEOPLE)

  const confirmed: Confirmed = { organisations: [], readings: new Map(), settings: { last: '' } }
  const errands: Errands = { opened: new Map(), open: new Set(), done: [], refused: [] }
  const rows: RowsConfirmed = { values: new Map(), files: [] }
  let isGoing = true
  const going = () => isGoing
  const work = Promise.all([
    makeOrganisations(new Worker(program, 'admin'), confirmed, going),
    sendReadings(new Worker(program, 'ecology'), confirmed, going),
    changeSettings(new Worker(program, 'steward'), confirmed, going),
    writeRows(new Worker(program, 'data-officer'), 'city.fault-row', rows, going),
    ...people.map((account, n) => runErrands(new Worker(program, account), errands, PEOPLE, random(seed + n), going)),
  ])
  const next = random(seed)
  const kill = async () => {
    await Promise.race([sleep(50 + next() * 800), work])
    const what = next()
    if (what < 0.4) await program.killServer()
    else if (what < 0.7) program.killDatabase()
    else program.killBackend((of) => Math.floor(next() * of))
    // One in three is hit again while it comes up.
    if (next() < 0.67) await program.ready()
    else if (!program.isRunning) program.launch()
  }
  const killTimes = async (times: number) => {
    for (let n = 0; n < times; n++) await kill()
  }
  await killTimes(Math.floor(KILLS / 2))
  await program.ready()
  const load = await startImport(steward, 'city.fault-import', 'middle', IMPORT_LINES, rows.files)
  await killTimes(1)
  const isCutShort = (await progressOf(steward, load)).state === 'loading'
  await killTimes(KILLS - Math.floor(KILLS / 2) - 1)
  await program.ready()
  isGoing = false
  await work
  expect(await program.stop()).toBe(0)
  process.stdout.write(
    `${confirmed.organisations.length} organisations, ${confirmed.readings.size} readings, ${errands.opened.size} matters, ${errands.done.length} actions (${errands.refused.length} refused), ${rows.values.size} rows\n`,
  )

  // Between two kills one client gets so much done; less where it shares the machine with more people.
  const each = KILLS * Math.min(1, 12 / PEOPLE)
  expect(confirmed.organisations.length).toBeGreaterThan(each)
  expect(confirmed.readings.size).toBeGreaterThan(each)
  expect(errands.done.length).toBeGreaterThan(KILLS)
  expect(errands.refused.length).toBeGreaterThan(0)
  expect(isCutShort).toBe(true)
  // It survives its database: only what was killed had to be started again.
  expect(program.fallen).toBe(0)
  const modules = [...allModules, trialModule]
  const running = await boot(readConfig({ DATA_DIR: folder, PORT: '0', DAIZONG_LOG_LEVEL: 'fatal' }), modules, {
    listen: false,
  })
  try {
    const { pool } = running.app
    await settled(pool)
    expect(await organisationsIn(pool)).toEqual(confirmed.organisations.toSorted())
    expect(await readingsIn(running.app)).toEqual(new Map([...confirmed.readings].toSorted(([a], [b]) => a - b)))
    expect((await pool.query('select mail from notices.setting')).rows).toEqual([{ mail: confirmed.settings.last }])
    await inOneView(pool, async (db) => {
      await checkDeeds(db, errands)
      await checkMatters(db)
      await checkOutbox(db)
      await checkValues(db, 'fault_row', rows)
      await checkImports(db, 'fault_import', rows)
    })
    expect(await running.app.use(auditLog).verify()).toMatchObject({ whole: true })
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

/** All checks see one state, while clocks and jobs go on. */
async function inOneView(pool: pg.Pool, check: (db: pg.PoolClient) => Promise<void>): Promise<void> {
  const db = await pool.connect()
  try {
    await db.query('begin isolation level repeatable read read only')
    await check(db)
  } finally {
    db.release(true)
  }
}

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
