import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'

/**
 * Signed-in JSON reads per second of one server process (one core: Node runs it on one thread), against a bare
 * `node:http` server that answers the same bytes in the same run. The read asks PostgreSQL once.
 */
const SECONDS = 10
const PATH = '/api/identity/organisations/city.ecology'

const folder = await mkdtemp(join(tmpdir(), 'daizong-bench-'))
const server = spawn(process.execPath, [join(import.meta.dirname, '../apps/server/main.ts')], {
  env: {
    ...process.env,
    PORT: '0',
    DATA_DIR: folder,
    DAIZONG_DEMO: '1',
    DAIZONG_DEMO_RESIDENTS: '0',
    DAIZONG_LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const address = await readyAddress(server)
  const cookie = await signIn(address)
  const body = await (await fetch(address + PATH, { headers: { cookie } })).text()
  const bare = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(body)
  }).listen(0, '127.0.0.1')
  await once(bare, 'listening')
  const { port } = bare.address() as { port: number }
  await load(address + PATH, cookie, SECONDS)
  const ours = await load(address + PATH, cookie, SECONDS)
  const peer = await load(`http://127.0.0.1:${port}/`, cookie, SECONDS)
  bare.close()
  const round = (value: number) => Math.round(value * 100) / 100
  const result = {
    bench: 'http',
    value: Math.round(ours),
    unit: 'reads/s',
    ratio: round(ours / peer),
    against: 'a bare node:http server with the same answer',
    seconds: SECONDS,
    rows: Math.round(ours * SECONDS),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  server.kill('SIGTERM')
  await once(server, 'exit')
  await rm(folder, { recursive: true, force: true })
}

async function readyAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new TypeError('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^Daizong is ready at (\S+)/.exec(line)?.[1]
    if (address) return address
  }
  throw new TypeError('the server stopped before it was ready')
}

async function signIn(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'ecology', password: 'Daizong-2026' }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new TypeError(`sign-in answered ${answer.status}`)
  return cookie
}

/** @returns successful answers per second */
async function load(url: string, cookie: string, duration: number): Promise<number> {
  const result = await autocannon({ url, duration, connections: 32, headers: { cookie } })
  if (result.non2xx > 0 || result.errors > 0) throw new TypeError(`${result.non2xx} refused, ${result.errors} failed`)
  return result['2xx'] / result.duration
}
