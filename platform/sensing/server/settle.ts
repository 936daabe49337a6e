import { sql } from 'kysely'
import { InvalidInput, type Issue, type Work, words } from '#runtime'
import type { Reading, Stage } from '../contract.ts'
import { type KnownKind, STAGES } from './catalogue.ts'
import { checkReadings } from './check-readings.ts'
import type { Months } from './months.ts'
import { nextBatch, storePlaces } from './store-places.ts'
import { deviceNumbers } from './take.ts'

export const columnsOf = (readings: readonly Reading[]) => ({
  device: readings.map(({ device }) => device),
  channel: readings.map(({ channel }) => channel),
  at: readings.map(({ at }) => at),
  value: readings.map(({ value }) => value),
  flags: readings.map(({ flags }) => flags),
})

/** Writes values of a later stage; a different one is a revision. @throws InvalidInput naming what is wrong where */
export async function settleReadings(
  work: Work,
  kind: KnownKind,
  months: Months,
  stage: Exclude<Stage, 'raw'>,
  readings: readonly Reading[],
) {
  const columns = columnsOf(readings)
  const devices = await deviceNumbers(work, kind.devices, columns.device)
  const { places, refused } = checkReadings(columns, { kind, devices, now: work.at.getTime(), anyAge: true })
  if (refused.length > 0)
    throw new InvalidInput(
      'cannot-settle',
      words('有的值无法写入', 'Some values cannot be written'),
      refused.slice(0, 20).map(({ index, code }): Issue => ({ path: `/${index}`, message: words(code, code) })),
    )
  const batch = await nextBatch(work)
  const target = { kind: kind.id, stage: STAGES[stage], batch }
  const { accepted, repeated, changed } = await storePlaces(work, months, target, places)
  const revised = changed.length
  if (accepted + revised === 0) return { accepted, repeated, revised }
  await sql`insert into sensing.batch (id, kind, stage, received_at, by, accepted, repeated, changed, refused)
    values (${batch}, ${kind.id}, ${STAGES[stage]}, ${work.at}, ${work.actor.id}, ${accepted}, ${repeated}, ${revised}, 0)`.execute(
    work.tx,
  )
  work.enqueue('sensing.roll-up', {}, { key: 'roll-up' })
  work.audit({
    event: 'sensing.values.settled',
    subject: { kind: 'sensing.batch', id: String(batch) },
    details: { kind: kind.id, stage, accepted, repeated, revised },
  })
  return { accepted, repeated, revised }
}
