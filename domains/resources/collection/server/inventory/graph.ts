import { sql } from 'kysely'
import type { Db } from '#runtime'

interface GraphRow {
  readonly duty: string | null
  readonly item: string | null
  readonly system: string
  readonly code: string
  readonly table: string | null
  readonly dataset: string | null
  readonly reason: string | null
  readonly fields: number
}

export interface Link {
  readonly from: string
  readonly to: string
  readonly value: number
}

/** What a link lacks: drawn as a node of its own, so that a gap is seen. */
export const MISSING = '—'
const MOST = 400

/** The chain duty – item – system – table – dataset of a unit; a link is as wide as it has fields. */
export async function graphOf(db: Db, unit: string): Promise<{ readonly links: readonly Link[] }> {
  const { rows } = await sql<GraphRow>`
    select s.duty, s.item, s.name as system, s.code, t.title as "table", t.dataset, t.reason,
      (select count(*) from collection.system_field f where f.system = t.system and f."table" = t.name)::int as fields
    from collection.system s left join collection.system_table t on t.system = s.code
    where s.owner = ${unit} and s.state <> 'stopped' order by s.code, t.name limit ${MOST}`.execute(db)
  const links = new Map<string, Link>()
  for (const row of rows) {
    const value = Math.max(1, row.fields)
    const chain = [
      `duty:${row.duty ?? MISSING}`,
      `item:${row.item ?? MISSING}`,
      `system:${row.code} ${row.system}`,
      ...(row.table === null ? [`table:${MISSING}`] : [`table:${row.table}`, targetOf(row)]),
    ]
    for (let at = 1; at < chain.length; at++) add(links, chain[at - 1] ?? '', chain[at] ?? '', value)
  }
  return { links: [...links.values()] }
}

const targetOf = ({ dataset, reason }: GraphRow): string =>
  dataset === null ? `reason:${reason ?? MISSING}` : `dataset:${dataset}`

function add(links: Map<string, Link>, from: string, to: string, value: number): void {
  const key = `${from}\n${to}`
  links.set(key, { from, to, value: (links.get(key)?.value ?? 0) + value })
}
