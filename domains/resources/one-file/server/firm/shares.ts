import { sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Db } from '#runtime'
import type { Share } from './control.ts'

/** Chains longer than this, and groups larger, are cut: the page says so by what it shows. */
const DEEPEST = 10
const MOST = 300

/** Shares of a firm upwards to its last holders, and downwards to all it holds; each share once. */
export async function sharesAround(app: App, db: Db, firm: number): Promise<Share[]> {
  const found = new Map<string, Share>()
  for (const side of ['holder', 'held'] as const) {
    let open = [firm]
    const seen = new Set(open)
    for (let depth = 0; depth < DEEPEST && open.length > 0 && found.size < MOST; depth++) {
      const shares = await sharesOf(app, db, side === 'holder' ? 'held' : 'holder', open)
      for (const share of shares) found.set(`${share.holder}/${share.held}`, share)
      open = [...new Set(shares.map((share) => share[side]))].filter((id) => !seen.has(id) && seen.add(id))
    }
  }
  return [...found.values()].slice(0, MOST)
}

/** Shares whose firm (`held`) or owner (`holder`) is one of these; several entries of one holder are one share. */
async function sharesOf(app: App, db: Db, end: 'held' | 'holder', of: readonly number[]): Promise<Share[]> {
  const table = sql.raw(app.use(datasetExtracts).get('base.shareholding').table)
  const { rows } = await sql<Share>`
    select o.entity as holder, o.kind as "holderKind", f.entity as held, least(100, sum(t.percent))::float8 as percent
    from one_file.record f
    join one_file.record o on o.dataset = f.dataset and o.row = f.row and o.part in (1, 2)
    join ${table} t on t._id = f.row
    where f.dataset = 'base.shareholding' and f.part = 0
      and ${sql.raw(end === 'held' ? 'f' : 'o')}.entity = any(${[...of]}::bigint[])
    group by 1, 2, 3 order by 3, 1 limit ${MOST}`.execute(db)
  return rows
}
