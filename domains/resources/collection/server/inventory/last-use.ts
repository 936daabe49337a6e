import { sql } from 'kysely'
import { grants } from '#platform/exchange'
import { datasetDirectory } from '#platform/registry'
import { sources } from '#platform/sources'
import { type App, type Db, localDateAt } from '#runtime'
import { collectionTables, type UseKind } from '../tables.ts'

/** When something was last used: as the platform itself saw, or as somebody said. */
export interface LastUse {
  readonly on: string | null
  /** The platform sees the use itself, so that nobody can say another day. */
  readonly isSeen: boolean
  /** Who said so, and when. */
  readonly by?: string
  readonly at?: string
}

export interface LastUses {
  of(kind: UseKind, system: string, table?: string): LastUse
}

/**
 * Last uses of all systems and tables. A table that a dataset collects was read when a feed brought rows of it, when the
 * exchange answered from that dataset, or when somebody read that there; its system was called then too, as one is whose
 * sources are collected. That people use a system is seen by nobody here, nor is anything of the rest.
 */
export async function lastUses(app: App, db: Db): Promise<LastUses> {
  const [tables, links, said, feeds, calls, reads] = await Promise.all([
    sql<{ system: string; name: string; dataset: string }>`
      select system, name, dataset from collection.system_table where dataset is not null`.execute(db),
    collectionTables(db).selectFrom('collection.system_source').select(['system', 'source']).execute(),
    collectionTables(db).selectFrom('collection.declared_use').selectAll().execute(),
    app.use(sources).feeds(),
    app.use(grants).lastCalls(db),
    app.use(datasetDirectory).lastReads(db),
  ])
  const collected = feeds.map(({ source, dataset, lastGoodAt }) => ({
    source,
    dataset,
    on: lastGoodAt && localDateAt(lastGoodAt),
  }))
  const seen = new Map<string, string | null>()
  const see = (key: string, days: readonly (string | null | undefined)[]) =>
    seen.set(key, latest([seen.get(key), ...days]))
  for (const { system, name, dataset: id } of tables.rows) {
    const days = [calls.get(id), reads.get(id), ...collected.flatMap((feed) => (feed.dataset === id ? [feed.on] : []))]
    see(keyOf('read', system, name), days)
    see(keyOf('called', system), days)
  }
  for (const { system, source } of links)
    see(
      keyOf('called', system),
      collected.flatMap((feed) => (feed.source === source ? [feed.on] : [])),
    )
  const declared = new Map(said.map((each) => [keyOf(each.kind, each.system, each.table), each]))
  return {
    of: (kind, system, table) => {
      const key = keyOf(kind, system, table)
      const on = seen.get(key)
      if (on !== undefined) return { on, isSeen: true }
      const saying = declared.get(key)
      return saying
        ? { on: saying.on, isSeen: false, by: saying.by, at: saying.at.toISOString() }
        : { on: null, isSeen: false }
    },
  }
}

const keyOf = (kind: UseKind, system: string, table = ''): string => JSON.stringify([kind, system, table])

export const latest = (days: readonly (string | null | undefined)[]): string | null =>
  days.reduce<string | null>((last, day) => (day && (last === null || day > last) ? day : last), null)
