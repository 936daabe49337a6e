import { sql } from 'kysely'
import { rules } from '#platform/rules'
import { type App, type Db, dayAt, parseDay, type Words } from '#runtime'
import { FIELDS, RUNNING, TABLES } from './in-use.ts'
import { lastUses, latest } from './last-use.ts'
import { type Scan, undeclaredOf } from './scan/scans.ts'

/** One kind of link of the chain duty – item – system – table – field, with its denominator. */
export interface Edge {
  readonly id: 'duty' | 'item' | 'table' | 'collected' | 'explained' | 'field'
  readonly linked: number
  readonly total: number
}

export interface UnitCounts {
  readonly unit: string
  readonly systems: number
  readonly tables: number
  readonly fields: number
  /** Running systems with a duty, with an item, with a table. */
  readonly duty: number
  readonly item: number
  readonly table: number
  /** Tables that a dataset collects; that the law or the like keeps; that are planned; of which nothing is said. */
  readonly collected: number
  readonly excused: number
  readonly planned: number
  readonly silent: number
  /** Of which nothing is said because they were found, but not declared. */
  readonly undeclared: number
  /** Planned ones whose day is over. */
  readonly late: number
  /** Fields of collected tables, and those of them with a field of the dataset. */
  readonly mappable: number
  readonly mapped: number
}

interface Counting {
  /** Only these; all if undefined. */
  readonly units: readonly string[] | undefined
  readonly today: string
  readonly scans: readonly Scan[]
}

/**
 * Counts of each unit that owns a system, table or field, whoever runs the system. A table that was found counts, whether it
 * is declared or not; nothing of a system that has ended does.
 */
export async function countUnits(db: Db, { units, today, scans }: Counting): Promise<readonly UnitCounts[]> {
  const declared = await countDeclared(db, units, today)
  return declared.map((counts) => {
    const undeclared = undeclaredOf(scans, counts.unit).length
    return { ...counts, undeclared, tables: counts.tables + undeclared, silent: counts.silent + undeclared }
  })
}

async function countDeclared(
  db: Db,
  units: readonly string[] | undefined,
  today: string,
): Promise<readonly Omit<UnitCounts, 'undeclared'>[]> {
  const only = units ? sql`where owner = any(${[...units]})` : sql``
  const { rows } = await sql<Omit<UnitCounts, 'undeclared'>>`
    with u as (
      select owner from ${RUNNING} y union select owner from ${TABLES} y union select owner from ${FIELDS} y
    ), s as (
      select owner, count(*)::int as systems, count(duty)::int as duty, count(item)::int as item,
        count(*) filter (where exists (select from collection.system_table t where t.system = y.code))::int as "table"
      from ${RUNNING} y ${only} group by owner
    ), t as (
      select owner, count(*)::int as tables, count(dataset)::int as collected,
        count(*) filter (where dataset is null and reason in ('law', 'province', 'no-value'))::int as excused,
        count(*) filter (where dataset is null and reason = 'planned')::int as planned,
        count(*) filter (where dataset is null and reason is null)::int as silent,
        count(*) filter (where dataset is null and reason = 'planned' and planned_until < ${today}::date)::int as late
      from ${TABLES} y ${only} group by owner
    ), f as (
      select y.owner, count(*)::int as fields, count(*) filter (where t.dataset is not null)::int as mappable,
        count(*) filter (where t.dataset is not null and y.field is not null)::int as mapped
      from (select * from ${FIELDS} z ${only}) y
      left join collection.system_table t on t.system = y.system and t.name = y."table" group by y.owner
    )
    select u.owner as unit, coalesce(s.systems, 0) as systems, coalesce(s.duty, 0) as duty, coalesce(s.item, 0) as item,
      coalesce(s."table", 0) as "table",
      coalesce(t.tables, 0) as tables, coalesce(t.collected, 0) as collected, coalesce(t.excused, 0) as excused,
      coalesce(t.planned, 0) as planned, coalesce(t.silent, 0) as silent, coalesce(t.late, 0) as late,
      coalesce(f.fields, 0) as fields, coalesce(f.mappable, 0) as mappable, coalesce(f.mapped, 0) as mapped
    from (select * from u ${only}) u left join s using (owner) left join t using (owner) left join f using (owner)
    order by u.owner`.execute(db)
  return rows
}

/**
 * Completeness of each kind of link. All collected: of the tables that are to be collected (all but those that the law
 * keeps, that the province holds, or that are of no value), those that a dataset collects.
 */
export function edgesOf(units: readonly UnitCounts[]): readonly Edge[] {
  const sum = (count: (unit: UnitCounts) => number) => units.reduce((all, unit) => all + count(unit), 0)
  const systems = sum((unit) => unit.systems)
  const tables = sum((unit) => unit.tables)
  return [
    { id: 'duty', linked: sum((unit) => unit.duty), total: systems },
    { id: 'item', linked: sum((unit) => unit.item), total: systems },
    { id: 'table', linked: sum((unit) => unit.table), total: systems },
    { id: 'explained', linked: tables - sum((unit) => unit.silent), total: tables },
    { id: 'collected', linked: sum((unit) => unit.collected), total: tables - sum((unit) => unit.excused) },
    { id: 'field', linked: sum((unit) => unit.mapped), total: sum((unit) => unit.mappable) },
  ]
}

export interface Zombie {
  readonly code: string
  readonly name: string
  readonly owner: string
  readonly lastOn: string | null
  readonly why: Words
}

const MOST = 500

/** Running systems that nobody has used or called for longer than the rule allows. */
export async function findZombies(app: App, db: Db, units: readonly string[] | undefined): Promise<readonly Zombie[]> {
  const only = units ? sql`where owner = any(${[...units]})` : sql``
  const { rows } = await sql<{ code: string; name: string; owner: string }>`
    select code, name, owner from ${RUNNING} s ${only} order by code`.execute(db)
  const uses = await lastUses(app, db)
  const running = rows.map((system) => ({
    ...system,
    last: latest([uses.of('used', system.code).on, uses.of('called', system.code).on]),
  }))
  const today = dayAt(app.now().getTime())
  const zombies = running.flatMap(({ last, ...system }) => {
    const days = last === null ? null : Math.max(0, today - parseDay(last))
    const { result, explanation } = app.use(rules).evaluate('collection.zombie', { days }, { at: app.now() })
    const [why] = explanation
    return (result as { zombie: boolean }).zombie && why ? [{ ...system, lastOn: last, why }] : []
  })
  return zombies.toSorted((a, b) => (a.lastOn ?? '').localeCompare(b.lastOn ?? '')).slice(0, MOST)
}
