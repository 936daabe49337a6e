import { analytics, type Batch } from '#platform/analytics'
import type { PlannedCheck } from '#platform/registry'
import { type App, InvalidInput, type Words } from '#runtime'

/** Rows kept of those that fail a check; when they are mended, the next check keeps the next ones. */
const SAMPLE = 1000
const LIMITS = { seconds: 600, bytes: 3 * 2 ** 29, rows: 10 } as const

export interface Found {
  /** Rows of the table; 1 for a check of the table as a whole. */
  readonly rows: number
  readonly bad: number
  /** Numbers of the first rows that fail. */
  readonly sample: readonly number[]
  /** Why the check could not be made. */
  readonly problem?: Words
}

/** Brings the copies up to now that checks of a dataset look into; answers the table of the dataset. */
export async function refreshFor(
  app: App,
  dataset: string,
  plans: readonly PlannedCheck[],
  signal?: AbortSignal,
): Promise<{ readonly table: string; readonly tables: readonly string[]; readonly rows: number }> {
  const engine = app.use(analytics)
  const { table, rows } = await engine.refresh(dataset, undefined, signal)
  const tables = new Set([table])
  for (const other of new Set(plans.flatMap(({ others }) => others)))
    tables.add((await engine.refresh(other, undefined, signal)).table)
  return { table, tables: [...tables], rows }
}

/**
 * What each check finds, all in one pass over the table. If they cannot be asked together, each is asked by itself, so that
 * one that cannot be computed takes no other with it.
 */
export async function askChecks(
  app: App,
  on: { readonly table: string; readonly tables: readonly string[] },
  plans: readonly PlannedCheck[],
  signal?: AbortSignal,
): Promise<readonly Found[]> {
  if (plans.length === 0) return []
  try {
    return await askTogether(app, on, plans, signal)
  } catch (error) {
    if (!(error instanceof InvalidInput) || signal?.aborted) throw error
    if (plans.length === 1) return [{ rows: 0, bad: 0, sample: [], problem: error.words }]
  }
  const found: Found[] = []
  for (const plan of plans) found.push(...(await askChecks(app, on, [plan], signal)))
  return found
}

async function askTogether(
  app: App,
  { table, tables }: { readonly table: string; readonly tables: readonly string[] },
  plans: readonly PlannedCheck[],
  signal?: AbortSignal,
): Promise<readonly Found[]> {
  const asks = plans.map(({ fails }, at) => `coalesce((${fails}), false) as f${at}`)
  const counts = plans.flatMap((_, at) => [
    `count(*) filter (where f${at})`,
    `array_to_string(min(_id, ${SAMPLE}) filter (where f${at}), ',')`,
  ])
  const sql = `with checked as (select _id, ${asks.join(', ')} from "${table}") select count(*), ${counts.join(', ')} from checked`
  const [cells = []] = await rowsOf(
    app.use(analytics).ask({ sql, tables, limits: LIMITS, ...(signal ? { signal } : {}) }),
  )
  const rows = Number(cells[0] ?? 0)
  return plans.map(({ whole }, at) => {
    const bad = Number(cells[1 + 2 * at] ?? 0)
    if (whole) return { rows: 1, bad: bad > 0 || rows === 0 ? 1 : 0, sample: [] }
    const sample = String(cells[2 + 2 * at] ?? '')
    return { rows, bad, sample: sample === '' ? [] : sample.split(',').map(Number) }
  })
}

async function rowsOf(batches: AsyncIterable<Batch>): Promise<Batch['rows'][number][]> {
  const rows: Batch['rows'][number][] = []
  for await (const batch of batches) rows.push(...batch.rows)
  return rows
}
