import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { staffing } from '#platform/identity'
import { boot, type Module, type Reach, type Running, readConfig, startEmbedded, system, words } from '#runtime'
import { allModules } from '../apps/server/modules.ts'

export interface BenchProgram extends Running {
  readonly ownerUrl: string
  /** Where its data lies. */
  readonly folder: string
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
  return { ...running, ownerUrl: database.url, folder, stop }
}

const PASSWORD = 'Kept-for-measures-1'

interface SignedIn {
  readonly cookie: string
  readonly post: string
  /** Of the account. */
  readonly id: string
}

/** A person with these rights in the city's own organisation, signed in by the real route. */
export async function signedIn(
  { app, address }: BenchProgram,
  rights: Readonly<Record<string, Reach>>,
  account = 'bench',
): Promise<SignedIn> {
  const people = app.use(staffing)
  const { post, id } = await app.work(system('bench'), async (work) => {
    const title = words('测量', 'Bench')
    const role = await people.addRole(work, { id: `role.${account}`, title, rights })
    const post = await people.addPost(work, { id: `post.${account}`, title, organisation: 'city', roles: [role] })
    const id = await people.addAccount(work, { account, name: account, kind: 'staff', password: PASSWORD })
    await people.assign(work, post, id)
    return { post, id }
  })
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new TypeError(`Sign-in answered ${answer.status}`)
  return { cookie, post, id }
}

/** Signs somebody in with these rights and makes an API token with them, all by the real routes. */
export async function machineToken(program: BenchProgram, rights: Readonly<Record<string, Reach>>): Promise<string> {
  const { cookie } = await signedIn(program, { ...rights, 'identity.token.write': 'city' })
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const made = await fetch(`${program.address}/api/identity/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ name: 'bench', organisation: 'city', rights, expiresAt }),
  })
  const { token } = (await made.json()) as { token?: string }
  if (!token) throw new TypeError(`No token: ${made.status}`)
  return token
}
