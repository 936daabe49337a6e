import { isUtf8 } from 'node:buffer'
import { ByteHeap } from './byte-heap.ts'
import type { RawRow } from './reading.ts'

/** Where the cells of rows stand in bytes. */
export interface Places {
  /** Line of each row. */
  readonly lines: Uint32Array
  /** First cell of each row, and one more for the end. */
  readonly first: Uint32Array
  /** Begin and end of each cell. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Rows of a file as UTF-8: no text is made of a cell before somebody asks for it, as there are millions of them. */
export class RowBlock {
  readonly heap: ByteHeap
  readonly places: Places
  /** False if bytes are in it that do not belong to the file's encoding. */
  readonly isWhole: boolean

  constructor(heap: ByteHeap, places: Places) {
    this.heap = heap
    this.places = places
    this.isWhole = isUtf8(heap.bytes.subarray(0, heap.used))
  }

  get rows(): number {
    return this.places.lines.length
  }

  row(at: number): RawRow {
    const { lines, first, from, to } = this.places
    const cells: string[] = []
    for (let i = first[at] ?? 0; i < (first[at + 1] ?? 0); i++) cells.push(this.heap.text(from[i] ?? 0, to[i] ?? 0))
    return { line: lines[at] ?? 0, cells }
  }
}

/** Rows that a reader of another format has as texts. */
export function blockOf(rows: readonly RawRow[]): RowBlock {
  const count = rows.reduce((sum, { cells }) => sum + cells.length, 0)
  const heap = new ByteHeap(16 * count)
  const places = {
    lines: Uint32Array.from(rows, ({ line }) => line),
    first: new Uint32Array(rows.length + 1),
    from: new Uint32Array(count),
    to: new Uint32Array(count),
  }
  let at = 0
  for (const [row, { cells }] of rows.entries()) {
    for (const cell of cells) {
      places.from[at] = heap.putText(cell)
      places.to[at++] = heap.used
    }
    places.first[row + 1] = at
  }
  return new RowBlock(heap, places)
}
