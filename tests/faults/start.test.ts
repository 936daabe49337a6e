import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Program } from './program.ts'

const MAIN = join(import.meta.dirname, '../../apps/server/main.ts')

/** Empty. */
let folder: string
/** One on which the program has run. */
let used: string
beforeAll(async () => {
  used = await mkdtemp(join(tmpdir(), 'daizong-used-'))
  await (await Program.at(used)).stop()
})
afterAll(() => rm(used, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-start-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What the program says when it does not start. */
async function refusal(env: Readonly<Record<string, string>>): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, DATA_DIR: folder, PORT: '0', DAIZONG_LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (part) => {
    text += String(part)
  })
  const [code] = (await once(child, 'exit')) as [number]
  return { code, text }
}

/** Processes whose command line names the folder. */
const processesOn = (path: string): number =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(path)).length

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

test.each([
  ['PORT', { PORT: 'abc' }, /^PORT is "abc" but must be a whole number from 0 to 65535\.\n$/],
  [
    'DATABASE_URL',
    { DATABASE_URL: 'nonsense' },
    /^DATABASE_URL must be an address that begins with postgres:\/\/.*\n$/,
  ],
  [
    'a database that is not there',
    { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' },
    /^The database of DATABASE_URL at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*\n$/,
  ],
  ['DATA_DIR', { DATA_DIR: '/dev/null/data' }, /^DATA_DIR is "\/dev\/null\/data" but cannot be written to: .*\n$/],
  ['an unknown setting', { DAIZONG_DEM0: '1' }, /^Unknown setting DAIZONG_DEM0; known ones are .*\n$/],
])('a wrong setting stops the start with one sentence: %s', async (_name, env, sentence) => {
  const { code, text } = await refusal(env)
  expect(text).toMatch(sentence)
  expect(text).not.toContain('secret')
  expect(code).toBe(1)
})

test('a port that is taken stops the start before anything else is touched', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const { code, text } = await refusal({ PORT: String(port) })
  other.close()
  expect(text).toBe(`PORT ${port} is in use by another program on 127.0.0.1; set PORT to a free one.\n`)
  expect(code).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('a start that fails midway leaves no database behind; one that cannot come up is told with its reason', async () => {
  const key = join(used, 'keys', 'master.key')
  const secret = readFileSync(key)
  await writeFile(key, 'ab'.repeat(32))
  const midway = await refusal({ DATA_DIR: used })
  expect(midway.text.trim().split('\n')).toHaveLength(1)
  expect(midway.code).toBe(1)
  expect(processesOn(used)).toBe(0)

  await writeFile(key, secret)
  await writeFile(join(used, 'postgres', 'postgresql.auto.conf'), 'nonsense = 1\n')
  const begin = Date.now()
  const never = await refusal({ DATA_DIR: used })
  expect(never.text).toMatch(/^The embedded PostgreSQL does not start: .*nonsense.*postgres\.log\)\.\n$/)
  expect(Date.now() - begin).toBeLessThan(20_000)
  expect(processesOn(used)).toBe(0)
  await writeFile(join(used, 'postgres', 'postgresql.auto.conf'), '')
})

test('says that it starts, and how to get in when it has; stops within five seconds', async () => {
  const program = await Program.on(used, { DAIZONG_LOG_LEVEL: 'info' })
  program.launch()
  let page = 0
  while (page === 0) page = await program.status('/')
  expect([page, await program.status('/healthz')]).toEqual([503, 200])
  const early = await fetch(`${program.address}/api/session`)
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await early.json()).toMatchObject({ code: 'starting', status: 503 })
  while ((await program.status('/readyz')) !== 200) await sleep(50)
  await sleep(500)
  expect(program.said).toContain(`Daizong is ready at ${program.address}\n`)
  expect(program.said).toMatch(/Demonstration accounts, all with the password \S+;/)
  expect(program.said).not.toContain('"level":50')
  const begin = Date.now()
  expect(await program.stop()).toBe(0)
  expect(Date.now() - begin).toBeLessThan(5_000)
})

test('killed again and again while it starts for the first time, it starts in the end', async () => {
  const program = await Program.on(folder)
  for (const ms of [1_900, 3_000, 4_500]) {
    program.launch()
    await sleep(ms)
    await program.killServer()
  }
  await program.ready()
  expect(await program.stop()).toBe(0)
})

test('a stop while it is still starting leaves nothing behind', async () => {
  const program = await Program.on(used)
  for (const ms of [100, 700]) {
    program.launch()
    while ((await program.status('/healthz')) === 0) await sleep(20)
    await sleep(ms)
    expect(await program.stop()).toBe(0)
    expect(processesOn(used)).toBe(0)
  }
})
