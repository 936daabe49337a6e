import { rules } from '#platform/rules'
import { type RunReport, type RunState, sources } from '#platform/sources'
import { type App, words } from '#runtime'
import type { ReachTables } from '../../rules/reach.ts'
import type { Outcome } from './outcome.ts'

const LOCALITY = '3709'
const DAY_MS = 86_400_000
/** Runs that tell of the source; those that wait for a decision, or that people ended, tell of something else. */
const READ: ReadonlySet<RunState> = new Set(['done', 'failed', 'incomplete'])

export const REACH = 'reach'

const tablesNow = (app: App): ReachTables =>
  app.use(rules).edition('collection.reach', { at: app.now(), locality: LOCALITY }).tables as ReachTables

/** Whether the source could be read when it was to be: of the runs of its feeds, those that brought nothing are bad. */
export function reachNow(app: App): Outcome['rule'] {
  const { days, least } = tablesNow(app)
  const title = words(
    `按计划取到数据（近 ${days} 天采集任务）`,
    `The source could be read (collections of the last ${days} days)`,
  )
  return { id: REACH, title, dimension: 'accessible', severity: 'major', least }
}

/** Nothing of a dataset that no feed brought lately. */
export async function askReach(app: App, dataset: string): Promise<Outcome[]> {
  const since = app.now().getTime() - tablesNow(app).days * DAY_MS
  const runs = await runsSince(app, dataset, since)
  const ended = runs.filter(({ state, startedAt }) => READ.has(state) && startedAt.getTime() >= since)
  const bad = ended.filter(({ state }) => state !== 'done').length
  return ended.length === 0 ? [] : [{ rule: reachNow(app), rows: ended.length, bad, sample: [] }]
}

/** Runs of a dataset's feeds, latest first, as far back as that instant and a little further. */
async function runsSince(app: App, dataset: string, since: number): Promise<readonly RunReport[]> {
  const runs: RunReport[] = []
  for (;;) {
    const before = runs.at(-1)
    const page = await app.use(sources).runs({ dataset, ...(before ? { after: before.id } : {}) })
    runs.push(...page)
    const last = page.at(-1)
    if (!last || last.startedAt.getTime() < since) return runs
  }
}
