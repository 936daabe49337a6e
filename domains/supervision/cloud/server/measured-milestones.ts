import { sql } from 'kysely'
import { indicators } from '#platform/indicators'
import { fieldUses } from '#platform/registry'
import { type App, words } from '#runtime'

const KIND = words('重点工作节点', 'Milestone of key work')

/** Tells which milestones of published plans are closed by a measure that is counted over fields of a dataset. */
export const tellMilestones = (app: App): void =>
  app.use(fieldUses).tell(async (db, { id }) => {
    const over = new Map(
      app
        .use(indicators)
        .over(id)
        .map(({ indicator, fields }) => [indicator.id, fields]),
    )
    if (over.size === 0) return []
    const { rows } = await sql<{ title: string; parent: string; indicator: string }>`
      select n.title, n.parent, n.live ->> 'indicator' as indicator from supervision_cloud.node n
      join supervision_cloud.plan p on p.id = n.plan
      where n.live ->> 'indicator' = any(${[...over.keys()]}) and p.state = 'published' order by n.id limit 100`.execute(
      db,
    )
    return rows.map(({ title, parent, indicator }) => ({
      kind: KIND,
      title: words(title, title),
      page: `/supervision/tasks/${parent}`,
      fields: over.get(indicator) ?? [],
    }))
  })
