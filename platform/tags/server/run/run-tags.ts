import { analytics, type Computed, type Snapshot } from '#platform/analytics'
import { bulkCopy, datasetExtracts } from '#platform/registry'
import { type RulePack, rules } from '#platform/rules'
import { type App, alone, localDateAt, system, type Words, type Work } from '#runtime'
import type { RunOptions, RunResult } from '../../contract.ts'
import type { InForce, TagBook } from '../book.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'
import { applyChanges, applyFirst } from './apply.ts'
import { isAlike, isLocal, markText, tagMarks } from './inputs.ts'
import { isOf, isOfSubject, keptValues } from './kept.ts'
import { daysBetween, type Plan, planRun, type RunState } from './plan.ts'
import { stability } from './stability.ts'

const GB = 2 ** 30
const LIMITS = { seconds: 3600, bytes: 4 * GB }
/** Kept values are laid down anew when this fraction of them differs. */
const FULL = 10

/** Computes all tags of a subject and writes down what differs; one run at a time, whatever process. */
export async function runTags(book: TagBook, subject: string, options: RunOptions = {}): Promise<RunResult> {
  const { app } = book
  book.subject(subject)
  const result = await alone(app, 'tags.run', subject, () => runAlone(book, subject, options), Number.POSITIVE_INFINITY)
  return result as RunResult
}

async function runAlone(book: TagBook, subject: string, options: RunOptions): Promise<RunResult> {
  const { app } = book
  const run = await begin(app, subject)
  try {
    return await compute(book, subject, run, options)
  } catch (error) {
    await fail(app, run, error)
    throw error
  }
}

/** A run of which nothing came is told as failed: whoever holds the lock knows that nobody else is at it. */
async function begin(app: App, subject: string): Promise<number> {
  return app.work(system('tags.run'), async ({ tx, at }) => {
    await sql`update tags.run set state = 'failed', ended_at = ${at},
      problem = ${JSON.stringify({ zh: '运行中断', en: 'The run was ended in the middle' })}
      where subject = ${subject} and state = 'computing'`.execute(tx)
    const row = await firstOf(
      tx,
      sql<{ id: number }>`insert into tags.run (subject, day, state, started_at)
        values (${subject}, ${localDateAt(at)}, 'computing', ${at}) returning id`,
    )
    return row?.id ?? 0
  })
}

async function fail(app: App, run: number, error: unknown): Promise<void> {
  const text = { zh: '运行失败', en: 'The run failed' }
  const problem: Words = (error as { words?: Words }).words ?? text
  await sql`update tags.run set state = 'failed', ended_at = now(), problem = ${JSON.stringify(problem)}
    where id = ${run} and state = 'computing'`.execute(app.db)
}

async function compute(book: TagBook, id: string, run: number, options: RunOptions): Promise<RunResult> {
  const { app } = book
  const { signal } = options
  const state = await gather(book, id, run, options)
  const plan = planRun(state)
  const computed = await app.use(analytics).compute({
    ...plan,
    answer: ['counts', 'spread'],
    limits: LIMITS,
    ...(signal ? { signal } : {}),
  })
  try {
    const result = await app.work(system('tags.run'), (work) => store(book, work, state, computed))
    await sweep(app, state, plan)
    return result
  } finally {
    await computed.text?.remove()
  }
}

/** What a run stands on, and what it notes for the next. */
interface Gathered extends RunState {
  readonly due: ReadonlySet<InForce>
  /** Of which each tag's values are made. */
  readonly inputs: ReadonlyMap<InForce, string | null>
  /** How many carried each tag after the last run. */
  readonly carriers: ReadonlyMap<number, number>
}

/** Everything a run stands on, with the copies of its sources brought up to now. */
async function gather(book: TagBook, id: string, run: number, options: RunOptions): Promise<Gathered> {
  const { app } = book
  const subject = book.subject(id)
  const inForce = await book.inForce(app.db, id)
  const tags = inForce.filter((tag) => tag.features.every((feature) => book.features.has(feature)))
  const features = book.featuresOf(tags)
  const engine = app.use(analytics)
  const datasets = [subject, ...features, ...tags].flatMap((one) =>
    'sources' in one ? one.sources.map(({ dataset }) => dataset) : [one.dataset],
  )
  const snapshots = await copies(app, new Set(datasets), options)
  const day = localDateAt(app.now())
  const there = new Map((await engine.tables()).map((each) => [each.table, each]))
  const done = await firstOf(
    app.db,
    sql<{ id: number }>`select id from tags.run where subject = ${id} and state = 'done' order by id desc limit 1`,
  )
  const state = {
    ...{ run, day, subject, tags, features, snapshots },
    editions: editionsOf(app, [...tags, ...features]),
    tables: new Set(there.keys()),
  }
  const last = done && keptValues(subject, done.id, state.tables)
  const rows = (table = '') => there.get(table)?.rows ?? 0
  return {
    ...state,
    ...(await whatToCompute(app, { ...state, last, lastRun: last && done.id })),
    last,
    isFull: rows(last?.over) * FULL > rows(last?.base),
    isFirst: done === undefined,
  }
}

/**
 * Tags are computed when they are due and something they are made of has changed, all when the last values are lost;
 * for members with changed rows alone, where nobody else's can have changed since the run before.
 */
async function whatToCompute(
  app: App,
  state: Omit<RunState, 'computed' | 'parts' | 'isFull' | 'isFirst'> & { readonly lastRun: number | undefined },
): Promise<Pick<Gathered, 'due' | 'inputs' | 'computed' | 'parts' | 'carriers'>> {
  const { tags, day, last, lastRun } = state
  const rows = await rowsOf(
    app.db,
    sql<{ tag: number; carriers: number; inputs: string | null }>`
      select tag, carriers::int as carriers, inputs from tags.count where run = ${lastRun ?? 0}`,
  )
  const before = new Map(rows.map(({ tag, inputs }) => [tag, inputs]))
  const due = lastRun === undefined ? new Set(tags) : await dueTags(app, tags, day)
  const marks = new Map([...due].map((tag) => [tag, tagMarks(tag, state)]))
  const inputs = new Map(
    tags.map((tag) => {
      const mark = marks.get(tag)
      return [tag, mark ? markText(mark) : (before.get(tag.number) ?? null)]
    }),
  )
  const computed = [...due].filter((tag) => inputs.get(tag) !== before.get(tag.number))
  const isPart = (tag: InForce) => {
    const mark = marks.get(tag)
    return tag.refreshDays === 1 && isLocal(tag) && mark !== undefined && isAlike(before.get(tag.number), mark)
  }
  return {
    ...{ due, inputs, computed },
    parts: new Set(last?.touched ? computed.filter(isPart) : []),
    carriers: new Map(rows.map(({ tag, carriers }) => [tag, carriers])),
  }
}

/** The copies of the datasets that there are; one that is not makes the tags fail that read it. */
async function copies(app: App, wanted: ReadonlySet<string>, { signal, asTheyAre }: RunOptions) {
  const engine = app.use(analytics)
  const extracts = app.use(datasetExtracts).all()
  const present = extracts.map(({ dataset }) => dataset.id).filter((id) => wanted.has(id))
  const found = new Map<string, Snapshot>()
  if (asTheyAre)
    for (const each of await engine.tables()) if (wanted.has(each.dataset ?? '')) found.set(each.dataset ?? '', each)
  for (const id of present) if (!found.has(id)) found.set(id, await engine.refresh(id, undefined, signal))
  return found
}

function editionsOf(app: App, users: readonly { readonly rules: readonly string[] }[]): ReadonlyMap<string, RulePack> {
  const named = new Set(users.flatMap((one) => one.rules))
  return new Map([...named].map((rule) => [rule, app.use(rules).edition(rule, { at: app.now() })]))
}

/** Tags whose last computation is as old as their refresh says, and changed ones. */
async function dueTags(app: App, tags: readonly InForce[], day: string): Promise<ReadonlySet<InForce>> {
  const rows = await rowsOf(
    app.db,
    sql<{ tag: number; day: string; at: Date; published: Date }>`
      select t.number as tag, max(r.day)::text as day, max(r.started_at) as at,
        (select max(published_at) from tags.version v where v.tag = t.id) as published
      from tags.tag t join tags.count c on c.tag = t.number and c.computed join tags.run r on r.id = c.run
      group by t.number, t.id`,
  )
  const last = new Map(rows.map((row) => [row.tag, row]))
  const isDue = ({ number, refreshDays }: InForce) => {
    const before = last.get(number)
    return !before || before.published > before.at || refreshDays === 1 || daysBetween(before.day, day) >= refreshDays
  }
  return new Set(tags.filter(isDue))
}

/** Writes down a run in one transaction: after it, it is done and cannot be done again. */
async function store(book: TagBook, work: Work, state: Gathered, computed: Computed): Promise<RunResult> {
  const { tx } = work
  const { run, day, subject, tags, isFirst, last, due, inputs } = state
  const text = computed.text
  const copy = book.app.use(bulkCopy)
  const more = new Map((computed.answers.get('counts') ?? []).map(([tag, n]) => [Number(tag), Number(n)]))
  const counts = new Map(
    tags.map(({ number }) => [number, (state.carriers.get(number) ?? 0) + (more.get(number) ?? 0)]),
  )
  const carried = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const numbers = await rowsOf(tx, sql<{ number: number }>`select number from tags.tag where subject = ${subject.id}`)
  let applied = { added: carried, removed: 0 }
  if (text && isFirst) await applyFirst(tx, copy, text.open())
  else if (text)
    applied = await applyChanges(
      tx,
      copy,
      { run, day, isWhole: !last, numbers: numbers.map(({ number }) => number) },
      text.open(),
    )
  const failed = Object.fromEntries(
    tags.flatMap((tag) => {
      const problem = computed.failed.get(`t_${tag.number}`)
      return problem ? [[tag.id, problem]] : []
    }),
  )
  // The spread of a model is taken when all are computed: a part of them tells nothing of it.
  const settled = tags.filter((tag) => due.has(tag) && (!state.computed.includes(tag) || state.parts.has(tag)))
  const bins = await stability(
    tx,
    computed.answers.get('spread') ?? [],
    settled.map(({ number }) => number),
  )
  const rows = tags.map((tag) => ({
    tag: tag.number,
    carriers: counts.get(tag.number) ?? 0,
    computed: due.has(tag) && !(tag.id in failed),
    inputs: tag.id in failed ? null : inputs.get(tag),
    ...(bins.get(tag.number) ?? { bins: null, psi: null }),
  }))
  await sql`insert into tags.count (tag, run, carriers, computed, inputs, bins, psi)
    select tag, ${run}, carriers, computed, inputs, bins, psi
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(tag int, carriers int, computed boolean, inputs text, bins int[], psi double precision)`.execute(tx)
  const editions = [...state.editions].map(([rule, pack]) => ({ rule, edition: pack.id }))
  await sql`update tags.run set state = 'done', ended_at = clock_timestamp(), added = ${applied.added},
    removed = ${applied.removed}, carried = ${carried}, editions = ${JSON.stringify(editions)},
    failed = ${JSON.stringify(failed)} where id = ${run}`.execute(tx)
  work.audit({
    event: 'tags.run.done',
    subject: { kind: 'tags.run', id: String(run) },
    details: { ...applied, carried },
  })
  work.emit({
    topic: 'tags.run.done',
    key: subject.id,
    data: { run, failed: Object.keys(failed) },
    audience: { right: 'tags.read' },
  })
  await book.hooks.get(subject.id)?.ran?.(work, { id: run, carried })
  return { run, ...applied, carried, failed: Object.keys(failed) }
}

/** Kept tables that nothing needs any more; those of features that nobody used now stay for trials. */
async function sweep(app: App, { subject, features, tables }: RunState, plan: Plan): Promise<void> {
  const wanted = new Set(plan.wanted)
  const used = features.filter((feature) => plan.wanted.some((table) => isOf(feature, table)))
  for (const table of tables)
    if (!wanted.has(table) && (isOfSubject(subject, table) || used.some((feature) => isOf(feature, table))))
      await app.use(analytics).drop(table)
}
