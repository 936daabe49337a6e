import { type RawBuilder, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { type Actor, type Db, InvalidInput, type Scope, words } from '#runtime'

/** What an auditor may ask for. Times are ISO 8601, `to` excluded. */
export const FILTERS = {
  from: Type.Optional(Type.String({ format: 'date-time' })),
  to: Type.Optional(Type.String({ format: 'date-time' })),
  event: Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { maxItems: 20 })),
  actor: Type.Optional(Type.String({ maxLength: 120 })),
  subjectKind: Type.Optional(Type.String({ maxLength: 120 })),
  subject: Type.Optional(Type.String({ maxLength: 300 })),
  organisation: Type.Optional(Type.String({ maxLength: 120 })),
}
const FILTER = Type.Object(FILTERS)
export type Filter = Omit<Static<typeof FILTER>, 'subject'> & {
  /** Every form under which the subject may stand. */
  readonly subjects?: readonly string[]
}

const orNull = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()])
export const ENTRY = Type.Object({
  id: Type.String(),
  at: Type.String(),
  event: Type.String(),
  actorKind: Type.String(),
  actor: Type.String(),
  post: orNull(Type.String()),
  onBehalfOf: orNull(Type.String()),
  organisation: orNull(Type.String()),
  session: orNull(Type.String()),
  subjectKind: orNull(Type.String()),
  subject: orNull(Type.String()),
  purpose: orNull(Type.String()),
  details: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
})
export type ShownEntry = Static<typeof ENTRY>

/** Records that fit, newest first, after the record that `after` names. */
export async function findEntries(
  db: Db,
  reader: { readonly actor: Actor; readonly scope: Scope },
  filter: Filter,
  after: string | undefined,
  limit: number,
): Promise<readonly ShownEntry[]> {
  const conditions = [within(reader.scope, reader.actor), ...conditionsOf(filter)]
  if (after !== undefined) conditions.push(sql`(at, id) < (${placeOf(after).at}::timestamptz, ${placeOf(after).id})`)
  const { rows } = await sql<Omit<ShownEntry, 'at'> & { at: Date }>`
    select id::text as id, at, event, actor_kind as "actorKind", actor, post, on_behalf as "onBehalfOf", organisation,
      session, subject_kind as "subjectKind", subject, purpose, details
    from audit.entry where ${sql.join(conditions, sql` and `)} order by at desc, id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Names a record's place in the list. */
export const cursorOf = ({ at, id }: ShownEntry): string => `${at}~${id}`

/** @throws InvalidInput */
export function placeOf(after: string): { at: string; id: number } {
  const [at = '', id = ''] = after.split('~')
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,16}$/.test(id))
    throw new InvalidInput('wrong-page', words('翻页位置无效，请从头查看', 'This page does not exist; begin anew'))
  return { at, id: Number(id) }
}

/** Whose doings a reader may see: those of people of his part of the tree. */
function within(scope: Scope, actor: Actor): RawBuilder<boolean> {
  if (scope.reach === 'city') return sql`true`
  if (scope.reach === 'unit') return sql`organisation_path = ${scope.path}`
  if (scope.reach === 'subtree') return sql`starts_with(organisation_path, ${scope.path})`
  return sql`actor = ${actor.id}`
}

function conditionsOf(filter: Filter): RawBuilder<boolean>[] {
  const { from, to, event, actor, subjectKind, subjects, organisation } = filter
  return [
    ...(from ? [sql<boolean>`at >= ${from}::timestamptz`] : []),
    ...(to ? [sql<boolean>`at < ${to}::timestamptz`] : []),
    ...(event?.length ? [sql<boolean>`event = any(${event})`] : []),
    ...(actor ? [sql<boolean>`actor = ${actor}`] : []),
    ...(subjectKind ? [sql<boolean>`subject_kind = ${subjectKind}`] : []),
    ...(subjects ? [sql<boolean>`subject = any(${subjects})`] : []),
    ...(organisation ? [sql<boolean>`organisation = ${organisation}`] : []),
  ]
}
