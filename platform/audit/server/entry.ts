import { canonicalBytes } from '#platform/crypto'

/** A record as it is stored, without what the database adds. Times have whole milliseconds. */
export interface Entry {
  readonly id: number
  readonly at: Date
  readonly event: string
  readonly actor_kind: string
  readonly actor: string
  readonly post: string | null
  readonly on_behalf: string | null
  readonly organisation: string | null
  readonly organisation_path: string | null
  readonly session: string | null
  readonly subject_kind: string | null
  readonly subject: string | null
  readonly purpose: string | null
  readonly details: Readonly<Record<string, unknown>> | null
  readonly key_id: number
}

/** The bytes of a record that its mac and the chain cover: an RFC 8785 array in the order of the columns. */
export const entryBytes = (entry: Entry): Buffer =>
  canonicalBytes([
    entry.id,
    entry.at.toISOString(),
    entry.event,
    entry.actor_kind,
    entry.actor,
    entry.post,
    entry.on_behalf,
    entry.organisation,
    entry.organisation_path,
    entry.session,
    entry.subject_kind,
    entry.subject,
    entry.purpose,
    entry.details,
    entry.key_id,
  ])
