import { identity, type Post } from '#platform/identity'
import type { Finder } from '#platform/loops'
import type { App, Db } from '#runtime'

/**
 * Posts that answer for a unit: its own, or those of the units above it, nearest first. A unit that has named none is
 * stood in for by whoever holds the right over the whole city.
 */
async function officersOf(app: App, db: Db, unit: string, right: string): Promise<readonly Post[]> {
  const people = app.use(identity)
  const [posts, own] = await Promise.all([
    people.postsWith(right, { organisation: unit }, db),
    people.organisation(unit, db),
  ])
  const above = (own?.path ?? '').split('/').filter((id) => id !== '')
  const depth = (post: Post): number => above.indexOf(post.organisation)
  const deepest = Math.max(-1, ...posts.map(depth))
  return posts.filter((post) => depth(post) === deepest)
}

/** Finds the officers of the unit that a field of the matter names. */
export const officers =
  (app: App, field: string, right: string): Finder =>
  async (work, { data }) =>
    (await officersOf(app, work.tx, String(data[field]), right)).map(({ id }) => ({ post: id }))
