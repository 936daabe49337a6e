import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../errors.ts'

export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root; as root it gets the account `postgres` or `nobody`. */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = accounts.find((l) => l.startsWith('postgres:')) ?? accounts.find((l) => l.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) throw new StartError('Run as root, PostgreSQL needs an account "postgres" or "nobody"; make one.')
  return { uid: Number(uid), gid: Number(gid) }
}

/** The capability lets the unprivileged server reach a folder inside root's own, such as /root or a private /tmp folder. */
export function asUser(user: SystemUser | undefined, command: string, args: string[]): [string, string[]] {
  if (!user) return [command, args]
  const drop = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const reach = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  return ['setpriv', [...drop, ...reach, '--', command, ...args]]
}

/** Process and port of the server that says it runs on this folder, if it does. */
export function findPostmaster(data: string): { readonly pid: number; readonly port: string } | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port = ''] = readFileSync(file, 'utf8').split('\n')
  return Number(pid) > 0 && isPostgres(Number(pid)) ? { pid: Number(pid), port } : undefined
}

/** After a reboot the number may belong to any other program. */
function isPostgres(pid: number): boolean {
  try {
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

/** Ends the server of a folder: open transactions are rolled back; after five seconds it is not asked any more. */
export async function stopPostmaster(data: string): Promise<void> {
  const pid = findPostmaster(data)?.pid
  if (!pid) return
  try {
    process.kill(pid, 'SIGINT')
    for (let i = 0; i < 200; i++) {
      process.kill(pid, 0)
      await sleep(25)
    }
    process.kill(pid, 'SIGQUIT')
  } catch {
    // gone, which is what was wanted
  }
}
