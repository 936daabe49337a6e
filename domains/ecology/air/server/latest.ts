import { indicators, type Measured } from '#platform/indicators'
import { type App, DAY, HOUR } from '#runtime'
import { basisOf } from './measured.ts'

/** A live picture may not show an hour that is older. */
const FRESH_MS = 3 * HOUR
/** Ever wider looks back, so that the common case reads little. */
const LOOKS = [2 * DAY, 60 * DAY, 40 * 366 * DAY]

/** The newest value of each member, however old. */
export async function latestValues(
  app: App,
  indicator: string,
  members: readonly string[],
): Promise<ReadonlyMap<string, Measured>> {
  const found = new Map<string, Measured>()
  const now = app.now()
  for (const look of LOOKS) {
    const rest = members.filter((member) => !found.has(member))
    if (rest.length === 0) break
    const to = new Date(now.getTime() + HOUR)
    for (const value of await app
      .use(indicators)
      .values(indicator, { members: rest, from: new Date(now.getTime() - look), to }))
      if ((found.get(value.member)?.period ?? '') <= value.period) found.set(value.member, value)
  }
  return found
}

/**
 * Whether a value is of an hour recent enough for a live picture. A replayed one is compared with the newest replayed hour
 * among those given: the replay is what stands for now.
 */
export function freshness(app: App, given: Iterable<Measured>): (value: Measured) => boolean {
  const now = app.now().getTime()
  const replayed = Math.max(...[...given].filter(isReplayed).map(({ period }) => Date.parse(period)))
  return (value) => (isReplayed(value) ? replayed : now) - Date.parse(value.period) <= FRESH_MS + HOUR
}

const isReplayed = (value: Measured): boolean => basisOf(value).replay === true
