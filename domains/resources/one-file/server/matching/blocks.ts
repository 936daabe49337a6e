import type { Block } from './model.ts'

/** Groups of records with equal keys, found by one native sort of key and record in one word of 64 bits. */
export class Grouping {
  readonly #words: BigUint64Array
  readonly #halves: Uint32Array
  readonly #size: number

  /** `buffer` may be given again for the next block; it needs 8 bytes a record. */
  constructor(records: number, { key }: Pick<Block, 'key'>, buffer = new ArrayBuffer(8 * records)) {
    this.#halves = new Uint32Array(buffer)
    let size = 0
    for (let record = 0; record < records; record++) {
      const value = key(record)
      if (value === 0) continue
      this.#halves[2 * size] = record
      this.#halves[2 * size + 1] = value
      size++
    }
    this.#size = size
    this.#words = new BigUint64Array(buffer, 0, size)
    this.#words.sort()
  }

  /**
   * Calls back for each group of two or more, with records ascending in `at(from)` to `at(until - 1)`.
   * @param most larger groups say too little and are passed over
   * @returns how many groups were passed over
   */
  groups(most: number, visit: (from: number, until: number) => void): number {
    let passed = 0
    for (let from = 0; from < this.#size; ) {
      let until = from + 1
      const key = this.#halves[2 * from + 1]
      while (until < this.#size && this.#halves[2 * until + 1] === key) until++
      if (until - from > most) passed++
      else if (until - from > 1) visit(from, until)
      from = until
    }
    return passed
  }

  at(place: number): number {
    return this.#halves[2 * place] ?? 0
  }
}

/** Groups larger than this are not compared: a value that so many share tells nobody apart. */
export const LARGEST_GROUP = 400

/** Calls back for each pair of a block. */
export function eachPair(grouping: Grouping, visit: (a: number, b: number) => void): number {
  return grouping.groups(LARGEST_GROUP, (from, until) => {
    for (let i = from; i < until - 1; i++) {
      const a = grouping.at(i)
      for (let j = i + 1; j < until; j++) visit(a, grouping.at(j))
    }
  })
}
