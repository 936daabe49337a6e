import iconv from 'iconv-lite'
import type { Block } from './block.ts'
import { numberOf, Random } from './random.ts'
import { type Cell, Scribe } from './scribe.ts'
import type { Slip, Tallies } from './slips.ts'
import type { Source } from './source.ts'

/** The rows of one block in one file. */
export interface Chunk {
  readonly rows: number
  readonly data: Uint8Array<ArrayBuffer>
  /** A line a row: ids and mistakes. */
  readonly truth: Uint8Array<ArrayBuffer>
  readonly tallies: Tallies
  /** Of the columns of `Source.control`, in their order. */
  readonly sums: readonly number[]
}

export function writeChunk(block: Block, source: Source): Chunk {
  const { entries, about, cells, gone } = source.content
  const random = new Random(block.seed, 4, block.plan.index, numberOf(source.id))
  const scribe = new Scribe(random, source.slips, source.dates, source.format === 'csv' && source.encoding === 'gbk')
  const list: { entry: unknown; made: readonly Slip[] }[] = []
  for (const entry of entries(block)) {
    const kept = gone?.(entry)
    if (kept && !scribe.slip(kept)) continue
    if (scribe.slip('missed')) continue
    const made = kept ? [kept] : []
    list.push({ entry, made })
    if (scribe.slip('duplicate')) list.push({ entry, made: [...made, 'duplicate'] })
  }
  random.shuffle(list)
  const lines: string[] = []
  const truth: string[] = []
  const summed = (source.control ?? []).map((column) => source.columns.indexOf(column))
  const sums = summed.map(() => 0)
  for (const { entry, made } of list) {
    scribe.made = [...made]
    const row = cells(entry, scribe)
    lines.push(line(source, row))
    for (const [at, column] of summed.entries()) sums[at] = (sums[at] ?? 0) + Number(row[column])
    const [one, other = ''] = about(entry)
    truth.push(`${one},${other},${scribe.made.join(' ')}\n`)
  }
  return {
    rows: list.length,
    data: encoded(source, lines.join(source.format === 'json' ? ',\n' : '')),
    truth: Uint8Array.from(Buffer.from(truth.join(''))),
    tallies: scribe.tallies,
    sums,
  }
}

/** What stands before the first row, in the file's encoding; workbooks have their own. */
export function heading(source: Source): Uint8Array {
  if (source.format === 'json') return encoded(source, '[\n')
  if (source.format === 'jsonl') return new Uint8Array()
  return encoded(source, (source.encoding === 'utf-8-bom' ? '\ufeff' : '') + line(source, source.columns))
}

function line(source: Source, cells: readonly Cell[]): string {
  if (source.format === 'csv')
    return `${cells.map((cell) => quoted(cell, source.separator ?? ',')).join(source.separator ?? ',')}\r\n`
  if (source.format === 'xlsx') return sheetRow(cells)
  const record = JSON.stringify(Object.fromEntries(source.columns.map((column, at) => [column, cells[at]])))
  return source.format === 'jsonl' ? `${record}\n` : record
}

function quoted(cell: Cell, separator: string): string {
  if (typeof cell === 'number') return String(cell)
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The cells of a worksheet's row without their places, which only the whole sheet knows; U+001F stands between them. */
export function sheetRow(cells: readonly Cell[]): string {
  const inner = cells.map((cell) => {
    if (typeof cell === 'number') return `><v>${cell}</v></c>`
    if (cell === '') return ''
    return ` t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`
  })
  return `${inner.join('\u001f')}\n`
}

function encoded(source: Source, text: string): Uint8Array<ArrayBuffer> {
  const plain = source.format !== 'csv' || source.encoding.startsWith('utf-8')
  return Uint8Array.from(plain ? Buffer.from(text) : iconv.encode(text, source.encoding))
}
