/** Of this trial; its name tells it. */
export const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

/** Repeatable instants (mulberry32). */
export function random(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
