import { sql } from 'kysely'
import { type App, system, type Work } from '#runtime'
import type { Refusal } from '../contract.ts'
import type { Columns } from './check-readings.ts'

const KEPT_OF_A_BATCH = 200
const LONGEST = 100
const text = (value: unknown): string => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replaceAll('\0', '').slice(0, LONGEST)
}

/** Keeps what was refused as it was sent, bounded so that a device gone mad cannot fill the disk. */
export async function keepRefused(
  work: Work,
  batch: number,
  columns: Columns,
  refused: readonly Refusal[],
): Promise<void> {
  if (refused.length === 0) return
  const rows = refused.slice(0, KEPT_OF_A_BATCH).map(({ index, code }) => ({
    place: index,
    code,
    device: text(columns.device[index]),
    channel: text(columns.channel[index]),
    at: text(columns.at[index]),
    value: text(columns.value[index]),
  }))
  await sql`insert into sensing.refused (batch, place, code, device, channel, at, value, refused_at)
    select ${batch}::bigint, place, code, device, channel, at, value, ${work.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given(place int, code text, device text, channel text, at text, value text)`.execute(work.tx)
}

/** Forgets refusals after 30 days. */
export async function forgetRefused(app: App): Promise<void> {
  await app.work(system('sensing.tidy'), async (work) => {
    await sql`delete from sensing.refused where refused_at < ${work.at}::timestamptz - interval '30 days'`.execute(
      work.tx,
    )
  })
}
