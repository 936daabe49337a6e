import type { FeedRow, SlotRow } from '../tables.ts'

/** From here on people are told: log kept on the source's disk, or time since changes were last taken. Own choice. */
const LAG_LIMIT = { bytes: 2 ** 30, hours: 24 }

const HOUR_MS = 3_600_000

/** Since when changes of a feed have not been taken. */
export const behindSince = ({ last_good_at }: FeedRow, { made_at }: SlotRow): Date => last_good_at ?? made_at

export const isFarBehind = (slot: SlotRow, feed: FeedRow, now: Date): boolean =>
  (slot.lag_bytes ?? 0) > LAG_LIMIT.bytes ||
  now.getTime() - behindSince(feed, slot).getTime() > LAG_LIMIT.hours * HOUR_MS
