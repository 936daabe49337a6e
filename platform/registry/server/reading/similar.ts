import { plain } from '../cells/clean.ts'

/** Title of a column without what sources add to it: spaces, notes in brackets, units, stars, case. */
export const bare = (title: string): string =>
  plain(title)
    .replace(/\(.*?\)|（.*?）|【.*?】|\[.*?\]/g, '')
    .replace(/[\s*:：_-]/g, '')
    .toLowerCase()

/** Signs and pairs of neighbouring signs: a Chinese title has too few for longer pieces. */
function pieces(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const signs = [...text]
  const add = (piece: string) => counts.set(piece, (counts.get(piece) ?? 0) + 1)
  for (const [at, sign] of signs.entries()) {
    add(sign)
    const next = signs[at + 1]
    if (next !== undefined) add(sign + next)
  }
  return counts
}

/** Dice coefficient of two bare titles over their signs and pairs of signs: 0 nothing in common, 1 the same. */
export function similarity(a: string, b: string): number {
  if (a === '' || b === '') return 0
  if (a === b) return 1
  const [left, right] = [pieces(a), pieces(b)]
  let common = 0
  for (const [piece, count] of left) common += Math.min(count, right.get(piece) ?? 0)
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)
  return (2 * common) / (total(left) + total(right))
}
