import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from './load.ts'

const WORDS = (zh: string, en: string) => ({ zh, en })
const ROUND = 30
const TOGETHER = 5
/** One line in so many of a file cannot be taken. */
const DIRTY = 50

/** What the registry has confirmed. */
export interface RowsConfirmed {
  /** Values of each row in the order in which they were written. */
  readonly values: Map<string, number[]>
  readonly files: ImportedFile[]
}

export interface ImportedFile {
  /** First letters of the keys of its rows. */
  readonly name: string
  readonly sm3: string
  readonly good: number
  readonly refused: number
}

/** A dataset of a key and a number, as a steward defines one. */
export async function defineDataset(steward: Worker, name: string): Promise<void> {
  const { status } = await steward.answer('POST', '/api/registry/definitions', {
    name,
    title: WORDS('故障试验', 'Trial of faults'),
    about: WORDS('故障试验用', 'For tests of faults'),
    source: 'city.big-data',
    fields: [
      { name: 'code', kind: 'text', title: WORDS('编码', 'Code'), required: true },
      { name: 'value', kind: 'integer', title: WORDS('数值', 'Value'), required: true },
    ],
    key: ['code'],
    level: 'internal',
    sharing: 'none',
    opening: 'closed',
    retentionYears: 0,
  })
  if (status !== 200) throw new TypeError(`defining a dataset answered ${status}`)
}

/** Writes rows, several at a time, each again and again with a new value. */
export async function writeRows(
  steward: Worker,
  dataset: string,
  { values }: RowsConfirmed,
  going: () => boolean,
): Promise<void> {
  for (let n = 0; going(); n++) {
    const rows = Array.from({ length: TOGETHER }, (_, k) => ({
      code: `r${(n * TOGETHER + k) % ROUND}`,
      value: n,
    }))
    const { status } = await steward.answer('POST', `/api/registry/datasets/${dataset}/rows`, { rows })
    if (status !== 200) throw new TypeError(`writing rows answered ${status}`)
    for (const { code, value } of rows) values.set(code, [...(values.get(code) ?? []), value])
    await sleep(100)
  }
}

/**
 * Offers a file for import and starts it; the same again while the answer is lost, which may start it twice.
 * @returns number of the import
 */
export async function startImport(
  steward: Worker,
  dataset: string,
  name: string,
  lines: number,
  files: ImportedFile[],
): Promise<number> {
  const isDirty = (line: number) => line % DIRTY === DIRTY - 1
  const cells = (line: number) => `${name}-${line},${isDirty(line) ? '不详' : line}`
  const text = ['编码,数值', ...Array.from({ length: lines }, (_, line) => cells(line))].join('\n')
  const form = new FormData()
  form.set('file', new Blob([text]), `${name}.csv`)
  const offered = await steward.answer('POST', `/api/registry/datasets/${dataset}/files`, form)
  if (offered.status !== 200) throw new TypeError(`offering a file answered ${offered.status}`)
  const { file, reading, columns } = offered.body as { file: string; reading: object; columns: object }
  const body = { file, name: `${name}.csv`, reading, columns }
  const started = await steward.answer('POST', `/api/registry/datasets/${dataset}/loads`, body)
  if (started.status !== 200) throw new TypeError(`starting an import answered ${started.status}`)
  const refused = Math.floor(lines / DIRTY)
  files.push({ name, sm3: file, good: lines - refused, refused })
  return (started.body as { load: number }).load
}

interface Progress {
  readonly state: string
  readonly rowsRead: number
}

/** How far an import is. */
export async function progressOf(steward: Worker, load: number): Promise<Progress> {
  const { status, body } = await steward.answer('GET', `/api/registry/loads/${load}`)
  if (status !== 200) throw new TypeError(`the progress of an import answered ${status}`)
  return body as Progress
}
