import { join } from 'node:path'
import type { Kind } from '../../domains/resources/one-file/server/matching/match.ts'
import { type Block, type Comparison, textKey } from '../../domains/resources/one-file/server/matching/model.ts'
import type { Training } from '../../domains/resources/one-file/server/matching/train.ts'
import { type Row, readCsv } from '../../tools/data/csv.ts'
import { isOneEdit, jaroWinkler } from './jaro-winkler.ts'

/** Rows of FEBRL files as the engine sees them; `entity` from `rec-223-dup-0` is 223. */
export class Febrl {
  readonly rows: readonly Row[]
  readonly entity: Int32Array
  /** File each row is from. */
  readonly file: Uint8Array

  constructor(names: readonly string[]) {
    const files = names.map((name) => readCsv(join(import.meta.dirname, '../../data/febrl', `${name}.csv`)))
    this.rows = files.flat()
    this.file = Uint8Array.from(files.flatMap((rows, at) => rows.map(() => at)))
    this.entity = Int32Array.from(this.rows, (row) => Number(/^rec-(\d+)-/.exec(row.rec_id ?? '')?.[1]))
  }

  cell(record: number, column: string): string {
    return this.rows[record]?.[column] ?? ''
  }

  comparisons(): readonly Comparison[] {
    return [
      this.#text('given_name'),
      this.#text('surname'),
      this.#digits('date_of_birth'),
      this.#digits('soc_sec_id'),
      this.#digits('street_number'),
      this.#text('address_1'),
      this.#text('address_2'),
      this.#text('suburb'),
      this.#digits('postcode'),
      this.#digits('state'),
    ]
  }

  blocks(): readonly Block[] {
    const by = (...columns: readonly string[]): Block => ({
      id: columns.join(' and '),
      key: (record) => {
        const cells = columns.map((column) => this.cell(record, column))
        return cells.includes('') ? 0 : textKey(cells.join('|'))
      },
    })
    return [
      by('soc_sec_id'),
      by('date_of_birth'),
      by('given_name', 'surname'),
      by('surname', 'postcode'),
      by('given_name', 'postcode'),
      by('address_1', 'street_number'),
      by('suburb', 'surname'),
      by('given_name', 'suburb'),
      by('address_1', 'postcode'),
      by('street_number', 'suburb', 'postcode'),
    ]
  }

  kind(): Kind {
    return {
      comparisons: this.comparisons(),
      blocks: this.blocks(),
      speaks: () => false,
      sameKey: () => false,
      most: () => 'join',
    }
  }

  training(): Training {
    const [byNumber, byBirth, byName] = this.blocks()
    const sessions = [
      { block: byNumber, fixes: ['soc_sec_id'] },
      { block: byBirth, fixes: ['date_of_birth'] },
      { block: byName, fixes: ['given_name', 'surname'] },
    ].flatMap(({ block, fixes }) => (block ? [{ block, fixes }] : []))
    return { records: this.rows.length, comparisons: this.comparisons(), sessions }
  }

  #text(column: string): Comparison {
    const counts = new Map<string, number>()
    for (const row of this.rows) counts.set(row[column] ?? '', (counts.get(row[column] ?? '') ?? 0) + 1)
    return {
      id: column,
      levels: ['equal', 'very alike', 'alike', 'other'],
      compare: (a, b) => {
        const [x, y] = [this.cell(a, column), this.cell(b, column)]
        if (x === '' || y === '') return 0
        const alike = jaroWinkler(x, y)
        return alike === 1 ? 1 : alike >= 0.92 ? 2 : alike >= 0.8 ? 3 : 4
      },
      frequency: (a) => (counts.get(this.cell(a, column)) ?? 1) / this.rows.length,
    }
  }

  #digits(column: string): Comparison {
    return {
      id: column,
      levels: ['equal', 'one slip', 'other'],
      compare: (a, b) => {
        const [x, y] = [this.cell(a, column), this.cell(b, column)]
        return x === '' || y === '' ? 0 : x === y ? 1 : isOneEdit(x, y) ? 2 : 3
      },
    }
  }
}
