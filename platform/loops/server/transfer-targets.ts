import type { Post } from '#platform/identity'
import { InvalidInput, type Work, words } from '#runtime'
import type { Assignee, LoopDefinition } from '../contract.ts'
import { postsMeant } from './assignee.ts'
import { type Engine, people } from './engine.ts'
import type { Row } from './row.ts'
import { asList } from './walk-definition.ts'

type ByRight = Extract<Assignee, { readonly right: string }>

/** Posts to which a matter can be given where it is: those that the place means by right, else any that the matter means. */
export async function transferTargets(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
): Promise<readonly Post[]> {
  const here = byRight(asList(definition.places[row.place]?.assign))
  const anywhere = byRight(Object.values(definition.places).flatMap((place) => asList(place.assign)))
  const groups = await Promise.all((here.length > 0 ? here : anywhere).map((who) => postsMeant(engine, work, row, who)))
  const posts = new Map(groups.flat(2).map((post) => [post.id, post]))
  for (const id of namedPosts(definition, row)) {
    const post = await people(engine).post(id, work.tx)
    if (post) posts.set(id, post)
  }
  for (const { who } of row.holders) posts.delete(who.replace(/^post:/, ''))
  return [...posts.values()]
}

/** Posts that the definition names itself, and those about whom a ruling is awaited. */
const namedPosts = ({ places }: LoopDefinition, { memory }: Row): string[] => [
  ...Object.values(places).flatMap((place) => asList(place.assign).flatMap((who) => ('post' in who ? [who.post] : []))),
  ...(memory.dispute?.holders ?? []).flatMap(({ who }) => (who.startsWith('post:') ? [who.slice(5)] : [])),
]

const byRight = (list: readonly Assignee[]): ByRight[] => list.filter((who): who is ByRight => 'right' in who)

/** @throws InvalidInput for a post that could not do what has to be done */
export async function checkTransfer(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  form: Readonly<Record<string, unknown>>,
): Promise<void> {
  const posts = await transferTargets(engine, work, definition, row)
  if (posts.some((post) => form.to === `post:${post.id}`)) return
  throw new InvalidInput('invalid-form', words('请选择接收的岗位', 'Choose the post that gets it'), [
    { path: '/form/to', message: words('该岗位没有办理权限', 'This post has no right to handle it') },
  ])
}
