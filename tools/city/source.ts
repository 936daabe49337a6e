import type { Block } from './block.ts'
import type { DateForm } from './dates.ts'
import type { Cell, Scribe } from './scribe.ts'
import type { Rates, Slip } from './slips.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'gbk' | 'gb18030'

/** What a file looks like; its name is `<id>.<format>`. */
interface Look {
  readonly id: string
  readonly department: string
  readonly title: string
  readonly format: 'csv' | 'xlsx' | 'json' | 'jsonl'
  /** Of csv; the others are UTF-8. */
  readonly encoding: Encoding
  /** Between the cells of csv; a comma unless told. */
  readonly separator?: ',' | '\t' | '|'
  readonly dates: DateForm
  readonly columns: readonly string[]
  readonly slips: Rates
  /** Columns of whole numbers whose sums the department tells, with the rows, in `<file>.check`; absent where it tells nothing. */
  readonly control?: readonly string[]
}

interface Content<X> {
  readonly entries: (block: Block) => Iterable<X>
  /** Ids of the one (or two) the row is about, for the truth. */
  readonly about: (entry: X) => readonly [string, string?] | readonly [string, string | undefined]
  readonly cells: (entry: X, scribe: Scribe) => readonly Cell[]
  /** The mistake by which an entry that should be gone is still there; undefined for the others. */
  readonly gone?: (entry: X) => Slip | undefined
}

/** One file that a department hands over. */
export interface Source extends Look {
  readonly content: Content<unknown>
}

export function source<X>({ entries, about, cells, gone, ...look }: Look & Content<X>): Source {
  const content: Content<X> = gone ? { entries, about, cells, gone } : { entries, about, cells }
  return { ...look, content: content as Content<unknown> }
}
