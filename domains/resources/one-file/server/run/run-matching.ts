import { sql } from 'kysely'
import { unsealedRows } from '#platform/registry'
import { rules } from '#platform/rules'
import { type App, alone, type Db, system } from '#runtime'
import { MATCHING, type Reading, readings } from '../../declarations/readings.ts'
import type { MatchingTables } from '../../rules/matching.ts'
import { ENTITIES_CHANGED } from '../../topics.ts'
import { ENOUGH_TO_LEARN, FIRST_MODELS } from '../matching/first-models.ts'
import type { Model } from '../matching/model.ts'
import { PeopleIntake } from '../matching/people/intake.ts'
import { type Decision, decidedOf, decidedSince, openDecisions } from './decisions.ts'
import { changedRows, countChanges, goneRecords } from './find-changes.ts'
import { FirstRecords } from './first-records.ts'
import { type EntityKind, Gathered, type Prior, type Taken, take } from './gathered.ts'
import { KnownRecords } from './known-records.ts'
import { matchApart } from './match-apart.ts'
import type { ExplainedPair, MatchTask } from './match-worker.ts'
import { neighbours } from './neighbourhood.ts'
import { fieldsOf } from './read-part.ts'
import { endRecords, lookAgain, type Records, retireEmpty } from './records.ts'
import { RunLog } from './run-log.ts'
import { type Changed, EVERYTHING, noteStates, sourcesNow } from './sources-now.ts'
import { storePairs } from './store-pairs.ts'

const BATCH = 2000

interface Run {
  readonly app: App
  readonly log: RunLog
  readonly tables: MatchingTables
  readonly decisions: readonly Decision[]
  /** Sources that are compared with the files. */
  readonly changed: Changed
  readonly signal: AbortSignal
}

/**
 * Finds out again whom rows are about: of all rows at first, after new weights are asked for, or when much has changed;
 * otherwise of the changed rows and those that may be about the same, for which only sources are looked through that
 * have changed. One run at a time in the whole installation.
 * @returns false if another one is under way
 */
export async function runMatching(
  app: App,
  signal: AbortSignal,
  options: { readonly whole?: boolean } = {},
): Promise<boolean> {
  const isDone = await alone(app, 'one-file.run', '', async () => {
    await runLocked(app, signal, options.whole ?? false)
    return true
  })
  return isDone ?? false
}

async function runLocked(app: App, signal: AbortSignal, asked: boolean): Promise<void> {
  const { result, pack } = app.use(rules).evaluate('one-file.matching', {}, { at: app.now(), locality: '3709' })
  const tables = result as MatchingTables
  const sources = await sourcesNow(app)
  const isEverything = asked || (await RunLog.wasCut(app))
  const changed = isEverything ? EVERYTHING : sources.changed
  const changes = isEverything ? sources.rows : await countChanges(app, app.db, changed)
  if (changes === 0 && !isEverything) {
    await app.work(system(MATCHING), (work) => noteStates(work, sources))
    return
  }
  const isWhole = isEverything || changes > tables.wholeFrom * sources.rows || (await models(app.db)).size < 2
  const log = await RunLog.begin(app, isWhole, pack)
  try {
    const run: Run = { app, log, tables, decisions: await openDecisions(app.db), changed, signal }
    const taken = isWhole ? await gatherAll(run) : await gatherSome(run)
    const gone = await endGone(run)
    await app.work(system(MATCHING), (work) => endRecords(work, taken.gone))
    const into = (isWhole && (await FirstRecords.begin(app))) || new KnownRecords(app)
    await into.nobody(taken.nobody)
    const person = await matchKind(run, taken.person, isWhole, into)
    const firm = await matchKind(run, taken.firm, isWhole, into)
    await into.end((done, of) => log.at('index', done, of), signal)
    const review =
      (await storePairs(app, taken.person, person.pairs, tables)) +
      (await storePairs(app, taken.firm, firm.pairs, tables))
    const records = taken.person.count + taken.firm.count
    const written = person.written + firm.written
    await app.work(system(MATCHING), async (work) => {
      await retireEmpty(work)
      await noteStates(work, sources)
      await lookAgain(work, await decidedSince(work.tx, run.decisions))
      if (written > 0 || gone > 0) work.emit({ topic: ENTITIES_CHANGED, key: String(log.id) })
    })
    await log.end({ records, changed: written, review })
  } catch (error) {
    await log.fail()
    throw error
  }
}

const emptyTaken = (): Taken => ({ person: new Gathered('person'), firm: new Gathered('firm'), nobody: [], gone: [] })
const decidedRefs = (decisions: readonly Decision[]): Set<string> => new Set(decisions.flatMap(({ a, b }) => [a, b]))

async function gatherAll({ app, log, decisions, signal }: Run): Promise<Taken> {
  const taken = emptyTaken()
  const decided = decidedRefs(decisions)
  for (const [at, reading] of readings.entries()) {
    await log.at('gather', at, readings.length)
    for await (const rows of app.use(unsealedRows).stream(MATCHING, reading.dataset, fieldsOf(reading.parts))) {
      signal.throwIfAborted()
      const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? 0]
      const priors = await sql<Prior>`select row, part, version, coalesce(entity, 0) as entity from one_file.record
        where dataset = ${reading.dataset} and row between ${first} and ${last}`.execute(app.db)
      take(app, taken, reading, rows, priors.rows, decided)
    }
  }
  return taken
}

async function gatherSome(run: Run): Promise<Taken> {
  const taken = emptyTaken()
  await takeRows(run, taken, changedRows(run.app, run.app.db, run.changed))
  await takeRows(run, taken, await neighbours(run.app.db, taken))
  return taken
}

/** @returns how many records ended because their rows are gone */
async function endGone({ app, changed, signal }: Run): Promise<number> {
  for (let ended = 0; ; ) {
    signal.throwIfAborted()
    const gone = await goneRecords(app, app.db, changed)
    if (gone.length === 0) return ended
    await app.work(system(MATCHING), (work) => endRecords(work, gone))
    ended += gone.length
  }
}

async function takeRows(
  { app, log, decisions, signal }: Run,
  taken: Taken,
  wanted: AsyncIterable<readonly [Reading, readonly number[]]> | ReadonlyMap<Reading, readonly number[]>,
) {
  const decided = decidedRefs(decisions)
  for await (const [reading, ids] of wanted) {
    await log.at('gather', readings.indexOf(reading), readings.length)
    for (let from = 0; from < ids.length; from += BATCH) {
      signal.throwIfAborted()
      const part = ids.slice(from, from + BATCH)
      await app.work(system(MATCHING), async (work) => {
        const rows = await app.use(unsealedRows).rows(work, MATCHING, reading.dataset, part)
        work.audit({
          event: 'registry.row.unsealed',
          subject: { kind: 'dataset', id: reading.dataset },
          details: { rows: rows.length },
        })
        const priors = await sql<Prior>`select row, part, version, coalesce(entity, 0) as entity from one_file.record
          where dataset = ${reading.dataset} and row = any(${part}::bigint[])`.execute(work.tx)
        take(app, taken, reading, rows, priors.rows, decided)
      })
    }
  }
}

interface MatchedKind {
  /** Records that were written. */
  readonly written: number
  /** For a person to look at. */
  readonly pairs: readonly ExplainedPair[]
}

async function matchKind(run: Run, gathered: Gathered, isWhole: boolean, into: Records): Promise<MatchedKind> {
  const { app, log, tables, decisions, signal } = run
  if (gathered.count === 0) return { written: 0, pairs: [] }
  await log.at('match', 0, 1)
  const { intake, kind, count } = gathered
  const known = count < ENOUGH_TO_LEARN ? FIRST_MODELS[kind] : isWhole ? undefined : (await models(app.db)).get(kind)
  const decided = decidedOf(decisions, gathered)
  const common = { count, thresholds: tables, decided, prior: gathered.priorEntities(), model: known, seed: log.id }
  const task: MatchTask =
    intake instanceof PeopleIntake
      ? { ...common, kind: 'person', data: intake.data() }
      : { ...common, kind: 'firm', data: intake.data() }
  const answer = await matchApart(task, signal)
  if (isWhole) await keepModel(app, kind, answer.model, log.id)
  const written = await into.write(gathered, answer.sets, (done) => log.at('store', done, count), signal)
  return { written, pairs: isWhole ? [...answer.review, ...answer.samples] : answer.review }
}

async function models(db: Db): Promise<Map<EntityKind, Model>> {
  const { rows } = await sql<{ kind: EntityKind; model: Model }>`select kind, model from one_file.model`.execute(db)
  return new Map(rows.map(({ kind, model }) => [kind, model]))
}

const keepModel = (app: App, kind: EntityKind, model: Model, run: number): Promise<unknown> =>
  app.work(system(MATCHING), (work) =>
    sql`insert into one_file.model (kind, model, run) values (${kind}, ${JSON.stringify(model)}::jsonb, ${run})
      on conflict (kind) do update set model = excluded.model, run = excluded.run`.execute(work.tx),
  )
