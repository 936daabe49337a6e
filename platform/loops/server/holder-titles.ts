import { type Words, type Work, words } from '#runtime'
import { type Engine, people } from './engine.ts'
import type { Holder } from './row.ts'
import { postTitles } from './time-line.ts'

/** Titles of posts and names of people, with who of a post has signed. */
export async function holderTitles(
  engine: Engine,
  work: Work,
  holders: readonly Holder[],
): Promise<(holder: Holder) => Words> {
  const idOf = (who: string) => who.slice(who.indexOf(':') + 1)
  const posts = holders.flatMap(({ who }) => (who.startsWith('post:') ? [idOf(who)] : []))
  const accounts = holders.flatMap(({ who, signed }) => [
    ...(who.startsWith('account:') ? [idOf(who)] : []),
    ...(signed ? [signed] : []),
  ])
  const titles = await postTitles(engine, work, posts)
  const names = await people(engine).names([...new Set(accounts)], work.tx)
  return ({ who, signed }) => {
    const id = idOf(who)
    const name = names.get(id) ?? id
    const title = titles.get(id) ?? words(name, name)
    const by = signed === undefined ? undefined : (names.get(signed) ?? signed)
    return by === undefined ? title : words(`${title.zh}（${by}已签收）`, `${title.en} (signed by ${by})`)
  }
}
