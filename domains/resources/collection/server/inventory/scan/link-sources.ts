import { registry } from '#platform/registry'
import { sources } from '#platform/sources'
import { type App, Conflict, InvalidInput, NotFound, type Scope, type Work, words } from '#runtime'
import { systems } from '../../../declarations/datasets.ts'
import { collectionTables } from '../../tables.ts'
import { mustReachUnit } from '../reach.ts'

/** Says at which sources a system is found, instead of those said before. @throws NotFound, Forbidden, Conflict */
export async function linkSources(
  app: App,
  work: Work,
  scope: Scope,
  { system, sources: wanted }: { readonly system: string; readonly sources: readonly string[] },
): Promise<void> {
  const found = await app.use(registry).find(work, systems, { code: system })
  if (!found) throw new NotFound()
  await mustReachUnit(app, work, scope, found.value.owner)
  const known = await collectionTables(work.tx).selectFrom('collection.system_source').selectAll().execute()
  const before = known.filter((link) => link.system === system).map(({ source }) => source)
  const more = wanted.filter((source) => !before.includes(source))
  const less = before.filter((source) => !wanted.includes(source))
  await mustBeFree(app, work, scope, more, known)
  if (less.length > 0)
    await collectionTables(work.tx).deleteFrom('collection.system_source').where('source', 'in', less).execute()
  if (more.length > 0)
    await collectionTables(work.tx)
      .insertInto('collection.system_source')
      .values(more.map((source) => ({ source, system, by: work.actor.id, at: work.at })))
      .execute()
  work.audit({
    event: 'collection.inventory.linked',
    subject: { kind: 'collection.system', id: system },
    details: { added: more, removed: less },
  })
}

/** A source is of one system, and of a unit within reach. */
async function mustBeFree(
  app: App,
  work: Work,
  scope: Scope,
  wanted: readonly string[],
  known: readonly { readonly source: string; readonly system: string }[],
): Promise<void> {
  const all = new Map((await app.use(sources).sources()).map((view) => [view.id, view]))
  for (const source of wanted) {
    const view = all.get(source)
    if (!view)
      throw new InvalidInput('no-source', words('没有这个数据来源', 'There is no such source'), [
        { path: '/sources', message: words(`没有数据来源“${source}”`, `There is no source "${source}"`) },
      ])
    await mustReachUnit(app, work, scope, view.organisation)
    const taken = known.find((link) => link.source === source)
    if (taken)
      throw new Conflict(
        'source-taken',
        words(
          `“${view.title.zh}”已登记为系统 ${taken.system} 的来源，请先在那里取消`,
          `"${view.title.en}" is a source of system ${taken.system}; take it away there first`,
        ),
      )
  }
}
