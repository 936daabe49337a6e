import { withoutRows } from './copy-rows.ts'
import { type KeySet, keyAt, lineAt } from './key-set.ts'
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
  const { keys, rows: good, refused: others } = chunk.prepared
  const repeated = seen.addAll(keys)
  if (repeated.size === 0) return chunk
  const before = new Map([...repeated].map(([row, first]) => [lineAt(keys, row), { first, key: keyAt(keys, row) }]))
  const rows = await reader.rawOf([...before.keys()])
  const refused = rows.map(({ line, cells }) => ({
    line,
    key: before.get(line)?.key ?? null,
    cells,
    reasons: [{ ...key, message: repeats(before.get(line)?.first ?? 0) }],
  }))
  return { ...chunk, prepared: { keys, rows: withoutRows(good, repeated), refused: [...others, ...refused] } }
}

const repeats = (line: number) => ({
  zh: `与文件第 ${line} 行重复（主键相同）`,
  en: `Repeats line ${line} of the file (same key)`,
})
