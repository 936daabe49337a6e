import { randomUUID } from 'node:crypto'
import { analytics, type Batch, wordsIn } from '#platform/analytics'
import { type DatasetExtract, datasetExtracts, handouts, noteShown } from '#platform/registry'
import { localDateAt, type Work } from '#runtime'
import type { Tag, TagSource } from '../declaration.ts'
import type { TagBook } from './book.ts'
import { getMember } from './carried.ts'
import { noteMembers } from './note-members.ts'
import { evidenceOf, needEvidence } from './reading.ts'
import { rowsBehind } from './rows-behind.ts'
import { isRead, tableOf } from './run/sql.ts'

const EVENT = 'tags.evidence.read'

/**
 * The rows behind one member's tag, for a reader: the member, and whoever is named in them, finds it in the audit log.
 * @throws Forbidden, InvalidInput, NotFound
 */
export async function readEvidence(book: TagBook, work: Work, tag: Tag, key: string): Promise<Batch> {
  const { app } = book
  needEvidence(app, work, tag)
  const subject = book.subject(tag.subject)
  const member = await getMember(book, work.tx, subject, key)
  const day = localDateAt(work.at)
  let plan: readonly string[] | undefined
  const planned = (words: readonly string[] | undefined) => {
    plan = words
  }
  const answer = await evidenceOf(app, tag, key, day, { planned })
  work.audit({ event: EVENT, subject: { kind: 'tags.tag', id: tag.id }, details: { member: key } })
  noteMembers(book, work, EVENT, subject, [member.id])
  if (answer.rows.length === 0) return answer
  const words = plan && new Set([...plan, ...wordsIn(tag.evidence)])
  for (const source of tag.sources.filter(({ dataset }) => isRead(dataset, tag.evidence))) {
    const extract = app.use(datasetExtracts).get(source.dataset)
    const fields = fieldsOf(extract, source, answer, words)
    if (fields.length === 0) continue
    const rows = await rowsBehind(app, { tag, key, day, answer }, source)
    if (rows) noteShown(work, { event: EVENT, dataset: extract.dataset, rows, fields })
    else await noteWhole(book, work, { tag, key, dataset: source.dataset, fields })
  }
  return answer
}

/**
 * Fields of a source that the answer shows under their own names, and personal ones on which it depends otherwise; none
 * when it depends on nothing personal. Without words everything counts.
 */
function fieldsOf(
  { columns }: DatasetExtract,
  source: TagSource,
  answer: Batch,
  words: ReadonlySet<string> | undefined,
): string[] {
  const told = new Set(answer.columns.map(({ name }) => name))
  const seen = columns.filter(({ name }) => source.columns.includes(name) || source.by === name)
  const personal = seen.filter((column) => column.personal && (words?.has(column.name) ?? true))
  if (personal.length === 0) return []
  return [...new Set([...seen.filter(({ name }) => told.has(name)), ...personal].map(({ field }) => field))]
}

interface Whole {
  readonly tag: Tag
  readonly key: string
  readonly dataset: string
  readonly fields: readonly string[]
}

/** Notes for all of whom a source tells that the answer may have been about them. */
async function noteWhole({ app }: TagBook, work: Work, { tag, key, dataset, fields }: Whole): Promise<void> {
  const copy = (await app.use(analytics).tables()).find(({ table }) => table === tableOf(dataset))
  const handout = randomUUID()
  const at = copy ? new Date(copy.at) : work.at
  await app.use(handouts).noteWhole(work.tx, { dataset, handout, given: work.at }, at)
  const details = { member: key, dataset, handout, fields }
  work.audit({ event: EVENT, subject: { kind: 'tags.tag', id: tag.id }, details })
}
