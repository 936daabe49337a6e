import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type Actor,
  dueDate,
  type Light,
  ProductError,
  parseDuration,
  type Scope,
  system,
  type Words,
  type Work,
} from '#runtime'
import type { LoopDefinition, LoopInstance } from '../../contract.ts'
import { actionsOf } from '../../generic-actions.ts'
import { termRules } from '../../term-rules.ts'
import { act } from '../act.ts'
import { storable } from '../definitions.ts'
import { type Engine, people } from '../engine.ts'
import { sortActions } from '../find-actions.ts'
import { getRow } from '../get-row.ts'
import { open } from '../open.ts'
import { COLUMNS, type Row } from '../row.ts'
import { settle } from '../settle.ts'
import { takeSteps } from '../take-steps.ts'
import { postTitles } from '../time-line.ts'
import { rightsOf } from './check.ts'
import { nextVersion } from './drafts.ts'

/** What is done in a trial: an action by one of several made-up people, or time that passes. */
export interface TrialStep {
  readonly action?: string
  readonly form?: Readonly<Record<string, unknown>>
  /** Which of the made-up people does it; so a second pair of eyes can be tried. 1 unless said. */
  readonly person?: number
  /** Time that passes instead, e.g. `5wd`; clocks act meanwhile. */
  readonly wait?: string
}

/** A reminder that a clock sends. */
interface Told {
  readonly title: Words
  readonly to: readonly Words[]
}

/** What came of a step. */
interface Attempt {
  readonly matter: LoopInstance
  readonly problem: Words | null
  readonly told: readonly Told[]
}

/** How the matter stands after a step. */
export interface TrialState {
  readonly at: string
  readonly place: string
  readonly light: Light
  readonly due: string | null
  readonly holders: readonly Words[]
  /** The unit meant has no post with the right that the step asks for: others stand in. */
  readonly caretaken: boolean
  /** Shares of joint units that have not ended, and who has each. */
  readonly shares: readonly { readonly unit: Words; readonly holders: readonly Words[]; readonly caretaken: boolean }[]
  /** Whom the clocks reminded, and of what. */
  readonly told: readonly Told[]
  /** What could be done now, and by which of the first two made-up people. */
  readonly actions: readonly { readonly id: string; readonly title: Words; readonly by: readonly number[] }[]
  readonly ended: boolean
  /** Why the step could not be done; the matter then stands as before. */
  readonly problem: Words | null
}

const PEOPLE = [1, 2]

class Undone extends Error {}

/**
 * Runs a definition with the real engine, people, posts and hooks, and leaves nothing behind: the transaction is undone.
 * @throws InvalidInput for data that does not fit
 */
export async function tryOut(
  engine: Engine,
  by: Actor,
  draft: LoopDefinition,
  data: Readonly<Record<string, unknown>>,
  steps: readonly TrialStep[],
): Promise<TrialState[]> {
  const states: TrialState[] = []
  try {
    await engine.app.work(by, async (work) => {
      states.length = 0
      await play(engine, work, draft, data, steps, states)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return states
}

async function play(
  engine: Engine,
  work: Work,
  draft: LoopDefinition,
  data: Readonly<Record<string, unknown>>,
  steps: readonly TrialStep[],
  states: TrialState[],
): Promise<void> {
  const definition = withoutEvidence({ ...draft, version: await nextVersion(engine, work, draft.id) })
  const { id, version, body, sum } = storable(definition)
  await sql`insert into loops.definition (id, version, body, sum, created_at, made)
    values (${id}, ${version}, ${JSON.stringify(body)}::json, ${sum}, ${work.at}, 'page')`.execute(work.tx)
  const trial = engine.with(engine.definitions.with(body))
  let now = work.at
  const opening = { ...work, actor: madeUp(engine, work.actor, 1, undefined) }
  let matter = await open(trial, opening, { definition: id, data, key: randomUUID() })
  states.push(await stateOf(trial, work, body, { matter, problem: null, told: [] }))
  for (const step of steps) {
    if (step.wait !== undefined) now = dueDate(now, parseDuration(step.wait), termRules(false))
    const then = { ...work, at: now }
    const attempted = await attempt(trial, then, matter, step)
    matter = attempted.matter
    states.push(await stateOf(trial, then, body, attempted))
  }
}

/** Nobody uploads files for a trial. */
const withoutEvidence = (definition: LoopDefinition): LoopDefinition => ({
  ...definition,
  actions: Object.fromEntries(
    Object.entries(definition.actions).map(([id, { evidence: _, ...action }]) => [id, action]),
  ),
})

/** One step behind a save point, so that one that fails leaves the matter as it was. */
async function attempt(engine: Engine, work: Work, matter: LoopInstance, step: TrialStep): Promise<Attempt> {
  await sql`savepoint step`.execute(work.tx)
  try {
    const told = step.wait === undefined ? [] : await letClocksAct(engine, work, matter.id)
    if (step.wait === undefined) await doStep(engine, work, matter, step)
    return { matter: await engine.service.get(work, matter.id), problem: null, told }
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    await sql`rollback to savepoint step`.execute(work.tx)
    return { matter, problem: reasonOf(error), told: [] }
  }
}

/** What is wrong and, where that is known, with which field. */
function reasonOf({ words: said, issues }: ProductError): Words {
  const [issue] = issues
  if (!issue) return said
  const name = issue.path.slice(issue.path.lastIndexOf('/') + 1)
  return { zh: `${said.zh}（${name}：${issue.message.zh}）`, en: `${said.en} (${name}: ${issue.message.en})` }
}

async function doStep(engine: Engine, work: Work, matter: LoopInstance, step: TrialStep): Promise<void> {
  const { id: instance, revision } = matter
  const { action = '', form, person = 1 } = step
  const automatic = actionsOf(engine.definitions.get(matter.definition))[action]?.automatic
  if (automatic === 'joint-ended') await endShares(work, matter)
  const actor: Actor = automatic ? system('loops.trial') : madeUp(engine, work.actor, person, matter)
  await act(engine, { ...work, actor }, { instance, action, revision, key: randomUUID(), ...(form ? { form } : {}) })
}

/** In a trial nobody plays the units: they have all finished when that is asked for. */
async function endShares(work: Work, { id }: LoopInstance): Promise<void> {
  await sql`update loops.instance set ended_at = ${work.at}, outcome = 'done', holders = '[]'
    where parent = ${Number(id)} and ended_at is null`.execute(work.tx)
}

async function letClocksAct(engine: Engine, work: Work, id: string): Promise<readonly Told[]> {
  const draft = await takeSteps(engine, work, await getRow(work, id))
  const told = await Promise.all(
    draft.messages.map(async ({ to, message: { title } }) => ({
      title,
      to: await titlesOf(engine, work, to(draft.row)),
    })),
  )
  await settle(engine, work, [draft])
  return told
}

/** Somebody who holds every right everywhere and sits on a post that has the matter now. */
function madeUp(engine: Engine, { organisation }: Actor, n: number, matter: LoopInstance | undefined): Actor {
  const city: Scope = { reach: 'city', organisation: organisation ?? 'city', path: 'city/', division: '' }
  const post = matter?.holders.find((who) => who.startsWith('post:'))?.slice(5)
  const account = post === undefined ? matter?.holders[0]?.replace(/^account:/, '') : undefined
  return {
    kind: 'person',
    id: account ?? `trial-${n}`,
    name: String(n),
    ...(post === undefined ? {} : { post }),
    rights: new Map([...rightsOf(engine.app)].map((right) => [right, city])),
  }
}

async function stateOf(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  { matter, problem, told }: Attempt,
): Promise<TrialState> {
  const row = await getRow(work, matter.id)
  const able = new Map<string, number[]>()
  for (const person of PEOPLE) {
    const actor = madeUp(engine, work.actor, person, matter)
    for (const id of (await sortActions(engine, work, definition, row, actor)).possible)
      able.set(id, [...(able.get(id) ?? []), person])
  }
  return {
    at: work.at.toISOString(),
    place: matter.place,
    light: matter.light,
    due: matter.due?.toISOString() ?? null,
    holders: await titlesOf(engine, work, matter.holders),
    caretaken: row.memory.caretaken === true,
    shares: await openShares(engine, work, row),
    actions: Object.entries(actionsOf(definition)).flatMap(([id, { title }]) => {
      const by = able.get(id)
      return by ? [{ id, title, by }] : []
    }),
    ended: matter.endedAt !== null,
    problem,
    told,
  }
}

async function titlesOf(engine: Engine, work: Work, holders: readonly string[]): Promise<readonly Words[]> {
  const posts = holders.filter((who) => who.startsWith('post:')).map((who) => who.slice(5))
  return [...(await postTitles(engine, work, posts)).values()]
}

async function openShares(engine: Engine, work: Work, { id }: Row): Promise<TrialState['shares']> {
  const { rows } = await sql<Row>`select ${COLUMNS} from loops.instance i
    where parent = ${id} and ended_at is null order by id`.execute(work.tx)
  return Promise.all(
    rows.map(async ({ memory, holders }) => {
      const unit = memory.unit ?? ''
      return {
        unit: (await people(engine).organisation(unit, work.tx))?.name ?? { zh: unit, en: unit },
        holders: await titlesOf(
          engine,
          work,
          holders.map(({ who }) => who),
        ),
        caretaken: memory.caretaken === true,
      }
    }),
  )
}
