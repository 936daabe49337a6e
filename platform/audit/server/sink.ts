import { type RawBuilder, sql } from 'kysely'
import { type DataKey, type Keys, type PurposeKeys, recordMac, sm3Hex } from '#platform/crypto'
import { type Actor, type App, type AuditRecord, type AuditSink, Defect, type Work } from '#runtime'
import { detailsOf, storable } from './details.ts'
import { type Entry, entryBytes } from './entry.ts'
import { EntryIds } from './entry-ids.ts'
import { subjectId } from './subject.ts'

/** Purpose of the keys that records are authenticated with. */
export const ENTRY_KEYS = 'audit.entry'

/** Writes the records of units of work that share a transaction with one statement, each with its mac. */
export function entrySink(app: App, keys: Keys): AuditSink {
  const vocabulary = new Set(app.declared('auditEvents').map(({ entry }) => entry.id))
  const ids = new EntryIds()
  return {
    statement: async (tx, units) => {
      const told = units.flatMap(({ work, records }) => records.map((record) => ({ work, record })))
      for (const { record } of told)
        if (!vocabulary.has(record.event)) throw new Defect(`No module declares the audit event "${record.event}".`)
      const taken = await ids.take(tx, told.length)
      const ring = keys.of(ENTRY_KEYS)
      return insertOf(
        told.map(({ work, record }, index) => entryOf(work, record, taken[index] ?? 0, ring)),
        ring.current,
      )
    },
  }
}

function entryOf({ actor, at, purpose }: Work, record: AuditRecord, id: number, ring: PurposeKeys): Entry {
  const { subject, details } = record
  return {
    id,
    at,
    event: record.event,
    actor_kind: actor.kind,
    actor: actor.id,
    post: actor.post ?? null,
    on_behalf: actor.onBehalfOf ?? null,
    organisation: actor.organisation ?? null,
    organisation_path: pathOf(actor),
    session: actor.session === undefined ? null : sm3Hex(actor.session).slice(0, 32),
    subject_kind: subject ? storable(subject.kind) : null,
    subject: subject ? subjectId(ring, subject.id) : null,
    purpose: purpose === undefined ? null : storable(purpose),
    details: details ? detailsOf(record.event, details) : null,
    key_id: ring.current.id,
  }
}

/** The rights of a post all carry the place of its organisation. */
function pathOf({ organisation, rights }: Actor): string | null {
  if (organisation === undefined) return null
  const [scope] = rights.values()
  return scope?.organisation === organisation ? scope.path : null
}

function insertOf(entries: readonly Entry[], key: DataKey): RawBuilder<unknown> {
  const rows = entries.map((entry) => ({
    ...entry,
    at: entry.at.toISOString(),
    mac: recordMac(key, entryBytes(entry)).toString('hex'),
  }))
  return sql`/* prepared */ insert into audit.entry (id, at, event, actor_kind, actor, post, on_behalf, organisation, organisation_path, session,
      subject_kind, subject, purpose, details, key_id, mac)
    select id, at, event, actor_kind, actor, post, on_behalf, organisation, organisation_path, session, subject_kind, subject, purpose,
      details, key_id, decode(mac, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint, at timestamptz, event text, actor_kind text,
      actor text, post text, on_behalf text, organisation text, organisation_path text, session text, subject_kind text, subject text,
      purpose text, details jsonb, key_id bigint, mac text)`
}
