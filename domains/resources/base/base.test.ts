import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataDesk } from '#platform/registry'
import { type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { makeCity } from '../../../tools/city/make-city.ts'
import { baseTables } from './tables.ts'

let running: TestApp
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-base-'))
  await makeCity({ residents: 1200, seed: 5, out: join(folder, 'city'), workers: 1 })
  running = await testApp()
})
afterAll(async () => {
  await running.stop()
  await rm(folder, { recursive: true, force: true })
})

const desk = () => running.app.use(dataDesk)

/** Imports one file as a steward would, with the guessed columns, and says how it ended. */
async function load(dataset: string, name: string) {
  const content = createReadStream(join(folder, 'city', 'files', name))
  const id = await running.app.work(system('base.test'), (work) => desk().load(work, { dataset, name, content }))
  await vi.waitFor(async () => expect((await desk().progress(id)).state).not.toBe('loading'), { timeout: 30_000 })
  const { rows } = await running.app.pool.query<{ columns: (string | null)[] }>(
    'select columns from registry.load where id = $1',
    [id],
  )
  return { ...(await desk().progress(id)), columns: rows[0]?.columns ?? [] }
}

test('every file of the departments finds its table, every column its field, and only mistakes are refused', async () => {
  const files = (await readdir(join(folder, 'city', 'files'))).filter((name) => !name.endsWith('.check'))
  expect(files.map((name) => name.replace(/\.\w+$/, '')).toSorted()).toEqual(
    baseTables.map(({ file }) => file).toSorted(),
  )
  const all = { inserted: 0, refused: 0 }
  for (const { dataset, file } of baseTables) {
    const name = files.find((each) => each.startsWith(`${file}.`)) ?? ''
    const { state, inserted, refused, columns } = await load(dataset.id, name)
    expect({ file, state }).toEqual({ file, state: 'done' })
    expect({ file, missed: columns.filter((column) => column === null) }).toEqual({ file, missed: [] })
    all.inserted += inserted
    all.refused += refused
  }
  expect(all.refused).toBeGreaterThan(0)
  expect(all.refused / (all.inserted + all.refused)).toBeLessThan(0.02)
}, 300_000)
