import { Type } from 'typebox'
import { Conflict, Forbidden, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import { faultsOf } from '../../check-tags.ts'
import { type Tag, tagSchema } from '../../declaration.ts'
import type { TagBook } from '../book.ts'
import { pushAll } from '../push.ts'
import { isPersonal, needMember, needSensitive } from '../reading.ts'
import { Maybe, Pair } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'
import { type Trial, trialFaults, tryTag, wrong } from '../trial.ts'

const TrialView = Type.Object({
  carriers: Type.Integer(),
  members: Type.Integer(),
  unknown: Type.Integer(),
  repeated: Type.Integer(),
  undated: Type.Integer(),
  examples: Type.Array(Type.Object({ key: Type.String(), value: Type.String(), since: Maybe(Type.String()) })),
  evidence: Type.Integer(),
})
const Draft = Type.Object({
  tag: Type.String(),
  version: Type.Integer(),
  content: tagSchema,
  author: Type.String(),
  draftedAt: Type.String(),
  trial: Maybe(TrialView),
})
const DraftParams = Type.Object({ id: Type.String({ maxLength: 80 }), version: Type.Integer({ minimum: 1 }) })

interface DraftRow {
  readonly content: Tag
  readonly author: string
  readonly trial: Trial | null
}

/** @throws NotFound */
async function getDraft(work: Work, id: string, version: number): Promise<DraftRow> {
  const row = await firstOf(
    work.tx,
    sql<DraftRow>`select content, author, trial from tags.version
      where tag = ${id} and version = ${version} and published_at is null for update`,
  )
  if (row) return row
  throw new NotFound('no-draft', words('没有这个草稿，或已发布', 'There is no such draft, or it is published'))
}

/** A steward's own tag: drafted, tried, published by another person; the same for its next versions. */
export const draftRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tags/drafts',
    title: words('标签草稿', 'Drafts of tags'),
    right: 'tags.write',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      rows: Type.Array(Draft),
      features: Type.Array(Type.Object({ id: Type.String(), title: Pair, columns: Type.Array(Type.String()) })),
      rules: Type.Array(Type.String()),
    }),
    example: { rows: [], features: [], rules: [] },
    handler: async ({ work }) => ({
      rows: await rowsOf(
        work.tx,
        sql`select tag, version, content, author, drafted_at as "draftedAt", trial from tags.version
          where published_at is null order by drafted_at desc limit 100`,
      ),
      features: [...book.features.values()].map(({ id, title, sources }) => ({
        id,
        title,
        columns: sources.flatMap(({ dataset, columns }) => columns.map((column) => `${dataset}.${column}`)),
      })),
      rules: [...new Set([...book.app.declared('tags')].flatMap(({ entry }) => entry.rules))],
    }),
  }),
  route({
    method: 'POST',
    path: '/api/tags/drafts',
    title: words('起草标签', 'Draft a tag'),
    right: 'tags.write',
    audit: 'tags.drafted',
    body: tagSchema,
    response: Type.Object({ tag: Type.String(), version: Type.Integer() }),
    example: { tag: 'own.new-exporters', version: 1 },
    handler: async ({ body, actor, work }) => {
      const { tx, at } = work
      const faults = faultsOf(body, book.known())
      if (!body.id.startsWith('own.'))
        faults.push({
          path: '/id',
          message: words('自建标签的编号以 own. 开头', 'The id of an own tag begins with own.'),
        })
      if (faults.length > 0) throw wrong(faults)
      const open = await firstOf(
        tx,
        sql<{
          author: string
          version: number
        }>`select author, version from tags.version where tag = ${body.id} and published_at is null for update`,
      )
      if (open && open.author !== actor.id)
        throw new Conflict('draft-of-another', words('另一人正在起草这个标签', 'Another person is drafting this tag'))
      await sql`insert into tags.tag (id, subject, declared) values (${body.id}, ${body.subject}, false) on conflict do nothing`.execute(
        tx,
      )
      const row = await firstOf(
        tx,
        open
          ? sql<{
              version: number
            }>`update tags.version set content = ${JSON.stringify(body)}::jsonb, trial = null, drafted_at = ${at}
              where tag = ${body.id} and version = ${open.version} returning version`
          : sql<{ version: number }>`insert into tags.version (tag, version, content, author, drafted_at)
              select ${body.id}, coalesce(max(version), 0) + 1, ${JSON.stringify(body)}::jsonb, ${actor.id}, ${at}
              from tags.version where tag = ${body.id} returning version`,
      )
      work.audit({ event: 'tags.drafted', subject: { kind: 'tags.tag', id: body.id } })
      return { tag: body.id, version: row?.version ?? 1 }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/drafts/:id/:version/trial',
    title: words('试算标签', 'Try a tag'),
    right: 'tags.write',
    audit: 'tags.tried',
    params: DraftParams,
    response: Type.Object({
      trial: TrialView,
      faults: Type.Array(Type.Object({ path: Type.String(), message: Pair })),
    }),
    example: {
      trial: { carriers: 0, members: 0, unknown: 0, repeated: 0, undated: 0, examples: [], evidence: 0 },
      faults: [],
    },
    atOnce: 2,
    handler: async ({ params, actor, work }) => {
      const { content } = await getDraft(work, params.id, params.version)
      needMember(actor, book.subject(content.subject))
      if (isPersonal(book.app, content) && !actor.rights.has('tags.evidence.personal'))
        throw new Forbidden(
          'personal-evidence',
          words('此标签读取个人信息，您没有权限', 'This tag reads personal data; you have no right to it'),
        )
      needSensitive(work, [content])
      const trial = await tryTag(book, content)
      // Whoever reads the list of drafts sees numbers; examples are of members, for who tries it.
      await sql`update tags.version set trial = ${JSON.stringify({ ...trial, examples: [] })}::jsonb where tag = ${params.id} and version = ${params.version}`.execute(
        work.tx,
      )
      work.audit({ event: 'tags.tried', subject: { kind: 'tags.tag', id: params.id } })
      return { trial, faults: trialFaults(trial) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/drafts/:id/:version/publish',
    title: words('发布标签', 'Publish a tag'),
    right: 'tags.publish',
    audit: 'tags.published',
    params: DraftParams,
    response: Type.Object({ tag: Type.String(), version: Type.Integer() }),
    example: { tag: 'own.new-exporters', version: 1 },
    handler: async ({ params, actor, work }) => {
      const { content, author, trial } = await getDraft(work, params.id, params.version)
      if (author === actor.id)
        throw new Forbidden(
          'own-draft',
          words(
            '起草人不能发布自己的标签，请由另一人复核',
            'An author does not publish the own tag; another person must',
          ),
        )
      if (!trial) throw new Conflict('not-tried', words('请先试算', 'It has to be tried first'))
      const faults = trialFaults(trial)
      if (faults.length > 0) throw wrong(faults)
      await sql`update tags.version set reviewer = ${actor.id}, published_at = ${work.at}
        where tag = ${params.id} and version = ${params.version}`.execute(work.tx)
      work.audit({
        event: 'tags.published',
        subject: { kind: 'tags.tag', id: params.id },
        details: { version: params.version },
      })
      // A segment of which a tag was withdrawn from its use ends now, whatever becomes of the run.
      await pushAll(work, content.subject)
      work.enqueue('tags.run', { subject: content.subject, now: true }, { key: `${content.subject}/now` })
      return { tag: params.id, version: params.version }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/tags/drafts/:id/:version',
    title: words('撤回标签草稿', 'Withdraw a draft'),
    right: 'tags.write',
    audit: 'tags.withdrawn',
    params: DraftParams,
    response: Type.Object({ tag: Type.String() }),
    example: { tag: 'own.new-exporters' },
    handler: async ({ params, actor, work }) => {
      const { author } = await getDraft(work, params.id, params.version)
      if (author !== actor.id)
        throw new Forbidden('draft-of-another', words('只能撤回自己的草稿', 'You may withdraw your own drafts only'))
      await sql`delete from tags.version where tag = ${params.id} and version = ${params.version}`.execute(work.tx)
      work.audit({ event: 'tags.withdrawn', subject: { kind: 'tags.tag', id: params.id } })
      return { tag: params.id }
    },
  }),
]
