import { Type } from 'typebox'
import { Conflict, type Db, Forbidden, NotFound, route, tables, words } from '#runtime'
import type { Rulebook } from './rulebook.ts'
import type { RulesTables } from './tables.ts'

/** `POST /api/rules/:id/packs/:pack/publish`: a second person puts a draft in force from its first day on. */
export const publishPackRoute = (book: Rulebook) =>
  route({
    method: 'POST',
    path: '/api/rules/:id/packs/:pack/publish',
    title: words('复核并发布规则版本', 'Review and publish an edition'),
    right: 'rules.pack.publish',
    audit: 'rules.pack.published',
    params: Type.Object({ id: Type.String(), pack: Type.String() }),
    response: Type.Object({ id: Type.String() }),
    example: { id: 'hj633-2026-local' },
    handler: async ({ params, work, actor }) => {
      book.get(params.id)
      const db = tables<RulesTables>(work.tx)
      const draft = await db
        .selectFrom('rules.pack')
        .selectAll()
        .where('rule', '=', params.id)
        .where('id', '=', params.pack)
        .forUpdate()
        .executeTakeFirst()
      if (!draft) throw new NotFound()
      if (draft.published_at) throw new Conflict('published', words('该版本已发布', 'The edition is published already'))
      if (draft.author === actor.id)
        throw new Forbidden(
          'own-draft',
          words(
            '起草人不能发布自己的版本，请由另一人复核',
            'An author does not publish the own edition; another person must review it',
          ),
        )
      await db
        .updateTable('rules.pack')
        .set({ reviewer: actor.id, published_at: work.at })
        .where('rule', '=', params.id)
        .where('id', '=', params.pack)
        .execute()
      work.emit({ topic: 'rules.pack.published', key: `${params.id}/${params.pack}` })
      return { id: params.pack }
    },
  })

/** Brings published editions into memory, oldest first. */
export async function loadPublished(db: Db, book: Rulebook): Promise<void> {
  const rows = await tables<RulesTables>(db)
    .selectFrom('rules.pack')
    .select(['rule', 'content'])
    .where('published_at', 'is not', null)
    .orderBy('published_at')
    .execute()
  const known = new Set(book.all().map((rule) => rule.id))
  for (const { rule, content } of rows) if (known.has(rule)) book.publish(rule, content)
}
