import { type AnyDataset, type CheckContext, codeLists, type PlannedCheck, planCheck } from '#platform/registry'
import { type App, type Db, dayAt, formatDay, type Words, words } from '#runtime'
import type { Dimension, Severity } from '../../declarations/dimensions.ts'
import { findDataset } from '../known-datasets.ts'
import { collectionTables } from '../tables.ts'

/** A rule in force for a dataset: declared with it in code, or written by a steward. */
export interface ActiveRule {
  /** Id of a declared rule, number of a steward's. */
  readonly id: string
  readonly title: Words
  readonly dimension: Dimension
  readonly severity: Severity
  /** Least share of rows that must be good. */
  readonly least: number
  readonly plan: PlannedCheck
}

/** Rows that imports refused for a dataset and nobody has corrected. */
export const INTAKE = {
  id: 'intake',
  title: words('入库检查未通过的行', 'Rows that imports refused'),
  dimension: 'normative',
  severity: 'critical',
  least: 1,
} as const

/** `person.card` → `person_card`, as the analysis names tables. */
const tableName = (dataset: string): string => dataset.replace(/[.-]/g, '_')

export function checkContext(app: App): CheckContext {
  const lists = app.use(codeLists)
  return {
    today: formatDay(dayAt(app.now().getTime())),
    dataset: (id) => findDataset(app, id),
    codes: (list) => Object.keys(lists.all().find(({ id }) => id === list)?.codes ?? {}),
    table: tableName,
  }
}

export async function activeRules(app: App, db: Db, dataset: AnyDataset): Promise<ActiveRule[]> {
  const context = checkContext(app)
  const written = await collectionTables(db)
    .selectFrom('collection.rule')
    .selectAll()
    .where('dataset', '=', dataset.id)
    .where('state', '=', 'published')
    .orderBy('id')
    .execute()
  return [
    ...(dataset.quality ?? []).map(({ id, title, dimension, holds }) => ({
      id,
      title,
      dimension,
      severity: 'major' as const,
      least: 1,
      plan: { fails: `not (${holds})`, whole: false, others: [] },
    })),
    ...written.map(({ id, title, dimension, severity, least, check }) => ({
      id: String(id),
      title,
      dimension,
      severity,
      least,
      plan: planCheck(dataset, check, context),
    })),
  ]
}
