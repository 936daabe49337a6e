import { blindIndexSpans, NO_VALUE, type Spans, sealSpans } from '#platform/crypto'
import type { Words } from '../../../runtime/words.ts'
import { ColumnReader, type Places } from '../cells/column-reader.ts'
import type { Slot } from '../cells/plan.ts'
import type { RowBlock } from '../reading/row-block.ts'
import type { FieldKeys } from '../sealer.ts'
import { type CopyRows, copyRows, originFields, type RowOrigin } from './copy-rows.ts'
import { keyAt, keyList } from './key-set.ts'

/** What the preparing of rows needs to know; plain data. */
export interface Preparation {
  readonly slots: readonly Slot[]
  /** Slot of each column of the file, null where it is left out. */
  readonly columns: readonly (string | null)[]
  /** Type of each column of the table, see `columnTypes`. */
  readonly types: Readonly<Record<string, string>>
  /** Slots that make the key. */
  readonly key: readonly string[]
  readonly keys: FieldKeys
  readonly origin: RowOrigin
}

/** What is wrong with one cell; `column` is its place in the file, -1 for the row as a whole. */
export interface CellReason {
  readonly field: string | null
  readonly column: number
  readonly message: Words
}

export interface Refusal {
  readonly line: number
  /** See `keyAt`; null where the key itself cannot be read. */
  readonly key: string | null
  readonly cells: readonly string[]
  readonly reasons: readonly CellReason[]
}

export interface PreparedChunk {
  /** Good rows: the columns of `stagedColumns`, then `ORIGIN_COLUMNS`. */
  readonly rows: CopyRows
  /** Keys of the good rows in their order, see `keyList`; whether they come twice in the file is for the caller to find. */
  readonly keys: Uint32Array<ArrayBuffer>
  readonly refused: readonly Refusal[]
}

interface Used {
  readonly slot: Slot
  /** Place in the file. */
  readonly at: number
  readonly reader: ColumnReader
}

/** Columns of the prepared rows, in order. */
export function stagedColumns({ slots, columns }: Pick<Preparation, 'slots' | 'columns'>): string[] {
  const used = columns.flatMap((id) => slots.find((slot) => slot.id === id) ?? [])
  return used.flatMap(({ column, sealed }) => (sealed ? [column, `${column}_index`] : [column]))
}

/** Turns raw rows into rows ready for the table. */
export class ChunkPreparer {
  readonly #used: readonly Used[]
  readonly #key: readonly number[]
  readonly #keys: FieldKeys
  readonly #width: number
  readonly #origin: Buffer

  constructor({ slots, columns, types, key, keys, origin }: Preparation) {
    this.#used = columns.flatMap((id, at) => {
      const slot = slots.find((each) => each.id === id)
      if (!slot) return []
      const type = slot.sealed ? 'text' : (types[slot.column] ?? 'text')
      return { slot, at, reader: new ColumnReader(slot, type) }
    })
    this.#key = key.map((id) => this.#used.findIndex(({ slot }) => slot.id === id)).filter((at) => at >= 0)
    this.#keys = keys
    this.#width = columns.length
    this.#origin = originFields(origin)
  }

  /** The keys of rows that were stored before an interruption. */
  keysOf(block: RowBlock): Uint32Array<ArrayBuffer> {
    const { columns, lines } = this.#check(block)
    return keyList(
      this.#key.map((at) => this.#keyColumn(at, columns[at] as Spans)),
      lines,
    )
  }

  prepare(block: RowBlock): PreparedChunk {
    const { columns, lines, refused } = this.#check(block)
    const stored: Spans[] = []
    const keyed = new Map<number, Spans>()
    for (const [at, { slot }] of this.#used.entries()) {
      const values = columns[at] as Spans
      const key = this.#keyColumn(at, values)
      keyed.set(at, key)
      stored.push(...(slot.sealed ? [sealSpans(this.#keys.field.current, slot.context, values), key] : [values]))
    }
    const keys = keyList(
      this.#key.map((at) => keyed.get(at) as Spans),
      lines,
    )
    return { rows: copyRows(stored, lines, this.#origin), keys, refused }
  }

  /** What equality of a column is decided on: the blind index of a sealed one. */
  #keyColumn(at: number, values: Spans): Spans {
    const slot = this.#used[at]?.slot
    return slot?.sealed ? blindIndexSpans(this.#keys.index.current, slot.context, values) : values
  }

  /** The values of the good rows by column, and the other rows with what is wrong. */
  #check(block: RowBlock) {
    const wrong = new Map<number, CellReason[]>()
    const refuse = (row: number, reason: CellReason) => {
      const before = wrong.get(row)
      if (before) before.push(reason)
      else wrong.set(row, [reason])
    }
    const places = this.#used.map(({ slot, at, reader }) =>
      reader.read(block, at, (row, message) => refuse(row, { field: slot.id, column: at, message })),
    )
    this.#refuseWide(block, refuse)
    const refused = this.#refused(block, places, wrong).filter(({ cells }) => !isEmpty(cells))
    const good = Uint32Array.from(Array.from(block.places.lines.keys()).filter((row) => !wrong.has(row)))
    const { bytes } = block.heap
    return {
      columns: places.map((each) => ({ bytes, ...only(each, good) })),
      lines: good.map((row) => block.places.lines[row] as number),
      refused,
    }
  }

  /** The rows in which something is wrong, in their order. */
  #refused(
    block: RowBlock,
    places: readonly Places[],
    wrong: ReadonlyMap<number, readonly CellReason[]>,
  ): readonly Refusal[] {
    const rows = Uint32Array.from(wrong.keys()).sort()
    const { bytes } = block.heap
    const key = this.#key.map((at) => this.#keyColumn(at, { bytes, ...only(places[at] as Places, rows) }))
    const keys = keyList(key, rows)
    const inKey = new Set(this.#key.map((at) => this.#used[at]?.at))
    return Array.from(rows, (row, n) => {
      const reasons = wrong.get(row) ?? []
      // In a row that is too wide nobody knows which cell is which.
      const isRead = !reasons.some(({ column }) => column < 0 || inKey.has(column))
      return { ...block.row(row), key: isRead ? keyAt(keys, n) : null, reasons }
    })
  }

  #refuseWide(block: RowBlock, refuse: (row: number, reason: CellReason) => void): void {
    const { first } = block.places
    for (let row = 0; row < block.rows; row++) {
      if ((first[row + 1] as number) - (first[row] as number) <= this.#width) continue
      const isFilled = !isEmpty(block.row(row).cells.slice(this.#width))
      if (isFilled) refuse(row, { field: null, column: -1, message: TOO_WIDE })
    }
  }
}

/** The values of some rows. */
function only({ from, to }: Places, rows: Uint32Array): Places {
  if (rows.length === from.length) return { from, to }
  return { from: rows.map((row) => from[row] ?? NO_VALUE), to: rows.map((row) => to[row] ?? 0) }
}

const TOO_WIDE: Words = {
  zh: '这一行的列数比标题行多，可能缺少引号或分隔符有误',
  en: 'This row has more cells than the header; a quotation mark may be missing or a separator be wrong',
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')
