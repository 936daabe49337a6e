import { sql } from 'kysely'
import { Conflict, Defect, InvalidInput, NotFound, type Work, words } from '#runtime'
import type { LoopDefinition } from '../../contract.ts'
import { storable } from '../definitions.ts'
import type { Engine } from '../engine.ts'
import { checkId, mistakesOf } from './check.ts'

/** A definition that somebody works on. */
export interface StoredDraft {
  readonly body: LoopDefinition
  readonly revision: number
  readonly based_on: number | null
  readonly saved_at: Date
  readonly saved_by: string
}

/** Told to every process when what is in force has changed. */
export const PUBLISHED = 'loops.definition.published'
/** Versions made in the portal of what code declares count from here, so that they never meet the code's own. */
const LOCAL_FROM = 10_000

export async function findDraft(work: Work, id: string): Promise<StoredDraft | undefined> {
  const { rows } = await sql<StoredDraft>`select body, revision, based_on, saved_at, saved_by
    from loops.definition_draft where id = ${id}`.execute(work.tx)
  return rows[0]
}

/**
 * Saves a draft, with mistakes or not.
 * @param revision of the draft that was seen, 0 for none @throws Conflict when somebody saved meanwhile, InvalidInput (id)
 */
export async function saveDraft(
  engine: Engine,
  work: Work,
  id: string,
  body: Readonly<Record<string, unknown>>,
  revision: number,
): Promise<number> {
  checkId(engine, id)
  const kept = JSON.stringify({ ...body, id, version: 1 })
  const base = engine.definitions.current().find((one) => one.id === id)?.version ?? null
  const { rows } = await sql<{ revision: number }>`
    insert into loops.definition_draft as d (id, body, revision, based_on, saved_at, saved_by)
    select ${id}, ${kept}::json, 1, ${base}, ${work.at}, ${work.actor.id}
    where ${revision} = 0 or exists (select 1 from loops.definition_draft where id = ${id})
    on conflict (id) do update set body = excluded.body, revision = d.revision + 1, saved_at = excluded.saved_at,
      saved_by = excluded.saved_by where d.revision = ${revision} returning revision`.execute(work.tx)
  if (!rows[0]) throw await savedMeanwhile(work, id)
  return rows[0].revision
}

async function savedMeanwhile(work: Work, id: string): Promise<Conflict | NotFound> {
  if (!(await findDraft(work, id))) return new NotFound()
  return new Conflict(
    'draft-moved-on',
    words('草稿已被他人修改，请重新打开', 'Somebody else has saved the draft meanwhile; open it again'),
  )
}

export async function dropDraft(work: Work, id: string): Promise<void> {
  const { rows } = await sql`delete from loops.definition_draft where id = ${id} returning id`.execute(work.tx)
  if (rows.length === 0) throw new NotFound()
}

/**
 * Makes the draft the version that new matters follow; those that run keep theirs.
 * @throws InvalidInput with one issue a mistake, Conflict when somebody saved meanwhile, NotFound
 */
export async function publish(engine: Engine, work: Work, id: string, revision: number, note: string): Promise<number> {
  await lockLine(work, id)
  const draft = await findDraft(work, id)
  if (!draft) throw new NotFound()
  if (draft.revision !== revision) throw await savedMeanwhile(work, id)
  const definition = { ...draft.body, id, version: await nextVersion(engine, work, id) }
  const mistakes = mistakesOf(engine, definition)
  if (mistakes.length > 0)
    throw new InvalidInput(
      'definition-mistakes',
      words(
        `流程还有 ${mistakes.length} 处错误，不能发布`,
        `The definition has ${mistakes.length} mistakes and cannot be published`,
      ),
      mistakes.map(({ at, message }) => ({ path: at, message })),
    )
  const { version, body, sum } = storable(definition)
  await sql`insert into loops.definition (id, version, body, sum, created_at, made, made_by, note)
    values (${id}, ${version}, ${JSON.stringify(body)}::json, ${sum}, ${work.at}, 'page', ${work.actor.id}, ${note})`.execute(
    work.tx,
  )
  await sql`delete from loops.definition_draft where id = ${id}`.execute(work.tx)
  await force(engine, work, id, body)
  return version
}

/** Puts a stored version in force; null: what the code declares. @throws NotFound */
export async function putInForce(engine: Engine, work: Work, id: string, version: number | null): Promise<void> {
  if (version === null) {
    if (!engine.definitions.declared(id)) throw new NotFound()
    await sql`delete from loops.definition_in_force where id = ${id}`.execute(work.tx)
  } else {
    return force(engine, work, id, await engine.definitions.find(work.tx, id, version))
  }
  tellAll(engine, work, id, undefined)
}

async function force(engine: Engine, work: Work, id: string, definition: LoopDefinition): Promise<void> {
  await sql`insert into loops.definition_in_force (id, version, since, set_by)
      values (${id}, ${definition.version}, ${work.at}, ${work.actor.id})
      on conflict (id) do update set version = excluded.version, since = excluded.since, set_by = excluded.set_by`.execute(
    work.tx,
  )
  tellAll(engine, work, id, definition)
}

function tellAll(engine: Engine, work: Work, id: string, definition: LoopDefinition | undefined): void {
  work.emit({ topic: PUBLISHED, key: id })
  work.afterCommit(() => engine.definitions.putInForce(id, definition))
}

/** The number that the draft would get. */
export async function nextVersion(engine: Engine, work: Work, id: string): Promise<number> {
  const least = engine.definitions.declared(id) ? LOCAL_FROM : 0
  const { rows } = await sql<{
    version: number
  }>`select greatest(coalesce(max(version), 0), ${least}::int) + 1 as version
    from loops.definition where id = ${id}`.execute(work.tx)
  if (!rows[0]) throw new Defect('The database gave no version.')
  return rows[0].version
}

/** Two who publish the same come one after the other. */
const lockLine = (work: Work, id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`loops.definition ${id}`}, 0))`.execute(work.tx)
