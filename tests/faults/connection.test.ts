import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '#runtime'
import { Worker } from './load.ts'
import { Program } from './program.ts'

/** A stretch of network between program and database that can be cut. */
class Line {
  readonly #target: number
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((near) => this.#join(near))
  #isCut = false

  constructor(target: number) {
    this.#target = target
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as { port: number }).port
  }

  #join(near: Socket): void {
    if (this.#isCut) return void near.destroy()
    const far = createConnection(this.#target, '127.0.0.1')
    for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => undefined))
    near.pipe(far).on('close', () => near.destroy())
    far.pipe(near).on('close', () => far.destroy())
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
    this.#sockets.clear()
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}

let folder: string
let database: EmbeddedDatabase
let line: Line
let program: Program
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-line-'))
  database = await startEmbedded(join(folder, 'own'), { durable: false })
  const url = new URL(database.url)
  line = new Line(Number(url.port))
  url.port = String(await line.open())
  // The socket beside the data would go around the line.
  url.searchParams.delete('host')
  program = await Program.at(join(folder, 'program'), { DATABASE_URL: url.href })
})
afterAll(async () => {
  await program.stop()
  line.close()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
})

const setting = (n: number) => ({ mail: `n${n}@taian.example` })

test('a line that is cut is answered with 503 and when to come again, and is used again once it is mended', async () => {
  const steward = new Worker(program, 'steward')
  expect(await steward.insist('PUT', '/api/notices/settings', setting(1))).toBe(200)
  line.cut()
  const answer = await steward.once('PUT', '/api/notices/settings', setting(2))
  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await answer.json()).toMatchObject({ code: 'database-away' })
  expect([await program.status('/healthz'), await program.status('/readyz')]).toEqual([200, 503])
  await sleep(3_000)
  line.mend()
  expect(await steward.insist('PUT', '/api/notices/settings', setting(3))).toBe(200)
  expect(program.isRunning).toBe(true)
  expect(program.said).not.toMatch(/"stack"/)
})

test('all connections ended by the database, again and again under load: every call is answered, the state is right', async () => {
  const steward = new Worker(program, 'steward')
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  const isAnswered: number[] = []
  for (let n = 10; n < 60; n++) {
    const call = steward.insist('PUT', '/api/notices/settings', setting(n))
    if (n % 3 === 0)
      await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    isAnswered.push(await call)
  }
  const { rows } = await owner.query('select mail from notices.setting')
  await owner.end()
  expect(new Set(isAnswered)).toEqual(new Set([200]))
  expect(rows).toEqual([setting(59)])
  expect(await program.status('/readyz')).toBe(200)
  expect(program.said).not.toMatch(/"stack"/)
})
