import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Reading, Stage } from '../contract.ts'
import { type KnownKind, STAGES } from './catalogue.ts'

const PART = 10_000

interface Place {
  readonly at: Date
  readonly channel: number
  readonly value: number | null
}

/** Parts of a series as the contract says, each found by the key of the store. */
export async function* readRows(db: Db, kind: KnownKind, stage: Stage): AsyncGenerator<readonly Reading[]> {
  const { rows: devices } = await sql<{ no: number; code: string }>`
    select no, code from sensing.device where class = ${kind.devices} order by code`.execute(db)
  for (const { no, code } of devices) {
    let last: Place | undefined
    do {
      const rows = await partOf(db, no, STAGES[stage], last)
      last = rows.length === PART ? rows.at(-1) : undefined
      const readings = rows.flatMap(({ at, channel, value }) => {
        const id = kind.idOf.get(channel)
        return id === undefined ? [] : [{ device: code, channel: id, at, value }]
      })
      if (readings.length > 0) yield readings
    } while (last)
  }
}

/** At later stages the newest value of a place counts, of raw ones the first. */
async function partOf(db: Db, device: number, stage: number, after: Place | undefined): Promise<readonly Place[]> {
  const beyond = after ? sql`and (v.at, v.channel) > (${after.at}, ${after.channel})` : sql``
  const { rows } = await sql<Place>`
    select v.at, v.channel, case when c.id is null then v.value else c.value end as value
    from sensing.value v left join lateral (
      select id, value from sensing.value_change c where c.device = v.device and c.stage = v.stage and c.at = v.at
        and c.channel = v.channel and v.stage > 0 order by id desc limit 1) c on true
    where v.device = ${device} and v.stage = ${stage} ${beyond}
    order by v.at, v.channel limit ${PART}`.execute(db)
  return rows
}
