import { sql } from 'kysely'
import { type App, type Db, type LocalDate, localDateAt } from '#runtime'
import { RUNNING, TABLES } from './in-use.ts'
import { latest } from './last-use.ts'
import { scansOf } from './scan/scans.ts'

/**
 * How a link is known: the platform has collected these rows into this dataset (`collected`), has found the table at the
 * source of the system (`found`), or the unit says so (`declared`).
 */
export type Proof = 'collected' | 'found' | 'declared'

export interface Link {
  readonly from: string
  readonly to: string
  /** How many fields it carries. */
  readonly value: number
  /** Units that answer for it. */
  readonly owners: readonly string[]
  /** Of several that the picture shows as one what holds for all. */
  readonly proof: Proof
  /** Day of the declaration, the last one of several. */
  readonly declaredOn: LocalDate
}

export interface Graph {
  readonly links: readonly Link[]
  /** Tables, and systems without any, that are drawn, and how many there are. */
  readonly drawn: number
  readonly of: number
}

interface GraphRow {
  readonly duty: string | null
  readonly item: string | null
  readonly system: string
  readonly code: string
  readonly owner: string
  readonly systemAt: Date
  readonly name: string | null
  readonly table: string | null
  readonly tableOwner: string | null
  readonly tableAt: Date | null
  readonly dataset: string | null
  readonly reason: string | null
  readonly fields: number
  readonly of: number
}

/** What a link lacks: drawn as a node of its own, so that a gap is seen. */
export const MISSING = '—'
const MOST = 400

/** The chain duty – item – system – table – dataset of a unit's systems and tables; a link is as wide as it has fields. */
export async function graphOf(app: App, db: Db, unit: string): Promise<Graph> {
  const { rows } = await sql<GraphRow>`
    select s.duty, s.item, s.name as system, s.code, s.owner, s._since as "systemAt",
      t.name, t.title as "table", t.owner as "tableOwner", t._since as "tableAt",
      t.dataset, t.reason, count(*) over ()::int as "of",
      (select count(*) from collection.system_field f where f.system = t.system and f."table" = t.name)::int as fields
    from ${RUNNING} s left join ${TABLES} t on t.system = s.code
    where s.owner = ${unit} or t.owner = ${unit} order by s.code, t.name limit ${MOST}`.execute(db)
  const proven = await provenTables(app, db, [...new Set(rows.map(({ owner }) => owner))])
  const links = new Map<string, Link>()
  for (const row of rows) for (const link of chainOf(row, proven)) add(links, link)
  return { links: [...links.values()], drawn: rows.length, of: rows[0]?.of ?? 0 }
}

/** Tables of the units' systems that were found at a source, each with the dataset into which it was collected, if it was. */
async function provenTables(app: App, db: Db, units: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const scans = await scansOf(app, db, { units })
  return new Map(
    scans.flatMap(({ system, tables }) =>
      tables
        .filter(({ found }) => found !== null && !found.isGone)
        .map(({ name, provenBy }) => [keyOf(system, name), provenBy] as const),
    ),
  )
}

const keyOf = (system: string, table: string | null): string => JSON.stringify([system, table])

function chainOf(row: GraphRow, proven: ReadonlyMap<string, string | null>): readonly Link[] {
  const { duty, item, code, system, owner, systemAt, name, table, dataset, reason } = row
  const value = Math.max(1, row.fields)
  const ofSystem = { value, owners: [owner], proof: 'declared', declaredOn: localDateAt(systemAt) } as const
  const ofTable = {
    value,
    owners: [row.tableOwner ?? owner],
    declaredOn: localDateAt(row.tableAt ?? systemAt),
  } as const
  const key = keyOf(code, name)
  const [from, to] = [`system:${code} ${system}`, `table:${table ?? MISSING}`]
  const target = dataset === null ? `reason:${reason ?? MISSING}` : `dataset:${dataset}`
  const isCollected = dataset !== null && proven.get(key) === dataset
  return [
    { ...ofSystem, from: `duty:${duty ?? MISSING}`, to: `item:${item ?? MISSING}` },
    { ...ofSystem, from: `item:${item ?? MISSING}`, to: from },
    { ...ofTable, from, to, proof: proven.has(key) ? 'found' : 'declared' },
    ...(table === null
      ? []
      : [{ ...ofTable, from: to, to: target, proof: isCollected ? 'collected' : 'declared' } as const]),
  ]
}

function add(links: Map<string, Link>, link: Link): void {
  const key = `${link.from}\n${link.to}`
  const before = links.get(key)
  links.set(key, before ? together(before, link) : link)
}

const together = (one: Link, other: Link): Link => ({
  ...one,
  value: one.value + other.value,
  owners: [...new Set([...one.owners, ...other.owners])],
  proof: one.proof === other.proof ? one.proof : 'declared',
  declaredOn: latest([one.declaredOn, other.declaredOn]) ?? one.declaredOn,
})
