import { type Db, NotFound, type Work } from '#runtime'
import type { Connection } from '../../contract.ts'
import { slotName } from '../connectors/postgres-slots.ts'
import { type FeedRow, type SlotRow, type SourceRow, sourcesTables } from '../tables.ts'

/** Which database a slot is in; not as whom it is reached. */
export const slotPlace = (connection: Connection): string =>
  connection.kind === 'postgres' ? `${connection.host.toLowerCase()}:${connection.port}/${connection.database}` : ''

/** Notes that a slot exists at a source from now on. */
export async function noteSlot({ tx, at }: Work, name: string, feed: FeedRow, source: SourceRow): Promise<void> {
  await sourcesTables(tx)
    .insertInto('sources.slot')
    .values({ name, place: slotPlace(source.connection), source: source.id, feed: feed.id, made_at: at })
    .onConflict((conflict) => conflict.columns(['name', 'place']).doUpdateSet({ made_at: at, problem: null }))
    .execute()
}

/** Slots with the feed they were made for. */
export async function slotsWithFeeds(db: Db, source: string): Promise<{ slot: SlotRow; feed: FeedRow }[]> {
  const tables = sourcesTables(db)
  const [slots, feeds] = await Promise.all([
    tables.selectFrom('sources.slot').selectAll().where('source', '=', source).orderBy('name').execute(),
    tables.selectFrom('sources.feed').selectAll().where('source', '=', source).execute(),
  ])
  return slots.flatMap((slot) => feeds.filter(({ id }) => id === slot.feed).map((feed) => ({ slot, feed })))
}

/** Believes a person that a slot which cannot be reached any more is gone. @throws NotFound */
export async function forgetSlot(work: Work, feed: string, name: string): Promise<void> {
  const gone = await sourcesTables(work.tx)
    .deleteFrom('sources.slot')
    .where('feed', '=', feed)
    .where('name', '=', name)
    .where('problem', 'is not', null)
    .returning('place')
    .execute()
  if (gone.length === 0) throw new NotFound()
  const details = { slot: name, places: gone.map(({ place }) => place), byHand: true }
  work.audit({ event: 'sources.slot.dropped', subject: { kind: 'sources.feed', id: feed }, details })
}

/** Whether a feed that is in use collects through a slot. */
export const isWanted = ({ name, place }: SlotRow, { is_on, definition }: FeedRow, source: SourceRow): boolean =>
  source.is_on &&
  is_on &&
  definition.mode === 'replication' &&
  slotName(definition) === name &&
  slotPlace(source.connection) === place

/** Orders a look at the slots of a source: what nobody wants is dropped, of the others the lag is read. */
export const orderSlots = (work: Work, source: string): void =>
  work.enqueue('sources.slots', { source }, { key: source })
