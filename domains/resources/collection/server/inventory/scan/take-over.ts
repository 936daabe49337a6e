import type { Static } from 'typebox'
import { registry } from '#platform/registry'
import { type App, Conflict, NotFound, type Scope, type Work, words } from '#runtime'
import { systemFields, systemTables } from '../../../declarations/datasets.ts'
import { findDataset } from '../../known-datasets.ts'
import { mustReachUnit } from '../reach.ts'
import type { ScannedTable } from './compare.ts'
import { findScan, type Scan } from './scans.ts'

type Table = Static<typeof systemTables.schema>
type Field = Static<typeof systemFields.schema>

const LONGEST_TITLE = 200
const PAGE = 10_000
/** Tables that are taken over or out in one unit of work. */
export const AT_ONCE = 500

/**
 * Takes tables over into the inventory as they were found: what is new is declared, columns become what they are, and the
 * dataset that collects a table is the one that proved it. The first of all that were found, unless some are named.
 * @returns how many, and how many are left @throws NotFound, Forbidden, Conflict when one named is not in the scan any more
 */
export async function takeOver(
  app: App,
  work: Work,
  scope: Scope,
  { system, tables: named }: { readonly system: string; readonly tables?: readonly string[] },
): Promise<{ readonly count: number; readonly left: number }> {
  const scan = await getScan(app, work, scope, system)
  const all = chosen(scan, named).filter(({ state }) => state === 'undeclared' || state === 'differs')
  const open = all.slice(0, AT_ONCE)
  if (open.length === 0) return { count: 0, left: 0 }
  const names = open.map(({ name }) => name)
  const store = app.use(registry)
  const before = new Map((await tablesOf(app, work, system, names)).map((table) => [table.name, table]))
  const fields = Map.groupBy(await fieldsOf(app, work, system, names), ({ table }) => table)
  const { owner } = scan
  const known = (table: ScannedTable): Table =>
    before.get(table.name) ?? { system, owner, name: table.name, title: titleOf(app, table) }
  const columns = ({ name }: ScannedTable) => fields.get(name) ?? []
  const dropped = open.flatMap((table) => columns(table).filter(({ name }) => table.dropped.includes(name)))
  const present = open.flatMap((table) => fieldRows({ system, owner: known(table).owner }, table, columns(table)))
  await store.write(
    work,
    systemTables,
    open.map((table) => tableRow(known(table), table)),
  )
  await removeFields(app, work, dropped)
  if (present.length > 0) await store.write(work, systemFields, present)
  tell(work, scan, 'taken', open)
  return { count: open.length, left: all.length - open.length }
}

/** Takes tables that are not there any more out of the inventory; their history stays. @throws as `takeOver` */
export async function removeGone(
  app: App,
  work: Work,
  scope: Scope,
  { system, tables: named }: { readonly system: string; readonly tables: readonly string[] },
): Promise<number> {
  const scan = await getScan(app, work, scope, system)
  const gone = chosen(scan, named).filter(({ state }) => state === 'gone')
  const names = gone.map(({ name }) => name)
  if (names.length === 0) return 0
  await removeFields(app, work, await fieldsOf(app, work, system, names))
  await app.use(registry).remove(
    work,
    systemTables,
    gone.map(({ name }) => ({ system, name })),
  )
  tell(work, scan, 'removed', gone)
  return gone.length
}

async function getScan(app: App, work: Work, scope: Scope, system: string): Promise<Scan> {
  const scan = await findScan(app, work.tx, system)
  if (!scan) throw new NotFound()
  await mustReachUnit(app, work, scope, scan.owner)
  return scan
}

function chosen({ tables }: Scan, named: readonly string[] | undefined): readonly ScannedTable[] {
  if (!named) return tables
  const byName = new Map(tables.map((table) => [table.name, table]))
  return named.map((name) => {
    const table = byName.get(name)
    if (table) return table
    throw new Conflict(
      'scan-changed',
      words(`扫描结果已变化，没有表“${name}”，请刷新`, `The scan has changed, it has no table "${name}"; load again`),
    )
  })
}

/** Names in the record are some only; the history of the rows has them all. */
const NAMED = 10
const LONGEST_NAME = 200

function tell(work: Work, { system }: Scan, what: 'taken' | 'removed', tables: readonly ScannedTable[]): void {
  const first = tables.slice(0, NAMED).map(({ name }) => name.slice(0, LONGEST_NAME))
  work.audit({
    event: 'collection.inventory.changed',
    subject: { kind: 'collection.system', id: system },
    details: { [what]: tables.length, first },
  })
}

type Of = Pick<Table, 'system' | 'owner'>

/** The title of the dataset that collects it, until somebody gives it one of its own. */
const titleOf = (app: App, { name, provenBy }: ScannedTable): string =>
  (provenBy === null ? undefined : findDataset(app, provenBy)?.title.zh) ?? name

function tableRow(known: Table, { rows, provenBy }: ScannedTable): Table {
  const counted = rows === null ? known : { ...known, rows }
  if (provenBy === null) return counted
  // What is collected needs no reason why it is not.
  const { reason: _r, plannedUntil: _p, ...rest } = counted
  return { ...rest, dataset: provenBy }
}

function fieldRows(of: Of, { name: table, found }: ScannedTable, fields: readonly Field[]): readonly Field[] {
  const known = new Map(fields.map((field) => [field.name.toLowerCase(), field]))
  const mapped = new Map(
    (found?.feeds ?? []).flatMap((feed) => feed.mapped.map((each) => [each.name.toLowerCase(), each.field] as const)),
  )
  return (found?.columns ?? []).map(({ name, type, comment }) => {
    const goesTo = mapped.get(name.toLowerCase())
    return {
      ...(known.get(name.toLowerCase()) ?? { ...of, table, name }),
      ...(type && found?.hasTypes ? { type } : {}),
      ...(comment && !known.get(name.toLowerCase())?.title ? { title: comment.slice(0, LONGEST_TITLE) } : {}),
      ...(goesTo ? { field: goesTo } : {}),
    }
  })
}

const tablesOf = (app: App, work: Work, system: string, names: readonly string[]) =>
  everyPage((page) =>
    app.use(registry).list(work, systemTables, { where: { system: { is: system }, name: { in: names } }, ...page }),
  )
const fieldsOf = (app: App, work: Work, system: string, tables: readonly string[]) =>
  everyPage((page) =>
    app.use(registry).list(work, systemFields, { where: { system: { is: system }, table: { in: tables } }, ...page }),
  )

interface Page<T> {
  readonly rows: readonly { readonly value: T }[]
  readonly next?: string
}

async function everyPage<T>(list: (page: { limit: number; after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const values: T[] = []
  let after: string | undefined
  do {
    const page = await list({ limit: PAGE, ...(after ? { after } : {}) })
    values.push(...page.rows.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  return values
}

const removeFields = (app: App, work: Work, fields: readonly Field[]) =>
  app.use(registry).remove(
    work,
    systemFields,
    fields.map(({ system, table, name }) => ({ system, table, name })),
  )
