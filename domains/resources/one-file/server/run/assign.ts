/** Entity numbers stay below this, so that a record and an entity fit into one number. */
const ROOM = 2 ** 27

/**
 * Gives each set of records the entity that most of them belonged to; an entity that two sets want stays with the
 * larger part.
 * @param root of each record the lowest record of its set
 * @param prior of each record the entity that it belonged to, 0 for none
 * @returns by root the entity, 0 for a new one
 */
export function assign(root: Int32Array, prior: Int32Array): Int32Array {
  const words = new Float64Array(root.length)
  let size = 0
  for (const [record, entity] of prior.entries()) if (entity > 0) words[size++] = (root[record] ?? 0) * ROOM + entity
  const sorted = words.subarray(0, size).sort()
  const shares: { root: number; entity: number; count: number }[] = []
  for (const word of sorted) {
    const last = shares.at(-1)
    const [set, entity] = [Math.floor(word / ROOM), word % ROOM]
    if (last && last.root === set && last.entity === entity) last.count++
    else shares.push({ root: set, entity, count: 1 })
  }
  shares.sort((a, b) => b.count - a.count || a.entity - b.entity || a.root - b.root)
  const kept = new Int32Array(root.length)
  const taken = new Set<number>()
  for (const { root: set, entity } of shares) {
    if (kept[set] || taken.has(entity)) continue
    kept[set] = entity
    taken.add(entity)
  }
  return kept
}
