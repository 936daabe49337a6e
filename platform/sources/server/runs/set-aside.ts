import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { type Words, words } from '#runtime'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import { jsonLines, withoutBad } from './json-lines.ts'
import type { RunContext } from './run-store.ts'

/** Numbers of lines that are named; of the others it is told how many they are. */
const MOST_NAMED = 20

/**
 * Lines of a pushed batch that are no JSON objects are set aside: the batch as it came stays beside the run as an
 * unreadable part, and what is left goes on, byte by byte. A batch that is not made of lines is left as it is.
 */
export async function setLinesAside(parts: SourcesParts, context: RunContext, part: PartRow): Promise<PartRow> {
  const { app, desk } = parts
  const path = desk.pathOf(part.file)
  const lines = await jsonLines(path)
  const { good, bad } = lines
  if (good === 0 || bad.length === 0) return part
  const file = await desk.keep(part.name, Readable.from(withoutBad(path, lines)))
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
        problem: JSON.stringify(ofLines(bad, good)),
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
    `${bad.length} 行不是完整的 JSON 对象或编码有误（第 ${named} 行${bad.length > MOST_NAMED ? '等' : ''}），未入库，其余 ${good} 行照常入库；请改正这些行后用新的 Idempotency-Key 重新推送`,
    `${bad.length} lines are not whole JSON objects, or not in the encoding of the others (${named.replaceAll('、', ', ')}${bad.length > MOST_NAMED ? ' and more' : ''}) and are not stored; the other ${good} are. Push these lines again, put right, with a new Idempotency-Key`,
  )
}
