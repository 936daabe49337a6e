export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Pairwise: of all pairs of records put together, how many belong together, and the other way round. */
export function pairwise(found: ArrayLike<number>, truth: ArrayLike<number>): Score {
  const pairsOf = (key: (record: number) => readonly [number, number]) => {
    const words = new BigUint64Array(found.length)
    const halves = new Uint32Array(words.buffer)
    for (let record = 0; record < found.length; record++) {
      const [high, low] = key(record)
      halves[2 * record] = low
      halves[2 * record + 1] = high
    }
    words.sort()
    let pairs = 0
    for (let from = 0; from < words.length; ) {
      let until = from + 1
      while (until < words.length && words[until] === words[from]) until++
      pairs += ((until - from) * (until - from - 1)) / 2
      from = until
    }
    return pairs
  }
  const right = pairsOf((record) => [found[record] ?? 0, truth[record] ?? 0])
  const precision = right / pairsOf((record) => [found[record] ?? 0, 0])
  const recall = right / pairsOf((record) => [truth[record] ?? 0, 0])
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
