import { NO_VALUE, type Spans } from '#platform/crypto'
import type { Words } from '../../../runtime/words.ts'
import type { RowBlock } from '../reading/row-block.ts'
import { encoderOf, isTextType } from './binary.ts'
import { CellCache } from './cell-cache.ts'
import { type IsPlain, plainDay, plainTest } from './plain-bytes.ts'
import type { Slot } from './plan.ts'
import { cellReader } from './read-cell.ts'

/** What a cell holds: bytes in PostgreSQL's binary format, nothing, or what is wrong with it. */
type Outcome = Uint8Array | null | Words

/** Where the values of a column stand in the heap of their block. */
export type Places = Pick<Spans, 'from' | 'to'>

const BEYOND: Words = { zh: '数字超出这一列的范围', en: 'The number is beyond the range of this column' }

/**
 * Reads one column of blocks of rows. Most cells are stored as they stand or repeat another; only the rest is made a text
 * and read by `cellReader`, which alone says what is right.
 */
export class ColumnReader {
  readonly #read: (text: string) => Outcome
  readonly #isPlain: IsPlain | undefined
  readonly #isDate: boolean
  readonly #cache = new CellCache<Outcome>()
  readonly #empty: Outcome

  /** @param type of the column in `pg_type`; a sealed one counts as text */
  constructor(slot: Slot, type: string) {
    const read = cellReader(slot)
    const encode = encoderOf(type)
    this.#read = (text) => {
      const value = read(text)
      return typeof value === 'string' ? (encode(value) ?? BEYOND) : value
    }
    this.#isPlain = isTextType(type) ? plainTest(slot) : undefined
    this.#isDate = slot.kind === 'date' && type === 'date'
    this.#empty = this.#read('')
  }

  /** @param column place in the file @param refuse hears what is wrong with the cell of a row */
  read(
    { places, heap, isWhole, rows }: RowBlock,
    column: number,
    refuse: (row: number, message: Words) => void,
  ): Places {
    const from = new Uint32Array(rows).fill(NO_VALUE)
    const to = new Uint32Array(rows)
    const isPlain = isWhole ? this.#isPlain : undefined
    for (let row = 0; row < rows; row++) {
      const cell = (places.first[row] as number) + column
      const isThere = cell < (places.first[row + 1] as number)
      const begin = isThere ? (places.from[cell] as number) : 0
      const end = isThere ? (places.to[cell] as number) : 0
      if (isPlain && begin < end && isPlain(heap.bytes, begin, end)) {
        from[row] = begin
        to[row] = end
        continue
      }
      const day = this.#isDate ? plainDay(heap.bytes, begin, end) : undefined
      if (day !== undefined) {
        from[row] = heap.putInt32(day)
        to[row] = heap.used
        continue
      }
      const outcome = begin === end ? this.#empty : this.#outcome(heap.bytes, begin, end)
      if (outcome instanceof Uint8Array) {
        from[row] = heap.put(outcome)
        to[row] = heap.used
      } else if (outcome !== null) refuse(row, outcome)
    }
    return { from, to }
  }

  #outcome(bytes: Buffer, begin: number, end: number): Outcome {
    return this.#cache.get(bytes, begin, end, () => this.#read(bytes.toString('utf8', begin, end)))
  }
}
