import { type LoopInstance, loops } from '#platform/loops'
import { type AnyDataset, type CorrectionCounts, correctionLists } from '#platform/registry'
import { type App, Conflict, type Words, type Work, words } from '#runtime'
import { type Outcome, passes } from '../quality/outcome.ts'
import { type CollectionRow, collectionTables } from '../tables.ts'

/** A failing rule, or the list of rows that a deliverer has to correct, as a matter sees it. */
export interface Fault {
  readonly rule: string
  readonly title: Words
  readonly rows: number
  readonly bad: number
  readonly load?: number
}

type Correction = CollectionRow<'collection.correction'>

const REFUSED = 'refused:'

/** A list as a fault: one for each deliverer, whatever import refused its rows. */
export const faultOf = ({ deliverer, load, fileName, rowsRead, open, dropped }: CorrectionCounts): Fault => {
  const bad = open + dropped
  const title = words(`“${fileName}”中未通过检查的行`, `rows of "${fileName}" that were refused`)
  return { rule: `${REFUSED}${deliverer}`, title, rows: Math.max(rowsRead, bad), bad, load }
}

/** After a check: every rule that fails has its matter, every matter whose rule holds is closed. */
export async function settleCorrections(
  app: App,
  work: Work,
  dataset: AnyDataset,
  outcomes: readonly Outcome[],
): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.problem) continue
    const { rule, rows, bad } = outcome
    const fault = { rule: rule.id, title: rule.title, rows, bad }
    await (passes(outcome) ? passCorrection(app, work, dataset.id, fault) : failCorrection(app, work, dataset, fault))
  }
  await endWithoutRule(app, work, dataset, new Set(outcomes.map(({ rule }) => rule.id)))
  await settleLists(app, work, dataset)
}

/** A matter about a rule that is out of force ends: nothing will ever check it again. The first version knows no such end. */
async function endWithoutRule(app: App, work: Work, dataset: AnyDataset, rules: ReadonlySet<string>): Promise<void> {
  for (const { loop, rule } of await openOnes(work, dataset.id)) {
    if (rules.has(rule) || rule.startsWith(REFUSED)) continue
    const { revision, version } = await app.use(loops).get(work, loop)
    if (version === 1) continue
    await act(app, work, loop, 'rule-gone', revision)
    await endCorrection(work, loop, 'lapsed')
  }
}

/** Lists of refused rows: their matter is closed when no row waits any more; rows given up need the data bureau's consent. */
async function settleLists(app: App, work: Work, dataset: AnyDataset): Promise<void> {
  const lists = app.use(correctionLists)
  const faults: string[] = []
  for (const list of await lists.all(work, dataset.id)) {
    const fault = faultOf(list)
    faults.push(fault.rule)
    await (list.open > 0 ? failCorrection(app, work, dataset, fault) : askDrop(app, work, dataset.id, fault))
  }
  for (const { load, rule } of await openOnes(work, dataset.id)) {
    if (load === null || faults.includes(rule)) continue
    await passCorrection(app, work, dataset.id, { ...faultOf(await lists.of(work, load)), rule })
  }
}

const openOnes = (work: Work, dataset: string): Promise<Correction[]> =>
  collectionTables(work.tx)
    .selectFrom('collection.correction')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('ended_at', 'is', null)
    .execute()

async function latest(work: Work, dataset: string, rule: string): Promise<Correction | undefined> {
  return collectionTables(work.tx)
    .selectFrom('collection.correction')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('rule', '=', rule)
    .orderBy('opened_at', 'desc')
    .executeTakeFirst()
}

/** A fault has its open matter: the one there is, the last one taken up again, or a new one. */
export async function failCorrection(app: App, work: Work, dataset: AnyDataset, fault: Fault): Promise<void> {
  const last = await latest(work, dataset.id, fault.rule)
  if (!last) return openCorrection(app, work, dataset, fault, 'first')
  if (last.ended_at === null) {
    const { revision, place } = await tell(app, work, last, fault)
    if (place === 'checking') await act(app, work, last.loop, 'failed', revision)
    return
  }
  // Rows of a list that were waived are in it no more: what is in it now is something else.
  const isWaived = fault.load === undefined && last.outcome === 'waived' && fault.bad <= last.last_bad
  if (isWaived) return
  if (!(await openAgain(app, work, last, fault))) await openCorrection(app, work, dataset, fault, last.loop)
}

/** @returns false when the last matter ended too long ago */
async function openAgain(app: App, work: Work, last: Correction, fault: Fault): Promise<boolean> {
  const { revision } = await app.use(loops).get(work, last.loop)
  const reason = '复检再次不合格 · fails the check again'
  let due: Date | null
  try {
    due = (await act(app, work, last.loop, 'loops.reopen', revision, { reason })).due
  } catch (error) {
    if (error instanceof Conflict && error.code === 'too-late') return false
    throw error
  }
  await collectionTables(work.tx)
    .updateTable('collection.correction')
    .set({ due, ended_at: null, outcome: null, opened_again: last.opened_again + 1 })
    .where('loop', '=', last.loop)
    .execute()
  await tell(app, work, last, fault)
  return true
}

/** @param after the matter before it about the same fault, so that one check opens one matter only */
async function openCorrection(app: App, work: Work, dataset: AnyDataset, fault: Fault, after: string): Promise<void> {
  const matter = await app.use(loops).open(work, {
    definition: 'collection.correction',
    key: `${dataset.id}:${fault.rule}:${after}`,
    data: {
      dataset: dataset.id,
      title: { ...dataset.title },
      rule: fault.rule,
      fault: { ...fault.title },
      source: dataset.source,
      rows: fault.bad,
      of: fault.rows,
      ...(fault.load === undefined ? {} : { load: fault.load }),
    },
  })
  await collectionTables(work.tx)
    .insertInto('collection.correction')
    .values({
      loop: matter.id,
      dataset: dataset.id,
      rule: fault.rule,
      load: fault.load ?? null,
      source: dataset.source,
      opened_at: work.at,
      due: matter.due,
      ended_at: null,
      outcome: null,
      first_bad: fault.bad,
      last_bad: fault.bad,
    })
    .onConflict((conflict) => conflict.column('loop').doNothing())
    .execute()
}

/** The matter and its line of the list say how many rows fail now, and which import refused some of them last. */
async function tell(app: App, work: Work, { loop }: Correction, fault: Fault): Promise<LoopInstance> {
  const { bad, rows, load, title } = fault
  await collectionTables(work.tx)
    .updateTable('collection.correction')
    .set({ last_bad: bad, load: load ?? null })
    .where('loop', '=', loop)
    .execute()
  const latest = load === undefined ? {} : { load, fault: { ...title } }
  return app.use(loops).update(work, loop, { rows: bad, of: rows, ...latest })
}

async function passCorrection(app: App, work: Work, dataset: string, fault: Fault): Promise<void> {
  const last = await latest(work, dataset, fault.rule)
  if (last?.ended_at !== null || !last) return
  const { revision } = await tell(app, work, last, fault)
  await act(app, work, last.loop, 'passed', revision)
  await endCorrection(work, last.loop, 'closed')
}

async function askDrop(app: App, work: Work, dataset: string, fault: Fault): Promise<void> {
  const last = await latest(work, dataset, fault.rule)
  if (last?.ended_at !== null || !last) return
  const { revision, place } = await tell(app, work, last, fault)
  if (place === 'checking') await act(app, work, last.loop, 'ask-drop', revision)
}

export async function endCorrection(work: Work, loop: string, outcome: 'closed' | 'waived' | 'lapsed'): Promise<void> {
  await collectionTables(work.tx)
    .updateTable('collection.correction')
    .set({ ended_at: work.at, outcome })
    .where('loop', '=', loop)
    .execute()
}

const act = (app: App, work: Work, instance: string, action: string, revision: number, form?: object) =>
  app.use(loops).act(work, {
    instance,
    action,
    revision,
    key: `${action}:${revision}`,
    ...(form ? { form: form as Readonly<Record<string, unknown>> } : {}),
  })
