import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StartError } from './errors.ts'

/** Settings of one process; all from the environment, none from files. */
export interface Config {
  /** TCP port, 0 for any free one. */
  readonly port: number
  /** Address to listen on; loopback unless `HOST` says otherwise. */
  readonly host: string
  /** Holds the embedded database, keys and files. */
  readonly dataDir: string
  /** An own PostgreSQL ≥ 15, with a role that may create schemas and roles; the embedded one if absent. */
  readonly databaseUrl: string | undefined
  /** Address under which the public reaches the program, e.g. `https://data.taian.gov.cn`; that of each call if absent. */
  readonly publicUrl: string | undefined
  /** Loads the demonstration city and its accounts. */
  readonly demo: boolean
  /** Inhabitants of the demonstration city, whose files its departments hand over; 20,000 unless said, 0 for none. */
  readonly demoResidents: number
  /** `smtp://…`; notices stay in the portal if absent. */
  readonly smtpUrl: string | undefined
  /** HTTP address of an SMS gateway; none if absent. */
  readonly smsUrl: string | undefined
  /** `host:port` of a clamd that scans uploads; none if absent. */
  readonly clamdAddress: string | undefined
  /** `host:port` of systems to which changes may be pushed; none if absent. */
  readonly pushHosts: readonly string[]
  /** Holds the master key that protects all others; `keys/master.key` in `dataDir` unless said. */
  readonly masterKeyFile: string
  /** Below it lie the folders from which files of other systems are taken; `inbox` in `dataDir` unless said. */
  readonly inbox: string
  /** Hosts whose databases and interfaces may be collected from, see `DAIZONG_SOURCE_HOSTS`; none unless said. */
  readonly sourceHosts: readonly string[]
  readonly logLevel: string
}

const KNOWN = new Set([
  'DAIZONG_DEMO',
  'DAIZONG_DEMO_RESIDENTS',
  'DAIZONG_PUBLIC_URL',
  'DAIZONG_SMTP_URL',
  'DAIZONG_SMS_URL',
  'DAIZONG_CLAMD',
  'DAIZONG_PUSH_HOSTS',
  'DAIZONG_LOG_LEVEL',
  'DAIZONG_MASTER_KEY_FILE',
  'DAIZONG_INBOX',
  'DAIZONG_SOURCE_HOSTS',
])
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Reads the settings. @throws StartError with one sentence that names the setting and what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env))
    if (name.startsWith('DAIZONG_') && !KNOWN.has(name))
      throw new StartError(`Unknown setting ${name}; known ones are ${[...KNOWN].join(', ')}.`)
  const folder = dataDir(env.DATA_DIR ?? '.data')
  return {
    port: port(env.PORT ?? '8080'),
    host: env.HOST ?? '127.0.0.1',
    dataDir: folder,
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
    publicUrl: url('DAIZONG_PUBLIC_URL', env.DAIZONG_PUBLIC_URL, ['http:', 'https:'])?.replace(/\/+$/, ''),
    demo: flag('DAIZONG_DEMO', env.DAIZONG_DEMO),
    demoResidents: residents('DAIZONG_DEMO_RESIDENTS', env.DAIZONG_DEMO_RESIDENTS ?? '20000'),
    smtpUrl: url('DAIZONG_SMTP_URL', env.DAIZONG_SMTP_URL, ['smtp:', 'smtps:']),
    smsUrl: url('DAIZONG_SMS_URL', env.DAIZONG_SMS_URL, ['http:', 'https:']),
    clamdAddress: address('DAIZONG_CLAMD', env.DAIZONG_CLAMD),
    pushHosts: (env.DAIZONG_PUSH_HOSTS ?? '').split(',').filter((host) => host !== ''),
    masterKeyFile: resolve(env.DAIZONG_MASTER_KEY_FILE || join(folder, 'keys', 'master.key')),
    inbox: resolve(env.DAIZONG_INBOX || join(folder, 'inbox')),
    sourceHosts: hosts('DAIZONG_SOURCE_HOSTS', env.DAIZONG_SOURCE_HOSTS),
    logLevel: oneOf('DAIZONG_LOG_LEVEL', env.DAIZONG_LOG_LEVEL ?? 'info', LOG_LEVELS),
  }
}

function port(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new StartError(`PORT is "${value}" but must be a whole number from 0 to 65535.`)
  return number
}

function residents(name: string, value: string): number {
  const number = Number(value)
  const isSize = Number.isInteger(number) && (number === 0 || (number >= 1000 && number <= 10_000_000))
  if (!isSize) throw new StartError(`${name} is "${value}" but must be 0 or a whole number from 1000 to 10000000.`)
  return number
}

function dataDir(value: string): string {
  const folder = resolve(value)
  try {
    mkdirSync(folder, { recursive: true })
    const probe = join(folder, `.write-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartError(`DATA_DIR is "${value}" but cannot be written to: ${(error as Error).message}.`)
  }
  return folder
}

function url(name: string, value: string | undefined, protocols: readonly string[]): string | undefined {
  if (!value) return undefined
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw new StartError(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  return value
}

function address(name: string, value: string | undefined): string | undefined {
  if (value && !/^[^:]+:\d+$/.test(value)) throw new StartError(`${name} is "${value}" but must be host:port.`)
  return value || undefined
}

/** `db.tax.example`, `*.example`, `10.2.0.0/16` or `10.2.0.7`, each perhaps with `:port`; separated by commas. */
function hosts(name: string, value: string | undefined): string[] {
  const list = (value ?? '').split(',').flatMap((part) => part.trim() || [])
  const wrong = list.find((one) => !/^(\*\.)?[\w.-]+(\/\d{1,2})?(:\d{1,5})?$/.test(one))
  if (wrong)
    throw new StartError(`${name} names "${wrong}" but must list hosts, *.domains or networks like 10.2.0.0/16.`)
  return list
}

function flag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === '' || value === '0' || value === 'false') return false
  if (value === '1' || value === 'true') return true
  throw new StartError(`${name} is "${value}" but must be 1 or 0.`)
}

function oneOf(name: string, value: string, choices: readonly string[]): string {
  if (!choices.includes(value)) throw new StartError(`${name} is "${value}" but must be one of ${choices.join(', ')}.`)
  return value
}
