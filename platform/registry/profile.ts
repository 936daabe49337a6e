/** What one column of a file looks like; holds no values that could be a person's. */
export interface ColumnProfile {
  readonly name: string
  readonly filled: number
  readonly blank: number
  /** Distinct values, exact up to 10,000, then an estimate. */
  readonly distinct: number
  /** How many cells hold which kind of value. */
  readonly kinds: Readonly<Record<ValueKind, number>>
  /** Sum of the numbers as exact decimal text; null if there are none. */
  readonly sum: string | null
  /** Least and greatest number; null where cells are digits that may be somebody's number. */
  readonly min: string | null
  readonly max: string | null
  /** Sum of a hash of 32 bits of every filled cell, see `CellHash`. */
  readonly checksum: string
  /** Numbers by sign and power of ten (`+3`: 1000 to 9999), to see a change of unit. */
  readonly magnitudes: Readonly<Record<string, number>>
  /** Values and how often they come, where they are few, short and repeat. */
  readonly codes: Readonly<Record<string, number>> | null
  /** Cells with signs that are not in the encoding of the file. */
  readonly garbled: number
  /** Share, 0 to 1, of the Chinese cells looked at that were once read in the wrong encoding and saved so. */
  readonly misread: number
}

/** `digits`: leading zero, or so long that it is rather a number of somebody than an amount. */
export type ValueKind = 'integer' | 'decimal' | 'digits' | 'date' | 'text'

/** Of a cell's hash: `md5`, its first 32 bits, is what other databases can compute too; `fast` takes less than a tenth of the time. */
export type CellHash = 'md5' | 'fast'

export interface FileProfile {
  /** Rows below the header, blank ones left out. */
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  /** The file ends in the middle of a row. */
  readonly isCut: boolean
}
