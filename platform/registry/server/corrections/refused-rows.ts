import { type RawBuilder, sql } from 'kysely'
import type { Db, Work } from '#runtime'
import { REFUSED_SETTLED } from '../../contract.ts'
import type { Refusal } from '../loading/prepare-chunk.ts'
import { type FieldKeys, sealColumn } from '../sealer.ts'
import type { RegistryRow } from '../tables.ts'

type Load = Pick<RegistryRow<'registry.load'>, 'id' | 'dataset' | 'file' | 'by' | 'organisation'>

/** Rows that one deliverer is to correct in one dataset. */
export interface ListOfRows {
  readonly dataset: string
  /** See `registry.correction.deliverer`. */
  readonly deliverer: string
}

/** What sealed cells of corrections are bound to. */
export const CORRECTION_CELLS = 'registry.correction.cells'

/** A feed corrects what it delivered itself; of people anyone of the same organisation may bring the corrected file. */
export const listOf = ({ dataset, by, organisation }: Omit<Load, 'id' | 'file'>): ListOfRows => ({
  dataset,
  deliverer: by.startsWith('system:') ? by : organisation,
})

/** Whether earlier imports of the same deliverer left rows that a new one may settle. */
export async function hasListed(db: Db, load: Load): Promise<boolean> {
  const { rows } = await sql<{ listed: boolean }>`select exists (select from registry.correction c
    where ${isListed(listOf(load))} and c.load < ${load.id}) as listed`.execute(db)
  return rows[0]?.listed ?? false
}

/** Notes that rows with these keys came in an import: what is listed of them is past at its end, unless it refuses them again. */
export async function noteKeys(work: Work, load: Load, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await sql`update registry.correction c set came = ${load.id}
    where ${isListed(listOf(load))} and c.load < ${load.id} and ${hasKey(keys)}`.execute(work.tx)
}

/**
 * Lists rows that an import refused, each by its cells, so that those of one key stand side by side. One that is listed
 * already stays as it was decided on; one that was past is open again.
 */
export async function noteRefused(work: Work, load: Load, refused: readonly Refusal[], keys: FieldKeys): Promise<void> {
  if (refused.length === 0) return
  const { sealed, index } = sealColumn(
    keys,
    CORRECTION_CELLS,
    refused.map(({ cells }) => JSON.stringify(cells)),
  )
  const { dataset, deliverer } = listOf(load)
  const lines = refused.map(({ line }) => line)
  const reasons = refused.map((each) => JSON.stringify(each.reasons))
  const isPast = sql`c.state = 'superseded'`
  await sql`
    insert into registry.correction as c (dataset, deliverer, file, load, line, cells, reasons, key, content)
    select ${dataset}, ${deliverer}, ${load.file}, ${load.id}, line, cells, reasons, key, content
    from (select distinct on (content) * from (
      select u.line, u.cells, u.reasons, decode(u.key, 'hex') as key, u.content
      from unnest(${lines}::int[], ${sealed}::bytea[], ${reasons}::jsonb[], ${refused.map(({ key }) => key)}::text[],
        ${index}::bytea[]) as u (line, cells, reasons, key, content)) as refused
      order by content, line) as once
    order by line
    on conflict (dataset, deliverer, content) do update set file = excluded.file, load = excluded.load,
      line = excluded.line, reasons = excluded.reasons, key = excluded.key,
      state = case when ${isPast} then 'open' else c.state end,
      by = case when ${isPast} then null else c.by end,
      at = case when ${isPast} then null else c.at end`.execute(work.tx)
}

/** At the end of an import: what it brought otherwise than it is listed is past. */
export const settleCame = (work: Work, load: Load): Promise<void> => settle(work, listOf(load), sql`c.load < c.came`)

/** The source has deleted the rows with these keys: refusals of them are past. */
export async function supersede(work: Work, list: ListOfRows, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await settle(work, list, hasKey(keys))
}

/** Of the rows with these keys only those of the last import that refused one wait. */
export async function supersedeOlder(work: Work, list: ListOfRows, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const isLater = sql`n.dataset = c.dataset and n.deliverer = c.deliverer and n.key = c.key and n.load > c.load`
  await settle(work, list, sql`${hasKey(keys)} and exists (select from registry.correction n where ${isLater})`)
}

/** What a deliverer handed over whole is all there is: what was refused earlier and not in these files again is past. */
export async function supersedeOthers(work: Work, list: ListOfRows, files: readonly string[]): Promise<void> {
  await settle(
    work,
    list,
    sql`not exists (select from registry.load l where l.id = c.load and l.file = any(${[...files]}))`,
  )
}

async function settle(work: Work, list: ListOfRows, which: RawBuilder<unknown>): Promise<void> {
  const { numAffectedRows = 0n } =
    await sql`update registry.correction c set state = 'superseded', by = ${work.actor.id}, at = ${work.at}
      where ${isListed(list)} and ${which}`.execute(work.tx)
  if (numAffectedRows > 0n) tellSettled(work, list)
}

export const tellSettled = (work: Work, { dataset }: ListOfRows): void =>
  work.emit({ topic: REFUSED_SETTLED, key: dataset })

const hasKey = (keys: readonly string[]): RawBuilder<unknown> =>
  sql`c.key = any(select decode(key, 'hex') from unnest(${keys}::text[]) as u (key))`

/** What the data bureau has waived is left out for good, whatever comes of its key. */
const isListed = ({ dataset, deliverer }: ListOfRows): RawBuilder<unknown> =>
  sql`c.dataset = ${dataset} and c.deliverer = ${deliverer} and c.state in ('open', 'corrected', 'dropped')`
