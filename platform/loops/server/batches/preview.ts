import { sql } from 'kysely'
import { InvalidInput, ProductError, type Words, type Work, words } from '#runtime'
import { type Draft, draftOf, finish } from '../draft.ts'
import { type Engine, people } from '../engine.ts'
import { shownHeadline } from '../may-read.ts'
import type { Row } from '../row.ts'
import { postTitles } from '../time-line.ts'
import { type MovePlan, move, unmapped } from './move.ts'

/** What a move would do. Whose inbox and which limits change is shown for the oldest hundred of each place. */
export interface MovePreview {
  readonly total: number
  readonly places: readonly { readonly from: string; readonly to: string | null; readonly matters: number }[]
  readonly examples: readonly MovedExample[]
  /** Titles of the posts and names of the people in the examples. */
  readonly holders: Readonly<Record<string, Words>>
}

interface MovedExample {
  readonly id: string
  readonly headline: Words
  readonly from: string
  readonly to: string
  readonly holdersBefore: readonly string[]
  readonly holdersAfter: readonly string[]
  readonly dueBefore: string | null
  readonly dueAfter: string | null
  /** Why it would stay as it is. */
  readonly problem: Words | null
}

const EXAMPLES = 100

/** Shows what a move would change, and for whom; writes nothing. @throws NotFound (version) */
export async function previewMove(engine: Engine, work: Work, plan: MovePlan): Promise<MovePreview> {
  const target = await engine.definitions.find(work.tx, plan.definition, plan.to)
  const { rows: counts } = await sql<{ place: string; n: number }>`select place, count(*) as n from loops.instance
    where definition = ${plan.definition} and version <> ${plan.to} and ended_at is null group by place order by place`.execute(
    work.tx,
  )
  const lost = unmapped(
    target,
    plan,
    counts.map(({ place }) => place),
  )
  const { rows } = await sql<Row>`select * from (
      select i.*, row_number() over (partition by place order by id) as n from loops.instance i
      where definition = ${plan.definition} and version <> ${plan.to} and ended_at is null) numbered
    where n <= ${EXAMPLES} order by id`.execute(work.tx)
  const examples: MovedExample[] = []
  for (const row of rows) examples.push(await exampleOf(engine, work, row, plan))
  return {
    total: counts.reduce((sum, { n }) => sum + n, 0),
    places: counts.map(({ place, n }) => ({
      from: place,
      to: lost.includes(place) ? null : (plan.places[place] ?? place),
      matters: n,
    })),
    examples,
    holders: await titlesOf(engine, work, examples),
  }
}

async function titlesOf(engine: Engine, work: Work, examples: readonly MovedExample[]): Promise<Record<string, Words>> {
  const all = [
    ...new Set(examples.flatMap(({ holdersBefore, holdersAfter }) => [...holdersBefore, ...holdersAfter])),
  ].map((who) => ({ who, isPost: who.startsWith('post:'), id: who.slice(who.indexOf(':') + 1) }))
  const ids = (isPost: boolean) => all.filter((one) => one.isPost === isPost).map(({ id }) => id)
  const posts = await postTitles(engine, work, ids(true))
  const names = await people(engine).names(ids(false), work.tx)
  return Object.fromEntries(
    all.map(({ who, isPost, id }) => {
      const name = names.get(id) ?? id
      return [who, isPost ? (posts.get(id) ?? words(id, id)) : words(name, name)]
    }),
  )
}

async function exampleOf(engine: Engine, work: Work, row: Row, plan: MovePlan): Promise<MovedExample> {
  const target = await engine.definitions.find(work.tx, plan.definition, plan.to)
  const old = await engine.definitions.find(work.tx, row.definition, row.version)
  let moved: Draft = draftOf(old, row, row)
  let problem: Words | null = null
  try {
    moved = await move(engine, work, moved, target, plan)
    finish(moved, work.at)
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    moved = draftOf(old, row, row)
    problem = whyNot(error)
  }
  return {
    id: String(row.id),
    headline: await shownHeadline(engine, work, old, row),
    from: row.place,
    to: moved.row.place,
    holdersBefore: row.holders.map(({ who }) => who),
    holdersAfter: moved.row.holders.map(({ who }) => who),
    dueBefore: row.due?.toISOString() ?? null,
    dueAfter: moved.row.due?.toISOString() ?? null,
    problem,
  }
}

/** What a refusal says, with the first field it names. */
export function whyNot(error: ProductError): Words {
  const [issue] = error.issues
  if (!(error instanceof InvalidInput) || !issue) return error.words
  return words(`${issue.path}：${issue.message.zh}`, `${issue.path}: ${issue.message.en}`)
}
