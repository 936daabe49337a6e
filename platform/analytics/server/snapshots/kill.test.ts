import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { analytics } from '../../contract.ts'
import { firms } from '../testing/firms.ts'

const PROGRAM = join(import.meta.dirname, '../testing/refresh-process.ts')
const limits = { seconds: 60, bytes: 2 ** 28, rows: 10 }

let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

test('a program that is killed while it refreshes leaves the copy before whole', {
  timeout: 180_000,
}, async () => {
  const { app, ownerUrl } = running
  const engine = app.use(analytics)
  const { id, table } = await firms(app, 100)
  await engine.refresh(id)
  const folder = join(app.config.dataDir, 'analytics', table)
  const count = async () => {
    const question = { sql: `select count(*) from ${table}`, tables: [table], limits }
    for await (const { rows } of engine.ask(question)) return rows[0]?.[0]
  }
  await asOwner(
    ownerUrl,
    `insert into registry_data.firm (code, staff) select 'G' || n, n from generate_series(1, 400000) n`,
  )
  for (const trace of ['.csv', 'delta-', 'base-']) {
    const before = new Set(await readdir(folder))
    const program = spawn(process.execPath, [PROGRAM, id], {
      env: { DATABASE_URL: ownerUrl, DATA_DIR: app.config.dataDir, PORT: '0', DAIZONG_LOG_LEVEL: 'silent' },
      stdio: 'inherit',
    })
    while (!(await readdir(folder)).some((file) => !before.has(file) && file.includes(trace))) await sleep(5)
    program.kill('SIGKILL')
    await once(program, 'exit')
    expect(await count()).toBe(100)
  }
  expect((await engine.refresh(id)).rows).toBe(400_100)
  expect(await count()).toBe(400_100)
  expect((await readdir(folder)).filter((file) => /csv|spill/.test(file))).toEqual([])
})
