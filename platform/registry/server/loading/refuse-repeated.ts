import { KEY_PARTS, type KeySet } from './key-set.ts'
import type { Reader } from './reader.ts'
import type { Chunk } from './store-chunk.ts'

/** Where a repeated row is marked: the first field of the key. */
export interface KeyPlace {
  readonly field: string | null
  /** In the file; -1 if the field has no column. */
  readonly column: number
}

/** Takes the rows whose key an earlier row of the file has out of a chunk and lists them as refused. */
export async function refuseRepeated(chunk: Chunk, seen: KeySet, reader: Reader, key: KeyPlace): Promise<Chunk> {
  const repeated = seen.addAll(chunk.keys)
  if (repeated.size === 0) return chunk
  const before = new Map([...repeated].map(([row, line]) => [chunk.keys[KEY_PARTS * row + 2] ?? 0, line]))
  const rows = await reader.rawOf([...before.keys()])
  const refused = rows.map(({ line, cells }) => ({
    line,
    cells,
    reasons: [{ ...key, message: repeats(before.get(line) ?? 0) }],
  }))
  const text = withoutRows(chunk.text, repeated)
  return { ...chunk, text, good: chunk.good - repeated.size, refused: [...chunk.refused, ...refused] }
}

const repeats = (line: number) => ({
  zh: `与文件第 ${line} 行重复（主键相同）`,
  en: `Repeats line ${line} of the file (same key)`,
})

const NEW_LINE = 10

/** COPY text without some of its rows; a line's end within a value is written as two signs there. */
function withoutRows(text: Uint8Array, rows: ReadonlyMap<number, unknown>): Uint8Array {
  const kept: Uint8Array[] = []
  for (let row = 0, from = 0; from < text.length; row++) {
    const to = text.indexOf(NEW_LINE, from) + 1
    if (!rows.has(row)) kept.push(text.subarray(from, to))
    from = to
  }
  return Buffer.concat(kept)
}
