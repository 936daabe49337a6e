import type { App } from './app.ts'
import type { PageHead } from './http/page-head.ts'
import type { Route } from './http/route.ts'
import type { Words } from './words.ts'
import type { Job, Subscriber } from './work.ts'

/** A right that a module declares; granted to roles, limited by reach. */
export interface Right {
  /** `<module>.<noun>.<verb>`, e.g. `air.station.write`. */
  readonly id: string
  readonly title: Words
}

/** One entry of the listed vocabulary of audit events, documented for auditors. */
export interface AuditEvent {
  /** `<module>.<noun>.<what happened>`, e.g. `air.station.read`. */
  readonly id: string
  readonly title: Words
  /** `personal`: a read of personal data; `write`: a change; `security`: sign-in, rights, keys. */
  readonly kind: 'personal' | 'write' | 'security'
}

/**
 * What a module declares. The runtime knows only the first block; each capability adds its own lists by declaration
 * merging (`declare module '../runtime/module.ts' { interface Declarations { … } }`) and claims them with an extension.
 * A list that nobody claims stops the start.
 */
export interface Declarations {
  readonly rights?: readonly Right[]
  readonly auditEvents?: readonly AuditEvent[]
}

/** A folder of declarations: a capability of the platform or a system of the city. */
export interface Module extends Declarations {
  /** Unique; also the name of its PostgreSQL schema with `-` and `.` as `_`. */
  readonly id: string
  readonly title: Words
  /** What it is for, one or two sentences for the catalogue of modules. */
  readonly about: Words
  /** Number of the system in the plan, e.g. `6.1`; absent for the platform. */
  readonly plan?: string
  /** Ids of the modules that must be started before; only these may be imported. */
  readonly needs: readonly string[]
  /** Lists of declarations that this module runs; only a capability has any. */
  readonly claims?: readonly Claim[]
  /** Folder of the module, for its migrations: `import.meta.dirname`. */
  readonly folder: string
  /** The running part, loaded at start. */
  readonly server?: () => Promise<{ readonly server: (app: App) => ServerPart | Promise<ServerPart> }>
}

/** What a module's `server/index.ts` returns once its services are made. */
export interface ServerPart {
  readonly routes?: readonly Route[]
  /** What the server writes into the head of public pages, for those who read without running scripts. */
  readonly heads?: readonly PageHead[]
  /** Work in the background, by name; schedules are cron expressions in Asia/Shanghai. */
  readonly jobs?: readonly Job[]
  /** Who listens to which events, at least once and in order per subscriber. */
  readonly subscribers?: readonly Subscriber[]
  /** Runs when all modules are made and migrated, before HTTP listens. */
  readonly start?: () => Promise<void>
  /** Runs at a clean stop, in reverse order. */
  readonly stop?: () => Promise<void>
}

/** A capability's claim on a list of declarations; a list that nobody claims stops the start. */
export interface Claim<K extends keyof Declarations = keyof Declarations> {
  readonly list: K
  /** Sees every module's entries once, before any server part is made. @throws StartError naming module and entry */
  check?(entries: readonly Declared<K>[], modules: readonly Module[]): void
}

/** One declared entry with the module it comes from. */
export interface Declared<K extends keyof Declarations> {
  readonly module: Module
  readonly entry: NonNullable<Declarations[K]>[number]
}

/** Types a module's declaration; adds nothing. */
export const defineModule = <const M extends Module>(module: M): M => module
