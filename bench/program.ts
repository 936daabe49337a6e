import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { staffing } from '#platform/identity'
import { boot, type Module, type Reach, type Running, readConfig, startEmbedded, system, words } from '#runtime'
import { allModules } from '../apps/server/modules.ts'

export interface BenchProgram extends Running {
  readonly ownerUrl: string
}

/** The whole program with a durable database in a folder of its own, as it runs in a city. */
export async function startProgram(extra: readonly Module[] = []): Promise<BenchProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-bench-'))
  const database = await startEmbedded(folder)
  const config = readConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: database.url, DAIZONG_LOG_LEVEL: 'error' })
  const running = await boot(config, [...allModules, ...extra])
  const stop = async () => {
    await running.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...running, ownerUrl: database.url, stop }
}

const PASSWORD = 'Kept-for-measures-1'

/** Makes a person with these rights, signs in and makes an API token with them, all by the real routes. */
export async function machineToken(
  { app, address }: BenchProgram,
  rights: Readonly<Record<string, Reach>>,
): Promise<string> {
  const people = app.use(staffing)
  await app.work(system('bench'), async (work) => {
    const own = { ...rights, 'identity.token.write': 'city' } as const
    const role = await people.addRole(work, { id: 'bench', title: words('测量', 'Bench'), rights: own })
    const title = words('测量岗位', 'Bench post')
    const post = await people.addPost(work, { id: 'post.bench', title, organisation: 'city', roles: [role] })
    const person = await people.addAccount(work, { account: 'bench', name: 'Bench', kind: 'staff', password: PASSWORD })
    await people.assign(work, post, person)
  })
  const headers = { 'content-type': 'application/json' }
  const signedIn = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ account: 'bench', password: PASSWORD }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const made = await fetch(`${address}/api/identity/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'bench', organisation: 'city', rights, expiresAt }),
  })
  const { token } = (await made.json()) as { token?: string }
  if (!token) throw new TypeError(`No token: ${made.status}`)
  return token
}
