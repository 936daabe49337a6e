import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { type Words, words } from '#runtime'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import type { RunContext } from './run-store.ts'

/** Numbers of lines that are named; of the others it is told how many they are. */
const MOST_NAMED = 20

/**
 * Lines of a pushed batch that are no JSON objects are set aside: the batch as it came stays beside the run as an
 * unreadable part, and what is left goes on. A batch that is not made of lines is left as it is.
 */
export async function setLinesAside(parts: SourcesParts, context: RunContext, part: PartRow): Promise<PartRow> {
  const { app, desk } = parts
  const { good, bad } = await sift(desk.pathOf(part.file))
  if (good.length === 0 || bad.length === 0) return part
  const file = await desk.keep(part.name, Readable.from(good.map((line) => `${line}\n`)))
  const kept = { file: file.sm3, bytes: file.size, reading: null, columns: null, profile: null, rows: null }
  const { feed, source } = context
  await app.work(feedActor(feed.id, source.organisation), async (work) => {
    const db = sourcesTables(work.tx)
    await desk.note(work, file, work.actor)
    await db
      .updateTable('sources.part')
      .set(kept)
      .where('run', '=', part.run)
      .where('ordinal', '=', part.ordinal)
      .execute()
    await db
      .insertInto('sources.part')
      .values({
        run: part.run,
        ordinal: sql<number>`(select max(ordinal) + 1 from sources.part where run = ${part.run})`,
        kind: 'unreadable',
        batch: part.batch,
        file: part.file,
        name: part.name,
        bytes: part.bytes,
        is_done: true,
        problem: JSON.stringify(ofLines(bad, good.length)),
      })
      .execute()
  })
  return { ...part, ...kept }
}

/** A batch of which nothing can be read is kept, and the others of its run go on without it. */
export async function setBatchAside({ app }: SourcesParts, { run, ordinal }: PartRow): Promise<void> {
  const problem = words(
    '整批读不出（不是 NDJSON 或 JSON 数组，或没有传完），未入库；请改正后用新的 Idempotency-Key 重新推送',
    'Nothing of the batch can be read (it is neither NDJSON nor a JSON array, or was cut off), and nothing of it is stored; push it again, put right, with a new Idempotency-Key',
  )
  await sourcesTables(app.db)
    .updateTable('sources.part')
    .set({ kind: 'unreadable', is_done: true, reading: null, columns: null, profile: null, rows: null })
    .set({ problem: JSON.stringify(problem) })
    .where('run', '=', run)
    .where('ordinal', '=', ordinal)
    .execute()
}

function ofLines(bad: readonly number[], good: number): Words {
  const named = bad.slice(0, MOST_NAMED).join('、')
  return words(
    `${bad.length} 行不是完整的 JSON 对象（第 ${named} 行${bad.length > MOST_NAMED ? '等' : ''}），未入库，其余 ${good} 行照常入库；请改正这些行后用新的 Idempotency-Key 重新推送`,
    `${bad.length} lines are not whole JSON objects (${named.replaceAll('、', ', ')}${bad.length > MOST_NAMED ? ' and more' : ''}) and are not stored; the other ${good} are. Push these lines again, put right, with a new Idempotency-Key`,
  )
}

/** Numbers, from 1, of the lines that are no objects, and the lines that are. A JSON array is not made of lines. */
async function sift(path: string): Promise<{ readonly good: string[]; readonly bad: number[] }> {
  const good: string[] = []
  const bad: number[] = []
  let number = 0
  for await (const line of linesOf(path)) {
    number++
    if (line.trim() === '') continue
    if (good.length + bad.length === 0 && line.trimStart().startsWith('[')) break
    if (isObject(line)) good.push(line)
    else bad.push(number)
  }
  return { good, bad }
}

/** Ends of lines are `\n` only: other signs that end lines may stand within a JSON text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let begun: string[] = []
  for await (const block of createReadStream(path, 'utf8')) {
    const [first = '', ...more] = (block as string).split('\n')
    begun.push(first)
    for (const next of more) {
      yield begun.join('')
      begun = [next]
    }
  }
  yield begun.join('')
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
