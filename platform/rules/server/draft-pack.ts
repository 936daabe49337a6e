import { type Static, Type } from 'typebox'
import { Conflict, InvalidInput, type Issue, route, tables, words } from '#runtime'
import { type RulePack, rulePackSchema } from '../rule-pack.ts'
import type { Rulebook } from './rulebook.ts'
import type { RulesTables } from './tables.ts'

/** `POST /api/rules/:id/packs`: hands in a new edition; it counts once another person has published it. */
export const draftPackRoute = (book: Rulebook) =>
  route({
    method: 'POST',
    path: '/api/rules/:id/packs',
    title: words('起草规则版本', 'Draft an edition'),
    right: 'rules.pack.write',
    audit: 'rules.pack.drafted',
    params: Type.Object({ id: Type.String() }),
    body: rulePackSchema,
    bodyLimit: 4 * 1_048_576,
    response: Type.Object({ id: Type.String() }),
    example: { id: 'hj633-2026-local' },
    handler: async ({ params, body, work, actor }) => {
      const pack = checkDraft(book, params.id, body)
      const { numInsertedOrUpdatedRows } = await tables<RulesTables>(work.tx)
        .insertInto('rules.pack')
        .values({
          rule: params.id,
          id: pack.id,
          content: JSON.stringify(pack),
          author: actor.id,
          drafted_at: work.at,
          reviewer: null,
          published_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (!numInsertedOrUpdatedRows) throw taken(pack.id)
      return { id: pack.id }
    },
  })

const taken = (id: string) =>
  new Conflict(
    'pack-exists',
    words(`版本“${id}”已存在，请换一个编号`, `The edition "${id}" exists already; give it another id`),
  )

/** Same shape of tables as the latest edition, and every vector comes out. @throws InvalidInput naming each fault */
function checkDraft(book: Rulebook, ruleId: string, draft: Static<typeof rulePackSchema>): RulePack {
  const rule = book.get(ruleId)
  if (rule.packs.some((pack) => pack.id === draft.id)) throw taken(draft.id)
  const pack = draft as RulePack
  const issues: Issue[] = shapeIssues(rule.packs.at(-1)?.tables, pack.tables, '/tables')
  if (issues.length === 0)
    for (const [index, vector] of pack.vectors.entries())
      if (!book.tryVector(rule, pack, vector).passed)
        issues.push({
          path: `/vectors/${index}`,
          message: words('按此版本计算的结果与标准给出的不同', 'The edition gives another result than the document'),
        })
  if (issues.length > 0) throw new InvalidInput('rule-pack', words('规则版本有误', 'The edition has faults'), issues)
  return pack
}

/** Fields of objects must be the same; lists and numbers may differ in content, not in kind. */
function shapeIssues(model: unknown, value: unknown, path: string): Issue[] {
  const kind = (x: unknown) => (Array.isArray(x) ? 'list' : x === null ? 'null' : typeof x)
  if (kind(model) === 'null' || kind(value) === 'null') return []
  if (kind(model) !== kind(value)) return [{ path, message: words(`应为 ${kind(model)}`, `Must be a ${kind(model)}`) }]
  if (kind(model) === 'list') {
    const [first] = model as unknown[]
    return first === undefined
      ? []
      : (value as unknown[]).flatMap((item, i) => shapeIssues(first, item, `${path}/${i}`))
  }
  if (kind(model) !== 'object') return []
  const [wanted, given] = [model as Record<string, unknown>, value as Record<string, unknown>]
  return Object.entries(wanted).flatMap(([name, inner]) =>
    name in given
      ? shapeIssues(inner, given[name], `${path}/${name}`)
      : [{ path: `${path}/${name}`, message: words('缺少此项', 'Missing') }],
  )
}
