import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SLIPS, type Slip, type Tallies } from './slips.ts'
import type { Source } from './source.ts'
import { Workbook } from './workbook.ts'
import { type Chunk, heading } from './write-chunk.ts'

/** A finished file as the manifest tells of it. */
export interface Told {
  readonly file: string
  /** Line n + 1 of it is about row n of the file. */
  readonly truth: string | undefined
  /** What the department says of its rows and sums stands beside the file. */
  readonly control: string | undefined
  readonly department: string
  readonly title: string
  readonly encoding: string
  readonly separator: string | undefined
  readonly dates: string
  readonly columns: readonly string[]
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly mistakes: readonly {
    readonly kind: Slip
    readonly meaning: string
    readonly rate: number
    readonly could: number
    readonly did: number
  }[]
}

/** One file and its truth while they grow, block by block. */
export class Output {
  readonly #folder: string
  readonly #source: Source
  readonly #file: string
  readonly #truth: string | undefined
  readonly #data: number
  readonly #truthData: number | undefined
  readonly #hash = createHash('sha256')
  readonly #book: Workbook | undefined
  readonly #tallies: Tallies = {}
  readonly #sums: number[] = []
  #rows = 0
  #bytes = 0

  /** `truth` is the folder of the truth within `folder`; undefined for what is itself the truth. */
  constructor(folder: string, part: string, source: Source, truth: string | undefined) {
    this.#folder = folder
    this.#source = source
    this.#file = join(part, `${source.id}.${source.format}`)
    this.#truth = truth === undefined ? undefined : join(truth, `${source.id}.csv`)
    this.#data = openSync(join(folder, this.#file), 'wx')
    if (this.#truth !== undefined) {
      this.#truthData = openSync(join(folder, this.#truth), 'wx')
      writeAll(this.#truthData, Buffer.from('entity,other,mistakes\n'))
    }
    if (source.format === 'xlsx') this.#book = new Workbook(source.title, source.columns, (bytes) => this.#write(bytes))
    else this.#write(heading(source))
  }

  add(chunk: Chunk): void {
    if (this.#book) this.#book.add(chunk.data)
    else {
      if (this.#source.format === 'json' && this.#rows > 0 && chunk.rows > 0) this.#write(Buffer.from(',\n'))
      this.#write(chunk.data)
    }
    if (this.#truthData !== undefined) writeAll(this.#truthData, chunk.truth)
    this.#rows += chunk.rows
    for (const [at, sum] of chunk.sums.entries()) this.#sums[at] = (this.#sums[at] ?? 0) + sum
    for (const [kind, { could, did }] of Object.entries(chunk.tallies) as [Slip, { could: number; did: number }][]) {
      const sum = this.#tallies[kind] ?? { could: 0, did: 0 }
      this.#tallies[kind] = sum
      sum.could += could
      sum.did += did
    }
  }

  finish(): Told {
    if (this.#source.format === 'json') this.#write(Buffer.from('\n]\n'))
    this.#book?.finish()
    for (const open of [this.#data, this.#truthData])
      if (open !== undefined) {
        fsyncSync(open)
        closeSync(open)
      }
    const { department, title, format, encoding, separator, dates, columns, slips } = this.#source
    return {
      file: this.#file,
      truth: this.#truth,
      control: this.#writeControl(),
      department,
      title,
      encoding,
      separator: format === 'csv' ? (separator ?? ',') : undefined,
      dates,
      columns,
      rows: this.#rows,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      mistakes: (Object.entries(slips) as [Slip, number][]).map(([kind, rate]) => ({
        kind,
        meaning: SLIPS[kind],
        rate,
        ...(this.#tallies[kind] ?? { could: 0, did: 0 }),
      })),
    }
  }

  #writeControl(): string | undefined {
    const { control } = this.#source
    if (!control) return undefined
    const file = `${this.#file}.check`
    const sums = control.map((column, at) => `sum.${column}=${this.#sums[at] ?? 0}\n`)
    writeFileSync(join(this.#folder, file), [`rows=${this.#rows}\n`, ...sums].join(''), { flush: true })
    return file
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    writeAll(this.#data, bytes)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
