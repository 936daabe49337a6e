import { sql } from 'kysely'
import { InvalidInput, type Scope, type Work, words } from '#runtime'
import type { Intake } from '../contract.ts'
import type { KnownKind } from './catalogue.ts'
import { type Columns, checkReadings } from './check-readings.ts'
import type { Months } from './months.ts'
import { keepRefused } from './refused.ts'
import { nextBatch, storePlaces } from './store-places.ts'

export const LARGEST_BATCH = 10_000

export interface TakeOptions {
  readonly kind: KnownKind
  readonly months: Months
  /** Reach of the sender; devices outside are unknown to it. */
  readonly scope?: Scope
  readonly mayTake?: (device: number) => boolean
  readonly upload?: string
}

/** Takes raw readings in: checked, stored, refusals kept, roll-ups asked for. @throws InvalidInput if too many */
export async function takeReadings(work: Work, columns: Columns, options: TakeOptions): Promise<Intake> {
  const sent = columns.device.length
  if (sent > LARGEST_BATCH)
    throw new InvalidInput(
      'too-many-readings',
      words(
        `一次最多 ${LARGEST_BATCH} 个读数，收到 ${sent} 个`,
        `At most ${LARGEST_BATCH} readings at once, not ${sent}`,
      ),
    )
  const { kind, months, scope, mayTake } = options
  const devices = await deviceNumbers(work, kind.devices, columns.device, scope)
  const { places, refused } = checkReadings(columns, {
    kind,
    devices,
    now: work.at.getTime(),
    ...(mayTake ? { mayTake } : {}),
  })
  const batch = await nextBatch(work)
  const { accepted, repeated, changed } = await storePlaces(work, months, { kind: kind.id, stage: 0, batch }, places)
  await sql`insert into sensing.batch (id, kind, stage, received_at, by, upload, accepted, repeated, changed, refused)
    values (${batch}, ${kind.id}, 0, ${work.at}, ${work.actor.id}, ${options.upload ?? null}, ${accepted}, ${repeated},
      ${changed.length}, ${refused.length})`.execute(work.tx)
  await keepRefused(work, batch, columns, refused)
  if (accepted + changed.length > 0) work.enqueue('sensing.roll-up', {}, { key: 'roll-up' })
  work.audit({
    event: 'sensing.readings.taken',
    subject: { kind: 'sensing.batch', id: String(batch) },
    details: { kind: kind.id, accepted, repeated, changed: changed.length, refused: refused.length },
  })
  return {
    batch: String(batch),
    accepted,
    repeated,
    changed: changed.map((place) => places.index[place] ?? 0),
    refused,
  }
}

/** Short numbers of the devices named that are in use and within reach. */
export async function deviceNumbers(
  work: Work,
  deviceClass: string,
  codes: readonly unknown[],
  scope?: Scope,
): Promise<ReadonlyMap<string, number>> {
  const distinct = [...new Set(codes)].filter((code): code is string => typeof code === 'string')
  const prefix = scope && scope.reach !== 'city' ? scope.division : ''
  const { rows } = await sql<{ code: string; no: number }>`
    select code, no from sensing.device where class = ${deviceClass} and code = any(${distinct})
      and status <> 'retired' and starts_with(division, ${prefix})`.execute(work.tx)
  return new Map(scope?.reach === 'own' ? [] : rows.map(({ code, no }) => [code, no]))
}
