import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner } from '#platform/testing'
import { inDatabase } from '#runtime'
import { residentCells, residentHeader, spoil } from '../testing/resident.ts'

const ROWS = 60_000
const SERVER = join(import.meta.dirname, '../testing/load-process.ts')
const template = inject('database')
const database = `t_${randomBytes(6).toString('hex')}`
const url = inDatabase(template, database)
const maintenance = inDatabase(template, 'postgres')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-kill-'))
  await asOwner(maintenance, `create database ${database} template daizong strategy file_copy`)
})
afterAll(async () => {
  await asOwner(maintenance, `drop database ${database} with (force)`)
  await rm(folder, { recursive: true, force: true })
})

const server = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [SERVER, ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, DATA_DIR: folder, PORT: '0', DAIZONG_LOG_LEVEL: 'silent' },
    stdio: 'inherit',
  })

/** The load once `when` holds of it; there is none before the server is up. */
async function loadOnce(when: (load: { rows_read: number; state: string }) => boolean) {
  for (;;) {
    const { rows } = await asOwner(url, 'select * from registry.load')
    const load = rows[0] && { ...rows[0], rows_read: Number(rows[0].rows_read) }
    if (load && when(load)) return load
    await sleep(30)
  }
}

test('an import killed again and again goes on where it stood: nothing lost, nothing twice', {
  timeout: 180_000,
}, async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => (n % 50 === 49 ? spoil(residentCells(n), n) : residentCells(n)))
  const file = join(folder, 'residents.csv')
  await writeFile(file, [residentHeader, ...rows].map((cells) => cells.join(',')).join('\n'))
  let running = server(file)
  for (const stop of [1, 20_000]) {
    const { state } = await loadOnce((load) => load.rows_read >= stop)
    expect(state).toBe('loading')
    running.kill('SIGKILL')
    running = server()
  }
  const load = await loadOnce(({ state }) => state !== 'loading')
  running.kill('SIGKILL')
  expect(load).toMatchObject({
    state: 'done',
    inserted: ROWS * 0.98,
    changed: 0,
    same: 0,
    refused: ROWS * 0.02,
  })
  const counted = await asOwner(
    url,
    `select (select count(*) from registry_data.resident) as stored, (select count(distinct _line) from registry_data.resident) as lines,
       (select count(*) from registry.correction) as refused, (select count(*) from registry.history) as history,
       (select count(*) from registry.lookup) as aside,
       (select count(*) from pg_indexes where schemaname = 'registry_data' and tablename = 'resident') as indexes`,
  )
  // Indexes: of the row's number, the key, the division and the phone.
  expect(counted.rows[0]).toEqual({
    stored: 58_800,
    lines: 58_800,
    refused: 1200,
    history: 0,
    aside: 0,
    indexes: 4,
  })
})
