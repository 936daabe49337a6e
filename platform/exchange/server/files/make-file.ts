import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { datasetDirectory, handouts, RowNumbers, rowMarks, type SharedRow, tableFile } from '#platform/registry'
import { type App, type Words, words } from '#runtime'
import type { GrantStore, KnownGrant } from '../grants/grant-store.ts'
import { receiptOf } from '../receipts/find-receipts.ts'
import type { ReceiptBook } from '../receipts/receipt-book.ts'
import { conditionDigest } from '../receipts/record.ts'
import { type FileRow, fileDone, getFile } from './file-rows.ts'

const PAGE = 2_000

export interface FileParts {
  readonly app: App
  readonly grants: GrantStore
  readonly book: ReceiptBook
}

const fileFolder = (app: App): string => join(app.config.dataDir, 'exchange')
export const filePath = (app: App, { id, format }: Pick<FileRow, 'id' | 'format'>): string =>
  join(fileFolder(app), `${id}.${format}`)
/** Everywhere that bytes of a file may lie. */
export const pathsOf = (app: App, file: Pick<FileRow, 'id' | 'format'>): readonly string[] => {
  const path = filePath(app, file)
  return [path, `${path}.new`, draftPath(app, file.id)]
}
const draftPath = (app: App, id: string): string => join(fileFolder(app), `${id}.draft`)

/**
 * Makes a batch file: rows are appended to a draft page by page, with the place in the database, so that a killed run
 * goes on there; the draft then becomes the file in its format, of which the receipt is left.
 */
export async function makeFile(parts: FileParts, id: string, signal: AbortSignal): Promise<void> {
  const { app, grants } = parts
  const file = await getFile(app.db, id)
  if (file.state !== 'making') return
  const grant = grants.find(file.grant_id)
  if (grant?.state !== 'active') return fail(parts, file, ENDED)
  await mkdir(fileFolder(app), { recursive: true })
  const isWhole = await draftRows(parts, grant, file, signal)
  if (!isWhole) return
  await finish(parts, grant, await getFile(app.db, id))
}

const ENDED = words('授权已终止，文件未生成', 'The grant has ended; the file was not made')

/** @returns false when the file was cancelled or the program stops */
async function draftRows({ app }: FileParts, grant: KnownGrant, file: FileRow, signal: AbortSignal): Promise<boolean> {
  const path = draftPath(app, file.id)
  const isThere = (await stat(path).catch(() => undefined))?.size ?? 0
  // A draft of another machine's disk, or one that was lost: from the beginning.
  let { rows: done, after, bytes } = isThere >= file.bytes ? file : { rows: 0, after: 0, bytes: 0 }
  const draft = await open(path, bytes > 0 ? 'r+' : 'w')
  try {
    await draft.truncate(bytes)
    for (;;) {
      if (signal.aborted) return false
      const page = await grant.plan.rows(app.db, { after, limit: PAGE })
      const last = page.at(-1)
      if (!last) return true
      const text = Buffer.from(
        (await marked(app, grant.dataset, page)).map((one) => `${JSON.stringify(one)}\n`).join(''),
      )
      await draft.write(text, 0, text.length, bytes)
      await draft.sync()
      bytes += text.length
      done += page.length
      after = last.id
      const { numUpdatedRows } = await progress(app, file.id, { rows: done, bytes, after })
      if (numUpdatedRows === 0) return false
    }
  } finally {
    await draft.close()
  }
}

/** A row with what one has to know of it, such as that its subject objects to it. */
interface Marked {
  readonly id: number
  readonly value: SharedRow['value']
  readonly marks: string
}

async function marked(app: App, dataset: string, page: readonly SharedRow[]): Promise<Marked[]> {
  const ids = page.map(({ id }) => id)
  const found = await app.use(rowMarks).of(app.db, dataset, ids)
  return page.map(({ id, value }) => ({
    id,
    value,
    marks: (found.get(id) ?? []).map(({ title }) => title.zh).join('、'),
  }))
}

async function progress(app: App, id: string, { rows, bytes, after }: Pick<FileRow, 'rows' | 'bytes' | 'after'>) {
  const { numAffectedRows } = await sql`update exchange.file set rows = ${rows}, bytes = ${bytes}, after = ${after}
    where id = ${id} and state = 'making'`.execute(app.db)
  return { numUpdatedRows: Number(numAffectedRows ?? 0) }
}

/**
 * Each row bears the grant and the file as its mark, so that a part that is passed on still tells where it came from. Which
 * rows there are is noted under the file's id before the receipt is left.
 */
async function finish(parts: FileParts, grant: KnownGrant, file: FileRow): Promise<void> {
  const { app, book } = parts
  const path = filePath(app, file)
  const before = await receiptOf(app.db, grant.id, requestOf(file))
  // Killed after the receipt was left: the file that it is of lies there, unless the disk is another.
  if (before && (await digestOf(path).catch(() => undefined)) === before.answer) return done(parts, file, before.id)
  const directory = app.use(datasetDirectory)
  const dataset = directory.find(grant.dataset)
  const fields = (dataset ? directory.fields(dataset) : []).filter(({ name }) => grant.fields.includes(name))
  const mark = `${grant.id}/${file.id}`
  const header = file.format === 'jsonl' ? fields.map(({ name }) => name) : fields.map(({ meta }) => meta.title.zh)
  const titles = file.format === 'jsonl' ? ['marks', 'watermark'] : ['数据状态', '共享水印']
  const leaving = new RowNumbers()
  async function* rows() {
    for await (const line of createInterface({ input: createReadStream(draftPath(app, file.id)) })) {
      const { id, value, marks } = JSON.parse(line) as Marked
      leaving.add(id)
      yield [...fields.map(({ name }) => cellText(value[name])), marks, mark]
    }
  }
  await pipeline(tableFile(file.format, [...header, ...titles], rows()), createWriteStream(`${path}.new`))
  const digest = await digestOf(`${path}.new`)
  await rename(`${path}.new`, path)
  await app.use(handouts).note(app.db, { dataset: grant.dataset, handout: file.id, given: null }, leaving)
  const receipt = await book.leaveOf(
    {
      grant: grant.id,
      dataset: grant.dataset,
      consumer: grant.consumer,
      caller: file.by,
      way: 'file',
      fields: grant.fields,
      condition: conditionDigest({ file: file.id, rows: grant.rows }),
      rows: file.rows,
      outcome: 'answered',
      request: before ? `${requestOf(file)}-${randomUUID()}` : requestOf(file),
    },
    digest,
  )
  await done(parts, file, receipt)
}

async function done({ app }: FileParts, file: FileRow, receipt: string): Promise<void> {
  // Cancelled meanwhile: nobody will fetch it.
  if (!(await fileDone(app, file, receipt))) await rm(filePath(app, file), { force: true })
  await rm(draftPath(app, file.id), { force: true })
}

const requestOf = ({ id }: FileRow): string => `file-${id}`

/** SM3 of a file. @throws when there is none */
async function digestOf(path: string): Promise<string> {
  const hash = createHash('sm3')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const cellText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)

async function fail({ app }: FileParts, { id }: FileRow, why: Words): Promise<void> {
  await sql`update exchange.file set state = 'failed', problem = ${JSON.stringify(why)}, ended_at = ${app.now()}
    where id = ${id}`.execute(app.db)
}
