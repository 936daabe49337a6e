import type { Light, SlotView } from '../../contract.ts'
import type { RunState } from '../../run.ts'
import { dueAt } from '../schedule/tick.ts'
import type { FeedRow } from '../tables.ts'

const BAD: readonly RunState[] = ['halted', 'failed', 'incomplete']
const AT_WORK: readonly RunState[] = ['collecting', 'checking', 'loading', 'removing']
/** The last part of the time that a feed has is yellow. */
const SOON = 0.2

/** See `Light`. */
export function lightOf(
  feed: FeedRow,
  last: RunState | undefined,
  slots: readonly Pick<SlotView, 'isFarBehind' | 'problem'>[],
  now: Date,
): Light {
  // One that was left behind harms its source, also when the feed is off.
  if (slots.some(({ problem }) => problem)) return 'red'
  if (!feed.is_on) return 'grey'
  if (slots.some(({ isFarBehind }) => isFarBehind)) return 'red'
  if (last && BAD.includes(last)) return 'red'
  const due = dueAt(feed)
  if (due && due <= now) return 'red'
  if (last && AT_WORK.includes(last)) return 'yellow'
  if (due && feed.last_good_at && due.getTime() - now.getTime() < SOON * (due.getTime() - feed.last_good_at.getTime()))
    return 'yellow'
  return feed.last_good_at ? 'green' : 'grey'
}

const ORDER: readonly Light[] = ['red', 'yellow', 'green', 'grey']

/** The most urgent of several lights. */
export const worst = (lights: readonly Light[]): Light => ORDER.find((light) => lights.includes(light)) ?? 'grey'
