import type { Static } from 'typebox'
import { planCheck } from '#platform/registry'
import { type App, Conflict, Forbidden, NotFound, type Work, words } from '#runtime'
import { getDataset } from '../known-datasets.ts'
import type { RuleBody } from '../routes/schemas.ts'
import { collectionTables } from '../tables.ts'
import { checkContext } from './active-rules.ts'

type RuleDraft = Static<typeof RuleBody>

/** Keeps a draft; it is in force when a second person has published it. @throws InvalidInput */
export async function saveRule(app: App, work: Work, draft: RuleDraft): Promise<number> {
  const dataset = getDataset(app, draft.dataset)
  planCheck(dataset, draft.check, checkContext(app))
  if (draft.replaces !== undefined) {
    const before = await getRule(work, draft.replaces)
    if (before.dataset !== draft.dataset) throw new NotFound()
  }
  const { id } = await collectionTables(work.tx)
    .insertInto('collection.rule')
    .values({
      dataset: draft.dataset,
      title: JSON.stringify({ zh: draft.title.zh, en: draft.title.en || draft.title.zh }),
      dimension: draft.dimension,
      severity: draft.severity,
      check: JSON.stringify(draft.check),
      least: draft.least,
      state: 'draft',
      replaces: draft.replaces ?? null,
      by: work.actor.id,
      at: work.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function getRule(work: Work, id: number) {
  const rule = await collectionTables(work.tx)
    .selectFrom('collection.rule')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!rule) throw new NotFound()
  return rule
}

/** Puts a draft in force, in place of the rule that it replaces. @throws Forbidden for the author, Conflict */
export async function publishRule(work: Work, id: number): Promise<string> {
  const rule = await getRule(work, id)
  if (rule.by === work.actor.id)
    throw new Forbidden(
      'own-rule',
      words('不能发布本人编写的规则，请由他人发布', 'Somebody else must publish your rule'),
    )
  if (rule.state !== 'draft')
    throw new Conflict('not-a-draft', words('规则已经处理过，请刷新', 'The rule is no draft any more; reload'))
  await decide(work, id, 'published')
  if (rule.replaces !== null) await decide(work, rule.replaces, 'withdrawn')
  return rule.dataset
}

/** Takes a rule out of force, or drops a draft. @throws Conflict */
export async function withdrawRule(work: Work, id: number): Promise<string> {
  const rule = await getRule(work, id)
  if (rule.state === 'withdrawn')
    throw new Conflict('rule-withdrawn', words('规则已经停用', 'The rule is out of force already'))
  await decide(work, id, 'withdrawn')
  return rule.dataset
}

async function decide(work: Work, id: number, state: 'published' | 'withdrawn'): Promise<void> {
  await collectionTables(work.tx)
    .updateTable('collection.rule')
    .set({ state, decided_by: work.actor.id, decided_at: work.at })
    .where('id', '=', id)
    .execute()
}
