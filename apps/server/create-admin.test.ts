import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn, type TestApp, testApp } from '#platform/testing'

let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

async function create(account: string, password: string) {
  const { dataDir } = running.app.config
  const env = { PATH: process.env.PATH, DATABASE_URL: running.ownerUrl, DATA_DIR: dataDir, PORT: '0' }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'create-admin.ts'), account], { env })
  child.stdin.end(`${password}\n`)
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, said }
}

test('makes an administrator of the whole city beside a running program', async () => {
  expect(await create('boss', 'Chief-of-2026')).toMatchObject({ code: 0 })
  const boss = await signIn(running, 'boss', 'Chief-of-2026')
  expect((await boss.get('/api/session')).body.rights).toHaveProperty(['identity.role.grant'], 'city')
}, 60_000)

test('refuses a weak password in one sentence and makes nothing', async () => {
  const { code, said } = await create('second', 'weak')
  expect(code).toBe(1)
  expect(said.trim()).toMatch(/^At least 10 characters/)
}, 60_000)
