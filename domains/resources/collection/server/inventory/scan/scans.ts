import { sql } from 'kysely'
import { isDatabase, type SourceView, sources } from '#platform/sources'
import type { App, Db, Words } from '#runtime'
import { compare, type DeclaredTable, type ScannedTable } from './compare.ts'
import { foundTables, onceEach } from './found-tables.ts'

/** What was found at the sources of a system, compared with what is declared. */
export interface Scan {
  readonly system: string
  readonly name: string
  readonly owner: string
  /** Its system has ended, so that nothing of it counts. */
  readonly isEnded: boolean
  readonly sources: readonly {
    readonly id: string
    readonly title: Words
    readonly checkedAt: Date | null
    readonly problem: Words | null
  }[]
  /** When all its sources had been looked at; null while one has not. */
  readonly at: Date | null
  readonly found: number
  readonly tables: readonly ScannedTable[]
}

interface Of {
  /** Only systems of these units. */
  readonly units?: readonly string[] | undefined
  readonly system?: string
}

interface LinkedSystem {
  readonly code: string
  readonly name: string
  readonly owner: string
  readonly isEnded: boolean
  readonly source: string
}

/** Scans of the systems that have a source; what is found is compared as it is now. */
export async function scansOf(app: App, db: Db, of: Of = {}): Promise<readonly Scan[]> {
  const linked = await linkedSystems(db, of)
  if (linked.length === 0) return []
  const service = app.use(sources)
  const ids = [...new Set(linked.map(({ source }) => source))]
  const [views, feeds, tables, declared] = await Promise.all([
    service.sources(),
    service.feeds(),
    ids.length === 1 ? service.tables(ids[0]) : service.tables(),
    declaredTables(db, [...new Set(linked.map(({ code }) => code))]),
  ])
  const known = new Map(views.map((view) => [view.id, view]))
  const feedsById = new Map(feeds.map((feed) => [feed.id, feed]))
  const tablesOf = Map.groupBy(tables, ({ source }) => source)
  return [...Map.groupBy(linked, ({ code }) => code).values()].flatMap((links): Scan[] => {
    const [first] = links
    const own = links.flatMap(({ source }) => known.get(source) ?? [])
    if (!first || own.length === 0) return []
    const found = onceEach(own.flatMap((view) => foundTables(view, tablesOf.get(view.id) ?? [], feedsById)))
    return [
      {
        system: first.code,
        name: first.name,
        owner: first.owner,
        isEnded: first.isEnded,
        sources: own.map(({ id, title, checkedAt, problem }) => ({ id, title, checkedAt, problem })),
        at: lookedAt(own),
        found: found.filter(({ isGone }) => !isGone).length,
        tables: compare(
          declared.get(first.code) ?? [],
          found,
          own.some((view) => isDatabase(view.connection) && view.checkedAt !== null && view.problem === null),
        ),
      },
    ]
  })
}

export async function findScan(app: App, db: Db, system: string): Promise<Scan | undefined> {
  return (await scansOf(app, db, { system }))[0]
}

/** Tables that were found but not declared, by the unit that answers for the system. */
export const undeclaredOf = (scans: readonly Scan[], unit: string): readonly string[] =>
  scans.flatMap(({ owner, isEnded, tables }) =>
    owner === unit && !isEnded ? tables.flatMap(({ name, state }) => (state === 'undeclared' ? [name] : [])) : [],
  )

function lookedAt(own: readonly SourceView[]): Date | null {
  const times = own.flatMap(({ checkedAt }) => checkedAt?.getTime() ?? [])
  return times.length === own.length ? new Date(Math.min(...times)) : null
}

async function linkedSystems(db: Db, { units, system }: Of): Promise<readonly LinkedSystem[]> {
  const { rows } = await sql<LinkedSystem>`
    select s.code, s.name, s.owner, s.state = 'stopped' as "isEnded", l.source from collection.system_source l join collection.system s on s.code = l.system
    where ${units ? sql`s.owner = any(${[...units]})` : sql`true`} and ${system === undefined ? sql`true` : sql`s.code = ${system}`}
    order by s.code, l.source`.execute(db)
  return rows
}

async function declaredTables(db: Db, systems: readonly string[]): Promise<ReadonlyMap<string, DeclaredTable[]>> {
  const { rows } = await sql<DeclaredTable & { readonly system: string }>`
    select t.system, t.name, t.title, t.dataset, t.reason, coalesce(f.fields, '[]') as fields
    from collection.system_table t left join lateral (
      select jsonb_agg(jsonb_build_object('name', f.name, 'type', f.type)) as fields
      from collection.system_field f where f.system = t.system and f."table" = t.name) f on true
    where t.system = any(${[...systems]}) order by t.system, t.name`.execute(db)
  return Map.groupBy(rows, ({ system }) => system)
}
