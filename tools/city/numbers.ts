import { type Day, writeDate } from './dates.ts'
import { citizenNumber } from './identifiers.ts'

/** For each day, division and sex there are 500 numbers; they are dealt out to the blocks in turn, so no two blocks give the same one. */
export class NumberOffice {
  readonly #used = new Map<string, number>()
  readonly #block: number
  readonly #blocks: number

  constructor(block: number, blocks: number) {
    this.#block = block
    this.#blocks = blocks
  }

  /**
   * Numbers for people born on one day (twins). Where the day has none left, the day before is taken.
   * @returns the day that was found and a number for each sex asked
   */
  issue(division: string, wanted: Day, sexes: readonly (1 | 2)[]): { birth: Day; numbers: string[] } {
    for (let birth = wanted; ; birth--) {
      const before = new Map<string, number | undefined>()
      const numbers: string[] = []
      for (const sex of sexes) {
        const key = `${division}${birth},${sex}`
        if (!before.has(key)) before.set(key, this.#used.get(key))
        const slot = this.#slot(birth, key)
        if (slot !== undefined)
          numbers.push(citizenNumber(division, writeDate(birth, 'basic'), slot * 2 + (sex === 1 ? 1 : 0)))
      }
      if (numbers.length === sexes.length) return { birth, numbers }
      for (const [key, count] of before) this.#used.set(key, count ?? 0)
    }
  }

  #slot(birth: Day, key: string): number | undefined {
    const taken = this.#used.get(key) ?? 0
    const first = (((this.#block - birth * 7) % this.#blocks) + this.#blocks) % this.#blocks
    // 000 is never issued
    const slot = first + taken * this.#blocks + (first === 0 ? this.#blocks : 0)
    if (slot >= 500) return undefined
    this.#used.set(key, taken + 1)
    return slot
  }
}
