import { sql } from 'kysely'
import { loops } from '#platform/loops'
import type { App, Work } from '#runtime'

/** Makes a batch of so many pairs and opens its matter; the caller stores the pairs. */
export async function openBatch(app: App, work: Work, why: string, pairs: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into one_file.batch (why, pairs, made_at)
    values (${why}, ${pairs}, ${work.at}) returning id`.execute(work.tx)
  const batch = rows[0]?.id ?? 0
  const matter = await app.use(loops).open(work, {
    definition: 'one-file.review',
    data: { batch, why, pairs },
    key: `one-file.review/${batch}`,
  })
  await sql`update one_file.batch set loop = ${matter.id} where id = ${batch}`.execute(work.tx)
  return batch
}
