import { loops } from '#platform/loops'
import type { Work } from '#runtime'
import type { InForce, TagBook } from './book.ts'
import { rowsOf, sql } from './tables.ts'

/** From here on a population has shifted (the usual reading of the index: below 0.1 stable, above 0.25 shifted). */
export const SHIFTED = 0.25

/** Opens the matter of a tag that was found wanting, with its owner; the same finding opens none twice. */
export async function askOwner(
  book: TagBook,
  work: Work,
  tag: InForce,
  { key, finding }: { readonly key: string; readonly finding: string },
): Promise<string> {
  const { id } = await book.app.use(loops).open(work, {
    definition: 'tags.quality',
    data: { tag: tag.id, title: tag.title.zh, owner: tag.owner, finding },
    key: `tags.quality:${tag.id}:${key}`,
    origin: { kind: 'tags.tag', id: tag.id },
  })
  return id
}

/** After a run: tags that could not be computed and models whose scores have shifted are matters of their owners. */
export async function checkRun(book: TagBook, work: Work, subject: string, run: number): Promise<void> {
  const tags = await book.inForce(work.tx, subject)
  const rows = await rowsOf(
    work.tx,
    sql<{ tag: number; psi: number | null; problem: { zh: string } | null }>`
      select c.tag, c.psi, r.failed->t.id as problem from tags.count c join tags.run r on r.id = c.run
      join tags.tag t on t.number = c.tag where c.run = ${run} and (c.psi > ${SHIFTED} or r.failed ? t.id)`,
  )
  for (const { tag: number, psi, problem } of rows) {
    const tag = tags.find((each) => each.number === number)
    if (!tag) continue
    if (problem) await askOwner(book, work, tag, { key: `failed:${tag.version}`, finding: `计算失败：${problem.zh}` })
    if (psi !== null && psi > SHIFTED)
      await askOwner(book, work, tag, {
        key: `psi:${run}`,
        finding: `评分分布变化：PSI ${psi.toFixed(3)} > ${SHIFTED}`,
      })
  }
}
