import { sql } from 'kysely'
import { registry } from '#platform/registry'
import { type App, containing, type Work } from '#runtime'
import { systemFields, systemTables } from '../../declarations/datasets.ts'
import { lastUses } from './last-use.ts'
import { findScan } from './scan/scans.ts'

const PAGE = 20
const MOST_FIELDS = 5000

export interface TableQuery {
  /** Part of the name or title. */
  readonly q?: string | undefined
  /** Name of the last table of the page before. */
  readonly after?: string | undefined
}

/** Some of the tables that a system is declared to have, by name, with their columns: there may be many thousands. */
export async function systemTablePage(app: App, work: Work, system: string, query: TableQuery) {
  const names = await namesLike(work, system, query)
  const shown = names.slice(0, PAGE)
  const where = { system: { is: system } }
  const store = app.use(registry)
  const [tables, fields, scan, uses] = await Promise.all([
    store.list(work, systemTables, { where: { ...where, name: { in: shown } }, limit: PAGE }),
    store.list(work, systemFields, { where: { ...where, table: { in: shown } }, limit: MOST_FIELDS }),
    findScan(app, work.tx, system),
    lastUses(app, work.tx),
  ])
  const byName = new Map(tables.rows.map(({ value }) => [value.name, value]))
  const fieldsOf = Map.groupBy(fields.rows, ({ value }) => value.table)
  const proven = new Map(scan?.tables.map(({ name, provenBy }) => [name, provenBy]))
  const rows = shown.flatMap((name) => {
    const table = byName.get(name)
    if (!table) return []
    return {
      ...table,
      read: uses.of('read', system, name),
      isProven: table.dataset !== undefined && proven.get(name) === table.dataset,
      fields: (fieldsOf.get(name) ?? []).map(({ value }) => value),
    }
  })
  return { rows, next: names.length > PAGE ? (shown.at(-1) ?? null) : null }
}

async function namesLike({ tx }: Work, system: string, { q = '', after = '' }: TableQuery): Promise<readonly string[]> {
  const like = containing(q)
  const { rows } = await sql<{ name: string }>`select name from collection.system_table
    where system = ${system} and name > ${after} and (name ilike ${like} or title ilike ${like})
    order by name limit ${PAGE + 1}`.execute(tx)
  return rows.map(({ name }) => name)
}
