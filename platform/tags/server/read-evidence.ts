import { analytics, type Batch } from '#platform/analytics'
import { datasetExtracts, noteShown } from '#platform/registry'
import { type App, localDateAt, type Work } from '#runtime'
import type { Tag, TagSource } from '../declaration.ts'
import type { TagBook } from './book.ts'
import { getMember } from './carried.ts'
import { noteMembers } from './note-members.ts'
import { evidenceOf, evidenceSql, LIMITS, needEvidence } from './reading.ts'
import { name, tableOf } from './run/sql.ts'

const EVENT = 'tags.evidence.read'

/**
 * The rows behind one member's tag, for a reader: the member, and whoever is named in them, finds it in the audit log.
 * @throws Forbidden, InvalidInput, NotFound
 */
export async function readEvidence(book: TagBook, work: Work, tag: Tag, key: string): Promise<Batch> {
  needEvidence(book.app, work, tag)
  const subject = book.subject(tag.subject)
  const member = await getMember(book, work.tx, subject, key)
  const day = localDateAt(work.at)
  const answer = await evidenceOf(book.app, tag, key, day)
  work.audit({ event: EVENT, subject: { kind: 'tags.tag', id: tag.id }, details: { member: key } })
  noteMembers(book, work, EVENT, subject, [member.id])
  const told = new Set(answer.columns.map((column) => column.name))
  for (const source of tag.sources) {
    const { dataset, columns } = book.app.use(datasetExtracts).get(source.dataset)
    const fields = source.columns.filter((column) => told.has(column))
    if (!columns.some((column) => column.personal && fields.includes(column.name))) continue
    const rows = await rowsBehind(book.app, { tag, key, day }, source, fields)
    noteShown(work, { event: EVENT, dataset, rows, fields })
  }
  return answer
}

/**
 * Numbers of the rows of a source that say what a line of the evidence says in these columns. Lines without the column
 * by which rows are a member's tell only of rows of this member.
 */
async function rowsBehind(
  app: App,
  { tag, key, day }: { readonly tag: Tag; readonly key: string; readonly day: string },
  { dataset, by }: TagSource,
  columns: readonly string[],
): Promise<number[]> {
  const text = (from: string, column: string) => `cast(${from}.${name(column)} as varchar)`
  const same = columns.map((column) => `${text('said', column)} is not distinct from ${text('source', column)}`)
  const own = by && !columns.includes(by) ? [`source.${name(by)} = $1`] : []
  const sql = `select source._id from main.${tableOf(dataset)} as source
    semi join (${evidenceSql(app, tag, day)} limit ${LIMITS.rows}) as said on ${[...same, ...own].join(' and ')}`
  const tables = tag.sources.map((each) => tableOf(each.dataset))
  const rows: number[] = []
  for await (const batch of app.use(analytics).ask({ sql, values: [key], tables, limits: LIMITS }))
    rows.push(...batch.rows.map(([id]) => Number(id)))
  return rows
}
