import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { findRunning } from '#runtime'
import { checkImports } from './check-rows.ts'
import { Worker } from './load.ts'
import { Program } from './program.ts'
import { defineDataset, progressOf, type RowsConfirmed, startImport } from './rows.ts'

const LINES = 400_000
const STOP_MS = 5_000
const folder = await mkdtemp(join(tmpdir(), 'daizong-import-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a stop during an import ends within five seconds, and the import goes on where it stood', async () => {
  const program = await Program.at(folder)
  const steward = new Worker(program, 'steward')
  const rows: RowsConfirmed = { values: new Map(), files: [] }
  await defineDataset(steward, 'stopped')
  const load = await startImport(steward, 'city.stopped', 'stopped', LINES, rows.files)
  while ((await progressOf(steward, load)).rowsRead === 0) await sleep(20)
  const begin = Date.now()
  expect(await program.stop()).toBe(0)
  expect(Date.now() - begin).toBeLessThan(STOP_MS)

  program.launch()
  await program.ready()
  const after = await progressOf(steward, load)
  expect([after.state, after.rowsRead > 0, after.rowsRead < LINES]).toEqual(['loading', true, true])
  let last = after
  while (last.state === 'loading') {
    await sleep(100)
    const now = await progressOf(steward, load)
    expect(now.rowsRead).toBeGreaterThanOrEqual(last.rowsRead)
    last = now
  }
  const owner = new pg.Client({ connectionString: findRunning(folder) })
  await owner.connect()
  await checkImports(owner, 'stopped', rows)
  await owner.end()
  expect(await program.stop()).toBe(0)
})
