import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds in one unit of /proc's times. */
const TICK_MS = 10

/** Milliseconds of processor time that this process and the database's processes have used; Linux only. */
export interface ProcessorTime {
  readonly node: number
  readonly database: number
}

/** @param folder data folder of the embedded database */
export function processorTime(folder: string): ProcessorTime {
  const { user, system } = process.cpuUsage()
  return { node: (user + system) / 1000, database: databaseTime(folder) }
}

function databaseTime(folder: string): number {
  if (process.platform !== 'linux') return Number.NaN
  const [postmaster] = readFileSync(`${folder}/postgres/postmaster.pid`, 'utf8').split('\n')
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // After the name, which may hold anything: state, parent, …, times of its own, times of its children that ended.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12])
      if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14])
    } catch {
      // ended meanwhile
    }
  return ticks * TICK_MS
}

/** What each of so many things cost, as a line to print. */
export function costOf(what: string, many: number, before: ProcessorTime, after: ProcessorTime): string {
  const each = (name: keyof ProcessorTime) => ((after[name] - before[name]) / many).toFixed(2)
  return `${what}: processor time of Node ${each('node')} ms, of PostgreSQL ${each('database')} ms each\n`
}
