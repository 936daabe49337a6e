import { sql } from 'kysely'
import { unsealedRows } from '#platform/registry'
import type { App, Work } from '#runtime'
import { SHOWING } from '../../declarations/readings.ts'
import type { AsOf } from '../file/as-of.ts'
import { linksAt } from '../file/load-rows.ts'
import type { Told } from '../file/note-told.ts'
import { textOf } from '../run/read-part.ts'
import type { Share } from './control.ts'

const DATASET = 'base.shareholding'
/** Chains longer than this, and groups larger, are cut: the page says so by what it shows. */
const DEEPEST = 10
const MOST = 300

/** A share with the rows that tell of it. */
export interface ShareTold extends Share {
  readonly told: readonly Told[]
}

/** Shares of a firm upwards to its last holders, and downwards to all it holds, as of then; each share once. */
export async function sharesAround(app: App, work: Work, firm: number, asOf: AsOf): Promise<ShareTold[]> {
  const found = new Map<string, ShareTold>()
  for (const side of ['holder', 'held'] as const) {
    let open = [firm]
    const seen = new Set(open)
    for (let depth = 0; depth < DEEPEST && open.length > 0 && found.size < MOST; depth++) {
      const shares = await sharesOf(app, work, side === 'holder' ? 'held' : 'holder', open, asOf)
      for (const share of shares) found.set(`${share.holder}/${share.held}`, share)
      open = [...new Set(shares.map((share) => share[side]))].filter((id) => !seen.has(id) && seen.add(id))
    }
  }
  return [...found.values()].slice(0, MOST)
}

/**
 * Shares whose firm (`held`) or owner (`holder`) is one of these; several entries of one holder are one share. On a past day
 * those that began later are left out; of those that ended since, only what was known then tells.
 */
async function sharesOf(
  app: App,
  work: Work,
  end: 'held' | 'holder',
  of: readonly number[],
  { known, valid }: AsOf,
): Promise<ShareTold[]> {
  const { rows: links } = await sql<Omit<Share, 'percent'> & { row: number }>`
    select f.row, o.entity as holder, e.kind as "holderKind", f.entity as held
    from ${linksAt(known)} f
    join ${linksAt(known)} o on o.dataset = f.dataset and o.row = f.row and o.part in (1, 2)
    join one_file.entity e on e.id = o.entity
    where f.dataset = ${DATASET} and f.part = 0
      and ${sql.raw(end === 'held' ? 'f' : 'o')}.entity = any(${[...of]}::bigint[])
    order by f.entity, o.entity, f.row limit ${MOST}`.execute(work.tx)
  const ids = links.map(({ row }) => row)
  const rows = await app.use(unsealedRows).rows(work, SHOWING, DATASET, ids, known)
  const values = new Map(rows.map(({ id, value }) => [id, value]))
  const shares = new Map<string, ShareTold>()
  for (const { row, holder, holderKind, held } of links) {
    const value = values.get(row)
    const since = value && textOf(value, 'since')
    if (!value || (valid && since && since > valid)) continue
    const key = `${holder}/${held}`
    const before = shares.get(key)
    const percent = Math.min(100, (before?.percent ?? 0) + Number(value.percent ?? 0))
    const told = [...(before?.told ?? []), { dataset: DATASET, row, fields: ['holder', 'percent'] }]
    shares.set(key, { holder, holderKind, held, percent, told })
  }
  return [...shares.values()]
}
