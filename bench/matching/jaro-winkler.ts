/** Jaro–Winkler similarity of two texts, 0 to 1. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const jaro = jaroOf(a, b)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(a: string, b: string): number {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  const common: string[] = []
  for (let i = 0; i < a.length; i++)
    for (let j = Math.max(0, i - window); j < Math.min(b.length, i + window + 1); j++)
      if (taken[j] === 0 && a[i] === b[j]) {
        taken[j] = 1
        common.push(a.charAt(i))
        break
      }
  if (common.length === 0) return 0
  const others = [...b].filter((_, j) => taken[j] === 1)
  const moved = common.filter((sign, at) => sign !== others[at]).length / 2
  const { length } = common
  return (length / a.length + length / b.length + (length - moved) / length) / 3
}

/** Whether two texts differ in one sign: another one, one more or less, or two neighbours that changed places. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}
