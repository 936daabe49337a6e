import { sql } from 'kysely'
import { datasetExtracts, unsealedRows } from '#platform/registry'
import { type App, localDateAt, type Words, type Work, words } from '#runtime'
import { readingOf, SHOWING } from '../../declarations/readings.ts'
import type { Relation } from '../../types.ts'
import type { AsOf } from '../file/as-of.ts'
import { type FileRow, linksAt } from '../file/load-rows.ts'
import type { Told } from '../file/note-told.ts'
import { textOf } from '../run/read-part.ts'

/** What the other part of a row is to this one; by dataset, own part, other part. */
const BESIDE: Readonly<Record<string, readonly [relation: string, title: Words]>> = {
  'base.marriage/0/1': ['spouse', words('妻子', 'Wife')],
  'base.marriage/1/0': ['spouse', words('丈夫', 'Husband')],
  'base.birth/0/1': ['mother', words('母亲', 'Mother')],
  'base.birth/0/2': ['father', words('父亲', 'Father')],
  'base.birth/1/0': ['child', words('子女', 'Child')],
  'base.birth/2/0': ['child', words('子女', 'Child')],
  'base.birth/1/2': ['parent-too', words('子女的父亲', 'Father of the child')],
  'base.birth/2/1': ['parent-too', words('子女的母亲', 'Mother of the child')],
  'base.firm/1/0': ['represents', words('任法定代表人', 'Legal representative of')],
  'base.cooperative/1/0': ['represents', words('任理事长', 'Chair of')],
  'base.shareholding/1/0': ['holds', words('持股', 'Holds shares of')],
  'base.employee/0/1': ['works', words('就职', 'Works for')],
  'base.transport-operator/1/0': ['represents', words('任负责人', 'In charge of')],
}
const MOST = 60
const REGISTER = 'base.resident'
const NOBODY: ReadonlySet<number> = new Set()

/** A relation, and what tells of it. */
interface RelationTold {
  readonly relation: Relation
  readonly told: Told
}

/** People and firms connected with a person, as of then: those of the same rows, and of the same household. */
export async function relationsOf(
  app: App,
  work: Work,
  entity: number,
  rows: readonly FileRow[],
  asOf: AsOf,
): Promise<RelationTold[]> {
  const beside = await besides(work, rows, asOf)
  const household = await householdOf(app, work, entity, rows, asOf)
  const seen = new Set<string>([String(entity)])
  return [...beside, ...household]
    .filter(({ relation: { entity: other } }) => !seen.has(other) && seen.add(other))
    .slice(0, MOST)
}

async function besides(work: Work, rows: readonly FileRow[], { known }: AsOf): Promise<RelationTold[]> {
  const wanted = rows.filter(({ dataset, number }) =>
    Object.keys(BESIDE).some((key) => key.startsWith(`${dataset.id}/${number}/`)),
  )
  if (wanted.length === 0) return []
  const links = await sql<{ dataset: string; row: number; part: number; kind: 'person' | 'firm'; entity: number }>`
    select r.dataset, r.row, r.part, e.kind, r.entity from ${linksAt(known)} r join one_file.entity e on e.id = r.entity
    join unnest(${wanted.map(({ dataset }) => dataset.id)}::text[], ${wanted.map(({ row }) => row.id)}::bigint[]) as w (dataset, row)
      on (r.dataset, r.row) = (w.dataset, w.row)`.execute(work.tx)
  return wanted.flatMap(({ dataset, number, row }) =>
    links.rows
      .filter((link) => link.dataset === dataset.id && link.row === row.id && link.part !== number)
      .flatMap(({ part, kind, entity }) => {
        const [relation, title] = BESIDE[`${dataset.id}/${number}/${part}`] ?? []
        if (!relation || !title) return []
        const field = readingOf(dataset.id)?.parts[part]?.fields.name
        const name = textOf(row.value, field) ?? ''
        const told = { dataset: dataset.id, row: row.id, fields: field ? [field] : [] }
        return [{ relation: { entity: String(entity), kind, relation, title, name }, told }]
      }),
  )
}

/** Relation to the head of the household, first digit [GB/T 4761]. */
const TO_HEAD: Readonly<Record<string, Words>> = {
  '0': words('户主', 'Head of the household'),
  '1': words('户主的配偶', 'Spouse of the head'),
  '2': words('户主的儿子', 'Son of the head'),
  '3': words('户主的女儿', 'Daughter of the head'),
  '5': words('户主的父母', 'Parent of the head'),
}

/**
 * Who is registered in the same household: nobody who was struck off by then. On a past day also nobody who was born or moved
 * here later; and nobody at all when the person himself moved here later. Who has left the household since is not known by it
 * any more.
 */
async function householdOf(
  app: App,
  work: Work,
  entity: number,
  rows: readonly FileRow[],
  { known, valid }: AsOf,
): Promise<RelationTold[]> {
  const numbers = rows.flatMap(({ dataset, row }) =>
    dataset.id === REGISTER ? (textOf(row.value, 'household') ?? []) : [],
  )
  if (numbers.length === 0) return []
  const { rows: members } = await sql<{ row: number; entity: number }>`
    select r.row, r.entity from ${tableOf(app, REGISTER)} t
    join ${linksAt(known)} r on r.dataset = ${REGISTER} and r.row = t._id and r.part = 0
    where t.household = any(${numbers}) and r.entity is not null order by t._id limit ${MOST}`.execute(work.tx)
  const later = valid ? await movedAfter(app, work, [entity, ...members.map((member) => member.entity)], valid) : NOBODY
  if (later.has(entity)) return []
  const day = valid ?? localDateAt(work.at)
  const byRow = new Map(members.map((member) => [member.row, member.entity]))
  const named = await app.use(unsealedRows).rows(work, SHOWING, REGISTER, [...byRow.keys()], known)
  return named.flatMap(({ id, value }) => {
    const member = byRow.get(id) ?? 0
    const [born, ended] = [textOf(value, 'bornOn'), textOf(value, 'endedOn')]
    const wasHere = numbers.includes(textOf(value, 'household') ?? '') && !later.has(member)
    if (!wasHere || (born && born > day) || (ended && ended <= day)) return []
    const title = TO_HEAD[String(value.relation ?? '').charAt(0)] ?? words('同户成员', 'Of the same household')
    const told = { dataset: REGISTER, row: id, fields: ['name', 'relation'] }
    const name = String(value.name ?? '')
    return [{ relation: { entity: String(member), kind: 'person', relation: 'household', title, name }, told }]
  })
}

const tableOf = (app: App, dataset: string) => sql.raw(app.use(datasetExtracts).get(dataset).table)

/** Those who moved to where they are registered after a day. */
async function movedAfter(
  app: App,
  work: Work,
  entities: readonly number[],
  day: string,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ entity: number }>`
    select r.entity from one_file.record r join ${tableOf(app, 'base.move')} t on t._id = r.row
    where r.dataset = 'base.move' and r.entity = any(${[...entities]}::bigint[]) and t.moved_on > ${day}::date`.execute(
    work.tx,
  )
  return new Set(rows.map((row) => row.entity))
}
