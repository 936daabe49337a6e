import { sql } from 'kysely'
import { Defect, type Work } from '#runtime'
import type { LoopDefinition, LoopInstance, OpenLoop } from '../contract.ts'
import { arrive } from './arrive.ts'
import { holderOf } from './assignee.ts'
import { type Draft, draftOf } from './draft.ts'
import type { Engine } from './engine.ts'
import { doRemembered } from './perform.ts'
import { type Row, toInstance } from './row.ts'
import { setData } from './set-data.ts'
import { settle } from './settle.ts'

/** Opens a matter in the caller's transaction; the same key again returns the first one. */
export async function open(engine: Engine, work: Work, opening: OpenLoop): Promise<LoopInstance> {
  const { definitions } = engine
  const definition = opening.takenFrom
    ? await definitions.find(work.tx, opening.definition, opening.takenFrom.version)
    : definitions.get(opening.definition)
  const { rows } = await sql<{ id: number }>`select nextval('loops.instance_id_seq') as id,
    pg_advisory_xact_lock(hashtextextended(${`${definition.id} ${opening.key}`}, 0))`.execute(work.tx)
  const { rows: known } = await sql<Row>`select * from loops.instance
    where definition = ${definition.id} and key = ${opening.key}`.execute(work.tx)
  if (known[0]) return toInstance(known[0], work.at)
  const id = rows[0]?.id
  if (id === undefined) throw new Defect('The database gave no number for a new matter.')

  const draft = draftOf(definition, undefined, emptyRow(work, definition, opening, id))
  setData(draft, opening.data)
  const clock = opening.parent?.clock ?? opening.takenFrom?.clock
  if (clock) draft.row.clocks = { matter: clock }
  const place = await startPlace(engine, work, draft)
  draft.log.push({
    instance: id,
    revision: 1,
    key: `open:${opening.key}`.slice(0, 200),
    action: 'loops.open',
    at: work.at,
    actor: work.actor.id,
    actor_kind: work.actor.kind,
    post: work.actor.post ?? null,
    on_behalf: work.actor.onBehalfOf ?? null,
    from_place: null,
    to_place: place,
    form: null,
    note: null,
    evidence: null,
    readers: null,
  })
  await arrive(engine, work, draft, place)
  await doRemembered(engine, work, draft)
  await settle(engine, work, [draft])
  return toInstance(draft.row, work.at)
}

async function startPlace(engine: Engine, work: Work, { definition, row }: Draft): Promise<string> {
  const { start } = definition
  if (typeof start === 'string') return start
  const chosen = await engine.hooks.choice(start.choose)(work, toInstance(row, work.at), {})
  if (!start.among.includes(chosen))
    throw new Defect(`The hook "${start.choose}" chose "${chosen}", which is no start.`)
  return chosen
}

function emptyRow(work: Work, definition: LoopDefinition, opening: OpenLoop, id: number): Row {
  const { actor, at } = work
  const own = actor.kind === 'system' ? [] : [holderOf(actor)]
  const { openedBy, openedPost, watchers } = opening.takenFrom ?? {
    openedBy: actor.id,
    openedPost: actor.post ?? null,
    watchers: own,
  }
  return {
    id,
    definition: definition.id,
    version: definition.version,
    key: opening.key,
    place: '',
    place_since: at,
    revision: 1,
    moved: 1,
    headline_zh: '',
    headline_en: '',
    data: {},
    division: null,
    origin_kind: opening.origin?.kind ?? null,
    origin_id: opening.origin?.id ?? null,
    parent: opening.parent ? Number(opening.parent.id) : null,
    parent_revision: opening.parent?.revision ?? null,
    lead: null,
    opened_at: at,
    opened_by: openedBy,
    opened_post: openedPost,
    ended_at: null,
    outcome: null,
    holders: [],
    memory: { done: {}, held: {}, watchers, ...(opening.parent ? { unit: opening.parent.unit } : {}) },
    clocks: {},
    due: null,
    warn: null,
    supervised_at: null,
    acted_at: at,
    late: false,
  }
}
