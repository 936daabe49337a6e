import type { Light } from '#runtime'

/** The light of a matter at an instant, from what is stored with it; lists compute the same in SQL. */
export function lightAt(due: Date | null, warn: Date | null, now: Date): Light {
  if (due === null) return 'grey'
  if (now >= due) return 'red'
  return warn !== null && now >= warn ? 'yellow' : 'green'
}
