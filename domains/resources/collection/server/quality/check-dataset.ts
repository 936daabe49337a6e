import { type AnyDataset, correctionLists } from '#platform/registry'
import { rules } from '#platform/rules'
import { type App, dayAt, formatDay, NotFound, system, type Work } from '#runtime'
import { settleCorrections } from '../corrections/settle.ts'
import { findDataset } from '../known-datasets.ts'
import { collectionTables } from '../tables.ts'
import { activeRules, INTAKE } from './active-rules.ts'
import { askChecks, type Found, refreshFor } from './ask-checks.ts'
import type { Outcome } from './outcome.ts'
import { askReach } from './reach.ts'

/** Checks a dataset by all its rules, keeps what was found, and opens, moves on or closes the matters about it. */
export async function checkDataset(app: App, id: string, signal?: AbortSignal): Promise<void> {
  const dataset = findDataset(app, id)
  if (!dataset) throw new NotFound()
  const active = await activeRules(app, app.db, dataset)
  const plans = active.map(({ plan }) => plan)
  const on = await refreshFor(app, id, plans, signal)
  const found = await askChecks(app, on, plans, signal)
  const reached = await askReach(app, id)
  await app.work(system('collection.check'), async (work) => {
    const refused = await app.use(correctionLists).waiting(work, id)
    const intake: Outcome = { rule: INTAKE, rows: on.rows + refused, bad: refused, sample: [] }
    const asked = active.map((rule, at): Outcome => ({ rule, ...(found[at] as Found) }))
    const outcomes = [...reached, ...asked]
    await keep(work, id, [intake, ...outcomes])
    await keepScore(app, work, dataset, on.rows, [intake, ...outcomes])
    await settleCorrections(app, work, dataset, outcomes)
    work.emit({ topic: 'collection.dataset.checked', key: id, audience: { right: 'collection.read' } })
  })
}

async function keep(work: Work, dataset: string, outcomes: readonly Outcome[]): Promise<void> {
  await collectionTables(work.tx)
    .insertInto('collection.result')
    .values(
      outcomes.map(({ rule, rows, bad, sample, problem }) => ({
        dataset,
        rule: rule.id,
        at: work.at,
        rows,
        bad,
        least: rule.least,
        sample: [...sample],
        problem: problem ? JSON.stringify(problem) : null,
      })),
    )
    .execute()
}

/** The score of the day; a later check of the same day replaces it. */
async function keepScore(app: App, work: Work, dataset: AnyDataset, rows: number, outcomes: readonly Outcome[]) {
  const results = outcomes
    .filter(({ problem }) => !problem)
    .map(({ rule, rows, bad }) => ({ dimension: rule.dimension, severity: rule.severity, rows, bad }))
  const { result, pack } = app.use(rules).evaluate('collection.score', { results }, { at: work.at })
  const { total, dimensions } = result as { total: number | null; dimensions: Record<string, number> }
  const row = { source: dataset.source, total, dimensions: JSON.stringify(dimensions), rows, pack }
  await collectionTables(work.tx)
    .insertInto('collection.score')
    .values({ dataset: dataset.id, day: formatDay(dayAt(work.at.getTime())), ...row })
    .onConflict((conflict) => conflict.columns(['dataset', 'day']).doUpdateSet(row))
    .execute()
}
