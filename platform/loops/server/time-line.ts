import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { documents } from '#platform/documents'
import { type Work, words } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import { holdersOf } from './assignee.ts'
import { takenOutFields } from './divide.ts'
import type { LogEntry } from './draft.ts'
import { type Engine, people } from './engine.ts'
import type { Row } from './row.ts'
import { textOrNull, wordsSchema } from './schemas.ts'
import { shownFieldSchema, shownFields } from './shown-fields.ts'

export const fileSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
})

/** One line of the time line. */
export const entrySchema = Type.Object({
  revision: Type.Integer(),
  action: Type.String(),
  title: wordsSchema,
  at: Type.String(),
  /** Name of the person; null for the platform itself. */
  actor: textOrNull,
  post: Type.Union([wordsSchema, Type.Null()]),
  from: textOrNull,
  to: Type.String(),
  fields: Type.Array(shownFieldSchema),
  note: textOrNull,
  evidence: Type.Array(fileSchema),
  /** Its content is for others only. */
  restricted: Type.Boolean(),
})

const OPENED = words('发起', 'Opened')

/** What has been done, oldest first; content that is restricted to others is left out. */
export async function timeLine(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
): Promise<Static<typeof entrySchema>[]> {
  const { rows } = await sql<LogEntry>`select * from loops.action where instance = ${row.id}
    order by revision desc limit 500`.execute(work.tx)
  const names = await people(engine).names(
    rows.map(({ actor }) => actor),
    work.tx,
  )
  const posts = await postTitles(
    engine,
    work,
    rows.flatMap(({ post }) => post ?? []),
  )
  const mine = holdersOf(work.actor)
  const line = async (entry: LogEntry): Promise<Static<typeof entrySchema>> => {
    const action = actionsOf(definition)[entry.action]
    const hidden = entry.readers !== null && !entry.readers.some((who) => mine.includes(who))
    const form = hidden ? undefined : action?.form
    const opened = entry.from_place === null
    return {
      revision: entry.revision,
      action: entry.action,
      title: opened ? OPENED : (action?.title ?? words(entry.action, entry.action)),
      at: entry.at.toISOString(),
      actor: entry.actor_kind === 'system' ? null : (names.get(entry.actor) ?? entry.actor),
      post: entry.post === null ? null : (posts.get(entry.post) ?? words(entry.post, entry.post)),
      from: entry.from_place,
      to: entry.to_place,
      fields: opened
        ? takenOutFields(row)
        : form && entry.form
          ? await shownFields(engine, work, form, entry.form)
          : [],
      note: hidden ? null : entry.note,
      evidence: hidden ? [] : await filesOf(engine, entry.evidence ?? []),
      restricted: hidden,
    }
  }
  return Promise.all(rows.toReversed().map(line))
}

/** Titles of posts with the short name of their unit. */
export async function postTitles(engine: Engine, work: Work, posts: readonly string[]) {
  const service = people(engine)
  const found = await Promise.all(
    [...new Set(posts)].map(async (id) => {
      const post = await service.post(id, work.tx)
      const unit = post && (await service.organisation(post.organisation, work.tx))
      if (!post) return [id, words(id, id)] as const
      const zh = `${unit?.short ?? ''} ${post.title.zh}`.trim()
      const en = [post.title.en, unit?.name.en].filter(Boolean).join(', ')
      return [id, words(zh, en)] as const
    }),
  )
  return new Map(found)
}

async function filesOf(engine: Engine, ids: readonly string[]): Promise<Static<typeof fileSchema>[]> {
  const found = await Promise.all(ids.map((id) => engine.app.use(documents).find(id)))
  return found.flatMap((file) => (file ? [{ id: file.id, name: file.name, type: file.type, size: file.size }] : []))
}
