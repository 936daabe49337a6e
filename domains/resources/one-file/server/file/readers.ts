import { sql } from 'kysely'
import { Type } from 'typebox'
import { type AboutEntry, type AboutWhat, auditLog } from '#platform/audit'
import { type Disclosure, disclosures } from '#platform/exchange'
import { identity } from '#platform/identity'
import { datasetDirectory, handouts } from '#platform/registry'
import { type App, type Route, route, type Words, type Work, words } from '#runtime'
import type { KnownEntity } from '../../contract.ts'
import { readingOf } from '../../declarations/readings.ts'
import type { Reader } from '../../types.ts'
import type { Ref } from '../refs.ts'
import { getEntity, linksOf } from './load-rows.ts'
import { SUBJECT } from './subject.ts'

const PAGE = 50
/** Records for which it is asked who read them, the latest of each source. */
const MOST_RECORDS = 300

/** How records went through the exchange. */
const SHARED: Readonly<Record<Disclosure['way'], Words>> = {
  query: words('通过数据共享取得', 'Shared through the exchange'),
  compare: words('通过数据共享核对，只得到是否相符', 'Compared through the exchange: told only whether it matches'),
  compute: words('通过数据共享计入汇总数，没有单条记录', 'Counted in totals through the exchange, no single record'),
  file: words('通过数据共享的批量文件取得', 'Shared through the exchange in a batch file'),
  subscription: words('通过数据共享的变更订阅取得', 'Shared through the exchange as a subscribed change'),
}

/** For stewards and auditors: who read what a file is made of, without the file. */
export const readersRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/one-file/entities/:id/readers',
    title: words('谁看过或取得过档案中的数据', 'Who saw or got what is in a file'),
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
 * Who opened a file, was shown one of its records anywhere or took it away in a file, from the audit log, and to whom
 * records went through the exchange, from its receipts; newest first. Of each source no more is looked at than a page
 * holds; `after` is the place in each.
 */
export async function readersOf(app: App, work: Work, entity: KnownEntity, after: string | undefined) {
  const places = after?.split('|') ?? []
  const page = (source: number) => ({ before: places[source] || undefined, limit: PAGE + 1 })
  const log = app.use(auditLog)
  const parts = await partsOf(work, entity)
  const records = [...new Map(parts.map((part) => [`${part.dataset}/${part.row}`, part])).values()]
  const subjects = [{ kind: SUBJECT[entity.kind], id: entity.id }, ...records.flatMap(inAuditLog), ...inLists(parts)]
  const entries = await log.about(work.tx, subjects, page(0))
  const taken = await app.use(handouts).of(work.tx, records, page(1))
  const told = await log.about(
    work.tx,
    taken.map(({ handout }) => ({ handout })),
    { limit: taken.length },
  )
  const calls = await app.use(disclosures).about(work.tx, records, page(2))
  const tell = await teller(
    app,
    work,
    [...entries, ...told].map(({ actor }) => actor),
    new Map(taken.map(({ handout, dataset }) => [handout, dataset])),
  )
  const byHandout = new Map(told.map((entry) => [entry.handout, entry]))
  const found = [
    ...entries.map((entry) => ({ source: 0, place: `${entry.at}~${entry.id}`, reader: tell.entry(entry) })),
    ...taken.flatMap(({ handout, given }) => {
      const entry = byHandout.get(handout)
      return entry ? [{ source: 1, place: `${given.toISOString()}~${handout}`, reader: tell.entry(entry) }] : []
    }),
    ...calls.map((call) => ({ source: 2, place: `${call.at}~${call.id}`, reader: tell.call(call) })),
  ].sort((a, b) => b.reader.at.localeCompare(a.reader.at))
  const shown = found.slice(0, PAGE)
  const next = [0, 1, 2].map((of) => shown.findLast(({ source }) => source === of)?.place ?? places[of] ?? '')
  return { rows: shown.map(({ reader }) => reader), next: found.length > PAGE ? next.join('|') : null }
}

/** Parts of rows that are or were about the entity. */
async function partsOf(work: Work, { id }: KnownEntity): Promise<readonly Ref[]> {
  const { shown } = await linksOf(work.tx, Number(id), () => true)
  return [...shown.slice(-MOST_RECORDS), ...(await deletedOf(work, id))]
}

/** Rows that were about the entity until they were deleted; one that is about somebody else now is theirs to ask for. */
async function deletedOf({ tx }: Work, entity: string): Promise<readonly Ref[]> {
  const { rows } = await sql<Ref>`select distinct dataset, row, part from one_file.past_record p
    where entity = ${entity} and not exists (select from one_file.record r where r.dataset = p.dataset and r.row = p.row)
      and not exists (select from one_file.past_record l where l.dataset = p.dataset and l.row = p.row and l.known_to > p.known_to)
    order by row desc limit ${MOST_RECORDS}`.execute(tx)
  return rows
}

/** How the reading of one row stands in the audit log. */
const inAuditLog = ({ dataset, row }: Ref): AboutWhat[] => [{ kind: 'dataset', id: `${dataset}/${row}` }]

/** How stands there what held the row among others; fields of whoever else the row is about are not told. */
const inLists = (parts: readonly Ref[]): AboutWhat[] =>
  [...Map.groupBy(parts, ({ dataset, part }) => `${dataset}/${part}`).values()].flatMap((list) =>
    list.slice(0, 1).map(({ dataset, part }) => ({
      kind: 'dataset',
      id: dataset,
      rows: list.map(({ row }) => row),
      others: fieldsOfOthers(dataset, part),
    })),
  )

/** Fields of a row that tell only of others whom it names. */
function fieldsOfOthers(dataset: string, part: number): string[] {
  const all = readingOf(dataset)?.parts.map(({ fields }) => Object.values(fields)) ?? []
  return all.flatMap((fields, at) => (at === part ? [] : fields)).filter((field) => !all[part]?.includes(field))
}

/** Says who did what in words. */
async function teller(app: App, work: Work, accounts: readonly string[], taken: ReadonlyMap<string, string>) {
  const names = await app.use(identity).names(accounts, work.tx)
  const organisations = new Map((await app.use(identity).organisations(work.tx)).map((each) => [each.id, each.short]))
  const events = new Map(app.declared('auditEvents').map(({ entry }) => [entry.id, entry.title]))
  const unit = (id: string | null) => (id === null ? null : (organisations.get(id) ?? id))
  const directory = app.use(datasetDirectory)
  const titleOf = (dataset: string | undefined): Words | null => directory.find(dataset ?? '')?.title ?? null
  const fieldsOf = (dataset: string | undefined, names: readonly string[] | null): Words[] => {
    const known = directory.find(dataset ?? '')
    const fields = known ? directory.fields(known) : []
    return fields.filter(({ name }) => names?.includes(name)).map(({ meta }) => meta.title)
  }
  const datasetOf = ({ handout, subject }: AboutEntry) =>
    handout === null ? (subject.kind === 'dataset' ? subject.id.split('/')[0] : undefined) : taken.get(handout)
  const entryOf = (entry: AboutEntry): Reader => {
    const { id, at, event, actor, organisation, purpose, fields } = entry
    return {
      id,
      at,
      what: events.get(event) ?? words(event, event),
      dataset: titleOf(datasetOf(entry)),
      fields: fieldsOf(datasetOf(entry), fields),
      name: names.get(actor) ?? actor,
      organisation: unit(organisation),
      purpose,
    }
  }
  const callOf = ({ id, at, dataset, consumer, purpose, way, fields }: Disclosure): Reader => ({
    id,
    at,
    what: SHARED[way],
    dataset: titleOf(dataset),
    fields: fieldsOf(dataset, fields),
    name: null,
    organisation: unit(consumer),
    purpose,
  })
  return { entry: entryOf, call: callOf }
}
