import { covers, type Organisation, type Post } from '#platform/identity'
import { type Actor, Defect, type Work } from '#runtime'
import type { Assignee } from '../contract.ts'
import { askersOf } from './ask-people.ts'
import { type Engine, people } from './engine.ts'
import { type Row, toInstance } from './row.ts'
import { asList } from './walk-definition.ts'

type ByRight = Extract<Assignee, { readonly right: string }>

/** Field of the data that names the unit whose posts are meant; none if the area of the matter decides. */
const unitField = (who: ByRight): string | undefined =>
  'organisationIn' in who ? who.organisationIn : typeof who.of === 'object' ? who.of.field : undefined

/** Inbox names under which an actor gets matters. */
export const holdersOf = (actor: Actor): string[] => [
  `account:${actor.id}`,
  ...(actor.post === undefined ? [] : [`post:${actor.post}`]),
]

/** Post for which somebody acts, else the account: who keeps what he signs for. */
export const holderOf = (actor: Actor): string =>
  actor.post === undefined ? `account:${actor.id}` : `post:${actor.post}`

/** Whether the actor is one of those meant. The system is always. */
export async function isOneOf(
  engine: Engine,
  work: Work,
  row: Row,
  who: readonly Assignee[],
  actor: Actor,
): Promise<boolean> {
  if (actor.kind === 'system') return true
  for (const one of who) if (await isMeant(engine, work, row, one, actor)) return true
  return false
}

async function isMeant(engine: Engine, work: Work, row: Row, who: Assignee, actor: Actor): Promise<boolean> {
  if ('right' in who) return reaches(engine, work, row, who, actor)
  const mine = holdersOf(actor)
  return (await named(engine, work, row, who)).some((name) => mine.includes(name))
}

async function reaches(engine: Engine, work: Work, row: Row, who: ByRight, actor: Actor): Promise<boolean> {
  const scope = actor.rights.get(who.right)
  if (!scope) return false
  const field = unitField(who)
  if (field !== undefined) {
    const paths = await pathsOf(engine, work, valuesIn(row, field))
    return paths.some((path) => covers(scope, actor, { path }))
  }
  return scope.reach === 'city' || covers(scope, actor, row.division === null ? {} : { division: row.division })
}

async function organisationsOf(engine: Engine, work: Work, ids: readonly string[]): Promise<Organisation[]> {
  const { organisation } = askersOf(people(engine))
  const found = await Promise.all(ids.map((id) => work.ask(organisation, id)))
  return found.filter((one) => one !== null)
}

const pathsOf = async (engine: Engine, work: Work, ids: readonly string[]): Promise<string[]> =>
  (await organisationsOf(engine, work, ids)).map(({ path }) => path)

/** Inbox names of those meant, for the one place where it lands; of those with a right only the nearest. */
export async function resolve(
  engine: Engine,
  work: Work,
  row: Row,
  who: Assignee | readonly Assignee[] | undefined,
): Promise<string[]> {
  const found: string[] = []
  for (const one of asList(who)) found.push(...(await named(engine, work, row, one)))
  return [...new Set(found)]
}

async function named(engine: Engine, work: Work, row: Row, who: Assignee): Promise<readonly string[]> {
  if ('post' in who) return [`post:${who.post}`]
  if ('holder' in who) return row.holders.map((holder) => holder.who)
  if ('opener' in who) return [row.opened_post ? `post:${row.opened_post}` : `account:${row.opened_by}`]
  if ('whoDid' in who) return row.memory.done[who.whoDid]?.by ?? []
  if ('accountIn' in who) return valuesIn(row, who.accountIn).map((id) => `account:${id}`)
  if ('postIn' in who) return valuesIn(row, who.postIn).map((id) => `post:${id}`)
  if ('hook' in who) {
    const found = await engine.hooks.finder(who.hook)(work, toInstance(row, work.at))
    return found.map((one) => ('post' in one ? `post:${one.post}` : `account:${one.account}`))
  }
  return nearestOf(engine, work, who, await postsMeant(engine, work, row, who))
}

async function nearestOf(
  engine: Engine,
  work: Work,
  who: ByRight,
  groups: readonly (readonly Post[])[],
): Promise<readonly string[]> {
  const measure: keyof typeof depth = unitField(who) === undefined ? 'division' : 'path'
  const near = await Promise.all(groups.map((posts) => nearest(engine, work, posts, measure)))
  return near.flat().map((post) => `post:${post.id}`)
}

/** As `resolve`, and whether others stand in for a unit that the data names, because no post of its own has the right. */
export async function assign(
  engine: Engine,
  work: Work,
  row: Row,
  who: Assignee | readonly Assignee[],
): Promise<{ readonly found: readonly string[]; readonly isStoodIn: boolean }> {
  const found: string[] = []
  let isStoodIn = false
  for (const one of asList(who)) {
    if (!('organisationIn' in one)) {
      found.push(...(await named(engine, work, row, one)))
      continue
    }
    const groups = await postsMeant(engine, work, row, one)
    found.push(...(await nearestOf(engine, work, one, groups)))
    isStoodIn ||= await isWithoutOwn(engine, work, valuesIn(row, one.organisationIn), groups.flat())
  }
  return { found: [...new Set(found)], isStoodIn }
}

async function isWithoutOwn(
  engine: Engine,
  work: Work,
  units: readonly string[],
  posts: readonly Post[],
): Promise<boolean> {
  const paths = await pathsOf(engine, work, [...new Set(posts.map(({ organisation }) => organisation))])
  const own = await pathsOf(engine, work, units)
  return !own.every((unit) => paths.some((path) => path.startsWith(unit)))
}

/** Every post meant by a right, near and far, for each unit that the data names. */
export async function postsMeant(
  engine: Engine,
  work: Work,
  row: Row,
  who: ByRight,
): Promise<readonly (readonly Post[])[]> {
  const { posts } = askersOf(people(engine))
  const field = unitField(who)
  const { right } = who
  if (field !== undefined)
    return Promise.all(valuesIn(row, field).map((organisation) => work.ask(posts, { right, where: { organisation } })))
  return [await work.ask(posts, { right, where: row.division === null ? CITY : { division: row.division } })]
}

/** The root of the tree of organisations answers for what has no place. */
const CITY = { organisation: 'city' } as const

const depth = {
  division: (of: Organisation) => of.division.length,
  path: (of: Organisation) => of.path.split('/').length,
}

/** Those nearest to the place or unit: the county's matter is not put before the city's posts as well. */
async function nearest(
  engine: Engine,
  work: Work,
  posts: readonly Post[],
  measure: keyof typeof depth,
): Promise<readonly Post[]> {
  if (posts.length < 2) return posts
  const found = await organisationsOf(engine, work, [...new Set(posts.map((post) => post.organisation))])
  const deepest = Math.max(...found.map(depth[measure]))
  const near = new Set(found.filter((one) => depth[measure](one) === deepest).map(({ id }) => id))
  return posts.filter((post) => near.has(post.organisation))
}

/** The text or texts that a field of the data holds. */
function valuesIn(row: Row, field: string): string[] {
  const value = row.data[field]
  if (value === undefined || value === null || value === '') return []
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((item) => typeof item === 'string'))
    throw new Defect(`The field "${field}" of ${row.definition} holds no ids.`)
  return list
}
