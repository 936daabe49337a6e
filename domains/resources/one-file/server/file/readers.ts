import { Type } from 'typebox'
import { type AboutEntry, type AboutWhat, auditLog } from '#platform/audit'
import { type Disclosure, disclosures } from '#platform/exchange'
import { identity } from '#platform/identity'
import { datasetDirectory } from '#platform/registry'
import { type App, type Route, route, type Words, type Work, words } from '#runtime'
import type { KnownEntity } from '../../contract.ts'
import type { Reader } from '../../types.ts'
import { getEntity, linksOf } from './load-rows.ts'
import { SUBJECT } from './subject.ts'

const PAGE = 50
/** Records for which it is asked who read them, the latest of each source. */
const MOST_RECORDS = 300

const SHARED = words('通过数据共享取得', 'Shared through the exchange')

/** For stewards and auditors: who read what a file is made of, without the file. */
export const readersRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/one-file/entities/:id/readers',
    title: words('谁看过这份档案', 'Who opened a file'),
    right: 'one-file.readers',
    audit: 'one-file.readers.read',
    params: Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) }),
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: async ({ params: { id }, query, work }) => {
      const { kind } = await getEntity(work.tx, id)
      return readersOf(app, work, { id, kind }, query.after)
    },
  })

/**
 * Who opened a file or read one of its records in the registry, from the audit log, and to whom records went through the
 * exchange, from its receipts; newest first. `after` is the place in both.
 */
export async function readersOf(app: App, work: Work, entity: KnownEntity, after: string | undefined) {
  const [inLog, inReceipts] = after?.split('|') ?? []
  const records = await recordsOf(work, entity)
  const what = [{ kind: SUBJECT[entity.kind], id: entity.id }, ...records.flatMap(inAuditLog), ...inLists(records)]
  const entries = await app.use(auditLog).about(work.tx, what, { before: inLog || undefined, limit: PAGE + 1 })
  const calls = await app.use(disclosures).about(work.tx, records, { before: inReceipts || undefined, limit: PAGE + 1 })
  const tell = await teller(
    app,
    work,
    entries.map(({ actor }) => actor),
  )
  const all = [
    ...entries.map((entry) => ({ ...tell.entry(entry), source: 0 })),
    ...calls.map((call) => ({ ...tell.call(call), source: 1 })),
  ].sort((a, b) => b.at.localeCompare(a.at))
  const shown = all.slice(0, PAGE)
  const place = (source: number, before: string | undefined) => {
    const last = shown.findLast((each) => each.source === source)
    return last ? `${last.at}~${last.id}` : (before ?? '')
  }
  return {
    rows: shown.map(({ source: _, ...reader }) => reader),
    next: all.length > PAGE ? `${place(0, inLog)}|${place(1, inReceipts)}` : null,
  }
}

interface RecordRef {
  readonly dataset: string
  readonly row: number
}

async function recordsOf(work: Work, { id }: KnownEntity): Promise<readonly RecordRef[]> {
  const { shown } = await linksOf(work.tx, Number(id), () => true)
  const byRow = new Map(shown.map(({ dataset, row }) => [`${dataset}/${row}`, { dataset, row }]))
  return [...byRow.values()].slice(-MOST_RECORDS)
}

/** How the reading of one row stands in the audit log. */
const inAuditLog = ({ dataset, row }: RecordRef): AboutWhat[] => [{ kind: 'dataset', id: `${dataset}/${row}` }]

/** How a list that held the row stands there. */
const inLists = (records: readonly RecordRef[]): AboutWhat[] =>
  [...Map.groupBy(records, ({ dataset }) => dataset)].map(([dataset, list]) => ({
    kind: 'dataset',
    id: dataset,
    rows: list.map(({ row }) => row),
  }))

/** Says who did what in words. */
async function teller(app: App, work: Work, accounts: readonly string[]) {
  const names = await app.use(identity).names(accounts, work.tx)
  const organisations = new Map((await app.use(identity).organisations(work.tx)).map((each) => [each.id, each.short]))
  const events = new Map(app.declared('auditEvents').map(({ entry }) => [entry.id, entry.title]))
  const unit = (id: string | null) => (id === null ? null : (organisations.get(id) ?? id))
  const titleOf = (dataset: string): Words | null => app.use(datasetDirectory).find(dataset)?.title ?? null
  return {
    entry: ({ id, at, event, actor, organisation, purpose, subject }: AboutEntry): Reader => ({
      id,
      at,
      what: events.get(event) ?? words(event, event),
      dataset: subject.kind === 'dataset' ? titleOf(subject.id.split('/')[0] ?? '') : null,
      name: names.get(actor) ?? actor,
      organisation: unit(organisation),
      purpose,
    }),
    call: ({ id, at, dataset, consumer, purpose }: Disclosure): Reader => ({
      id,
      at,
      what: SHARED,
      dataset: titleOf(dataset),
      name: null,
      organisation: unit(consumer),
      purpose,
    }),
  }
}
