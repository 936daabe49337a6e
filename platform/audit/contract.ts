import { type Db, service } from '#runtime'

export { faultWords } from './fault-words.ts'

/**
 * The first thing that does not fit. `changed`: a record is not what was written; `removed`: a record is missing;
 * `inserted`: a record that the program never wrote, or that was changed before it was linked; `signature`: a check
 * point that the platform never signed.
 */
export interface Fault {
  readonly fault: 'changed' | 'removed' | 'inserted' | 'signature'
  /** Id of the audit record; absent when it is gone together with its link, and for check points. */
  readonly id?: string
  /** Place in the chain, from 1; absent for a record that was never linked. */
  readonly seq?: number
  /** Last record before it that is whole. */
  readonly after?: string
  /** What carries the fault. */
  readonly part: 'entry' | 'link' | 'checkpoint'
}

/** What `npm run audit:verify` found. */
export interface Verification {
  readonly whole: boolean
  /** Records walked. */
  readonly checked: number
  readonly first?: Fault
}

/** One record about a subject. */
export interface AboutEntry {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly actor: string
  readonly organisation: string | null
  readonly purpose: string | null
  readonly subject: { readonly kind: string; readonly id: string }
  /** Names of the fields that were read, where the record tells. */
  readonly fields: readonly string[] | null
  /** The handout of the registry that it tells of. */
  readonly handout: string | null
}

/**
 * What records are about: a subject, rows that records of a subject name in `details.rows` (but for records whose
 * `details.fields` are all `others`, which say something else of the row), or a handout of the registry that a record
 * names in `details.handout`.
 */
export type AboutWhat =
  | {
      readonly kind: string
      readonly id: string
      readonly rows?: readonly number[]
      readonly others?: readonly string[]
    }
  | { readonly handout: string }

export interface AuditLog {
  /**
   * What was done to these subjects or read of them, newest first: for pages that show a person who looked at their data.
   * `before` is `<at>~<id>` of the last one seen. The right to ask is the caller's affair.
   */
  about(
    db: Db,
    what: readonly AboutWhat[],
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly AboutEntry[]>
  /** Walks macs, chain, check points and signatures from the beginning. @param progress told every few thousand records */
  verify(progress?: (checked: number) => void, signal?: AbortSignal): Promise<Verification>
  /** Links and signs everything confirmed before the call; also done every second in the background. */
  seal(): Promise<void>
}
export const auditLog = service<AuditLog>('audit')
