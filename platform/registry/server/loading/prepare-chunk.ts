import type { Words } from '../../../runtime/words.ts'
import type { Slot } from '../cells/plan.ts'
import { type CellReader, cellReader } from '../cells/read-cell.ts'
import type { RawRow } from '../reading/reading.ts'
import type { FieldKeys } from '../sealer.ts'
import { copyCell, copyColumn, utf8 } from './copy-text.ts'
import { KeyList } from './key-set.ts'

/** What the preparing of rows needs to know; plain data. */
export interface Preparation {
  readonly slots: readonly Slot[]
  /** Slot of each column of the file, null where it is left out. */
  readonly columns: readonly (string | null)[]
  /** Slots that make the key. */
  readonly key: readonly string[]
  readonly keys: FieldKeys
  readonly origin: RowOrigin
}

/** What the rows keep of the import that brings them. */
export interface RowOrigin {
  /** ISO 8601 */
  readonly since: string
  readonly by: string
  readonly load: number
}

/** What is wrong with one cell; `column` is its place in the file, -1 for the row as a whole. */
export interface CellReason {
  readonly field: string | null
  readonly column: number
  readonly message: Words
}

export interface Refusal {
  readonly line: number
  readonly cells: readonly string[]
  readonly reasons: readonly CellReason[]
}

export interface PreparedChunk {
  /** Good rows in the text format of COPY: the columns of `stagedColumns`, then `ORIGIN_COLUMNS`. */
  readonly text: Uint8Array<ArrayBuffer>
  /** Keys of the good rows in their order, see `KeyList`; whether they come twice in the file is for the caller to find. */
  readonly keys: Uint32Array<ArrayBuffer>
  readonly good: number
  readonly refused: readonly Refusal[]
}

interface Used {
  readonly slot: Slot
  readonly at: number
  readonly read: CellReader
}

/** Last columns of the prepared text. */
export const ORIGIN_COLUMNS = ['_line', '_since', '_by', '_load'] as const

/** Columns of the prepared text, in order. */
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
  readonly #origin: string

  constructor({ slots, columns, key, keys, origin }: Preparation) {
    this.#used = columns.flatMap((id, at) => {
      const slot = slots.find((each) => each.id === id)
      return slot ? [{ slot, at, read: cellReader(slot) }] : []
    })
    this.#key = key.map((id) => this.#used.findIndex(({ slot }) => slot.id === id))
    this.#keys = keys
    this.#width = columns.length
    this.#origin = `\t${origin.since}\t${copyCell(origin.by)}\t${origin.load}\n`
  }

  /** The keys of rows that were stored before an interruption. */
  keysOf(rows: readonly RawRow[]): Uint32Array<ArrayBuffer> {
    return this.#check(rows).keys
  }

  prepare(rows: readonly RawRow[]): PreparedChunk {
    const { columns, keys, lines, refused } = this.#check(rows)
    return { text: this.#copyText(columns, lines), keys, good: lines.length, refused }
  }

  #check(rows: readonly RawRow[]) {
    const columns: (string | null)[][] = this.#used.map(() => [])
    const lines: number[] = []
    const keys = new KeyList(rows.length)
    const refused: Refusal[] = []
    const values = new Array<string | null>(this.#used.length).fill(null)
    for (const row of rows) {
      const reasons = this.#readRow(row, values)
      if (reasons === 'blank') continue
      if (reasons) {
        refused.push({ line: row.line, cells: row.cells, reasons })
        continue
      }
      for (let i = 0; i < values.length; i++) columns[i]?.push(values[i] ?? null)
      keys.add(this.#keyOf(values), row.line)
      lines.push(row.line)
    }
    return { columns, keys: keys.parts, lines, refused }
  }

  #readRow({ cells }: RawRow, values: (string | null)[]): CellReason[] | 'blank' | undefined {
    let reasons: CellReason[] | undefined
    for (let i = 0; i < this.#used.length; i++) {
      const { slot, at, read } = this.#used[i] as Used
      const value = read(cells[at] ?? '')
      if (value !== null && typeof value === 'object') {
        if (!reasons && isEmpty(cells)) return 'blank'
        reasons ??= []
        reasons.push({ field: slot.id, column: at, message: value })
      } else values[i] = value
    }
    if (cells.length > this.#width && cells.slice(this.#width).some((cell) => cell.trim() !== '')) {
      reasons ??= []
      reasons.push({ field: null, column: -1, message: TOO_WIDE })
    }
    return reasons
  }

  #keyOf(values: readonly (string | null)[]): string {
    const [first = 0, ...others] = this.#key
    let key = values[first] ?? ''
    for (const i of others) key += `\u0001${values[i] ?? ''}`
    return key
  }

  #copyText(columns: readonly (readonly (string | null)[])[], lines: readonly number[]): Uint8Array<ArrayBuffer> {
    const parts = this.#used.map(({ slot }, i) => copyColumn(slot, this.#keys, columns[i] ?? []))
    const rows = new Array<string>(lines.length)
    for (let row = 0; row < rows.length; row++) {
      let text = ''
      for (const part of parts) text += part(row)
      rows[row] = `${text}${lines[row]}${this.#origin}`
    }
    return utf8(rows.join(''))
  }
}

const TOO_WIDE: Words = {
  zh: '这一行的列数比标题行多，可能缺少引号或分隔符有误',
  en: 'This row has more cells than the header; a quotation mark may be missing or a separator be wrong',
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')
