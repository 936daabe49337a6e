/** Last days of the months from one day to another, at most ten years. */
export function monthEnds(from: string, to: string): string[] {
  const ends: string[] = []
  const [year, month] = from.split('-').map(Number) as [number, number]
  for (let at = 0; at < 120; at++) {
    const end = new Date(Date.UTC(year, month + at, 0)).toISOString().slice(0, 10)
    if (end >= to) return [...ends, to]
    ends.push(end)
  }
  return ends
}
