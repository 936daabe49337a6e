import type { Words } from '#runtime'

/** Where another system is reached. Hosts must be allowed by the setting `DAIZONG_SOURCE_HOSTS`. */
export type Connection =
  /** Files below the inbox (`DAIZONG_INBOX`). */
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'postgres' | 'mysql'
      readonly host: string
      readonly port: number
      readonly database: string
      readonly user: string
      readonly tls: boolean
    }
  /** `address` is the beginning of every call; the secret is a bearer token, or the password of `user`. */
  | { readonly kind: 'http'; readonly address: string; readonly user?: string }
  /** The other system calls, with a machine token. */
  | { readonly kind: 'push' }

type DatabaseConnection = Extract<Connection, { kind: 'postgres' | 'mysql' }>

/** Databases list all their tables, know types, and compute sums and checksums themselves. */
export const isDatabase = (connection: Connection): connection is DatabaseConnection =>
  connection.kind === 'postgres' || connection.kind === 'mysql'

/** Files and pushed batches are handed over once; everything else can be asked for again. */
export const comesOnce = ({ kind }: Connection): boolean => kind === 'folder' || kind === 'push'

export interface SourceDefinition {
  /** Small letters, digits and `-`. */
  readonly id: string
  readonly title: Words
  /** Organisation that answers for it. */
  readonly organisation: string
  readonly connection: Connection
  /** Password or token; sealed at once and never shown. */
  readonly secret?: string
  readonly isOn: boolean
}

/** Every so many minutes, or by a cron expression in Asia/Shanghai; on demand only if absent. */
export type Schedule = { readonly everyMinutes: number } | { readonly cron: string }

/** How an endpoint hands out its rows page by page. */
export interface PageSettings {
  /** Place of the array of rows, e.g. `data.list`; the answer itself if empty. */
  readonly rows: string
  readonly next: /** The whole answer is one page. */
    | { readonly by: 'nothing' }
    /** Place of the next page's address in the answer. */
    | { readonly by: 'link'; readonly place: string }
    /** Place of a cursor in the answer, sent as a parameter. */
    | { readonly by: 'cursor'; readonly place: string; readonly parameter: string }
    /** Pages are numbered from `first`; the last one is not full. */
    | { readonly by: 'number'; readonly parameter: string; readonly first: number }
  /** Place of the number of all rows, to reconcile with. */
  readonly total?: string
}

/** What holds for a feed that does not say otherwise. This product's own choice. */
export const DEFAULTS = { overlapNumbers: 1_000, wholeEveryDays: 7, keepDays: 365 } as const

export interface FeedDefinition {
  /** `<source>.<name>`, small letters, digits, `-` and `.`. */
  readonly id: string
  readonly source: string
  readonly title: Words
  readonly dataset: string
  /** Table (`schema.table`), pattern of file names (`resident*.csv`) or path of the endpoint; empty for push. */
  readonly from: string
  /** `snapshot`: all rows each time; `watermark`: rows whose `watermark.column` has grown; `replication`: changes. */
  readonly mode: 'snapshot' | 'watermark' | 'replication'
  readonly watermark?: {
    readonly column: string
    /** Rows this far before the mark are read again, because they may have been confirmed late. */
    readonly overlapSeconds: number
    /** The same for a column of numbers, in its own unit; 1,000 unless said. */
    readonly overlapNumbers?: number
    /** Interfaces: what `{mark}` is when all rows are wanted, e.g. `1970-01-01`; empty unless said. */
    readonly first?: string
    /** Interfaces: false of one that never hands out all its rows, so that nothing can be compared whole; true unless said. */
    readonly givesAll?: boolean
  }
  /**
   * Whether rows that a whole snapshot does not have any more are deleted; by watermark, in the runs that take all. Of
   * replication deletions come by themselves, and whatever a run that takes all does not have is deleted.
   */
  readonly deletes: 'keep' | 'missing'
  /** So often a feed that is collected by increments is taken whole, to compare and mend; 7 unless said. */
  readonly wholeEveryDays?: number
  readonly schedule?: Schedule
  /** Its data are never older than this; late is raised. */
  readonly freshHours?: number
  /** Column title → field, where the registry's guess must not decide; null leaves a column out. */
  readonly columns?: Readonly<Record<string, string | null>>
  readonly pages?: PageSettings
  /** So long the raw bytes of a run are kept after its end, to replay it; 365 unless said. */
  readonly keepDays?: number
  readonly isOn: boolean
}

/** Whether a feed that is collected by increments can be taken whole, to compare and mend. */
export const canTakeWhole = ({ mode, watermark }: Pick<FeedDefinition, 'mode' | 'watermark'>): boolean =>
  mode !== 'snapshot' && watermark?.givesAll !== false
