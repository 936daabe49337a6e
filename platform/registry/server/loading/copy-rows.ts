import { copySpan, NO_VALUE, type Spans } from '#platform/crypto'
import { instantMicroseconds, int64 } from '../cells/binary.ts'

/** Rows in the binary format of COPY, without header and trailer. */
export interface CopyRows {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each row ends. */
  readonly ends: Uint32Array<ArrayBuffer>
}

/** What the rows keep of the import that brings them. */
export interface RowOrigin {
  /** ISO 8601 */
  readonly since: string
  readonly by: string
  readonly load: number
}

/** Last columns of every row. */
export const ORIGIN_COLUMNS = ['_line', '_since', '_by', '_load'] as const

const LENGTH_BYTES = 4

/** The origin of rows as fields of COPY, for all columns but the line. */
export function originFields({ since, by, load }: RowOrigin): Buffer {
  const values = [int64(instantMicroseconds(since)), Buffer.from(by), int64(BigInt(load))]
  return Buffer.concat(
    values.flatMap((value) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeInt32BE(value.length)
      return [length, value]
    }),
  )
}

/** Writes rows column by column as COPY wants them. @param lines of the rows @param origin see `originFields` */
export function copyRows(columns: readonly Spans[], lines: Uint32Array, origin: Uint8Array): CopyRows {
  const bytes = new Uint8Array(sizeOf(columns, lines.length, origin.length))
  const ends = new Uint32Array(lines.length)
  const fields = columns.length + ORIGIN_COLUMNS.length
  let at = 0
  for (let row = 0; row < lines.length; row++) {
    bytes[at] = fields >>> 8
    bytes[at + 1] = fields
    at += 2
    for (const { bytes: values, from, to } of columns) {
      const begin = from[row] as number
      if (begin === NO_VALUE) at = putInt32(bytes, at, -1)
      else {
        const end = to[row] as number
        at = copySpan(values, begin, end, bytes, putInt32(bytes, at, end - begin))
      }
    }
    at = putInt32(bytes, putInt32(bytes, at, LENGTH_BYTES), lines[row] as number)
    at = copySpan(origin, 0, origin.length, bytes, at)
    ends[row] = at
  }
  return { bytes, ends }
}

function sizeOf(columns: readonly Spans[], rows: number, origin: number): number {
  let size = rows * (2 + LENGTH_BYTES * (columns.length + 2) + origin)
  for (const { from, to } of columns)
    for (let row = 0; row < rows; row++) if (from[row] !== NO_VALUE) size += (to[row] as number) - (from[row] as number)
  return size
}

function putInt32(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
  return at + 4
}

/** The rows without some of them, by their place. */
export function withoutRows({ bytes, ends }: CopyRows, places: ReadonlyMap<number, unknown>): CopyRows {
  const kept = Array.from(ends.keys()).filter((row) => !places.has(row))
  const parts = kept.map((row) => bytes.subarray(ends[row - 1] ?? 0, ends[row]))
  let size = 0
  return { bytes: new Uint8Array(Buffer.concat(parts)), ends: Uint32Array.from(parts, (part) => (size += part.length)) }
}
