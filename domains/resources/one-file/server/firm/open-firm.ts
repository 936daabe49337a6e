import { sql } from 'kysely'
import { masked } from '#platform/registry'
import { type App, type Words, type Work, words } from '#runtime'
import { FIRM_FIELDS } from '../../declarations/fields.ts'
import type { FirmField } from '../../declarations/readings.ts'
import type { Controller, FirmFile, FirmShare, Relation } from '../../types.ts'
import type { AsOf } from '../file/as-of.ts'
import { chooseValues } from '../file/choose-values.ts'
import { type FileRow, getEntity, linksAt, linksOf, notShown, recordViews, rowsOfLinks } from '../file/load-rows.ts'
import { noteTold, type Told } from '../file/note-told.ts'
import type { Opens } from '../file/purposes.ts'
import { textOf } from '../run/read-part.ts'
import { findControllers } from './find-controllers.ts'
import { firmEvents } from './firm-events.ts'
import { namesOf } from './names.ts'
import { sharesAround } from './shares.ts'

/** Fields whose rule of survivorship differs from that of people. */
const OWN_RULE = new Set<FirmField>(['name', 'formerName', 'phone', 'address'])
const WANTED = (Object.keys(FIRM_FIELDS) as FirmField[]).map((field) => ({
  field,
  title: FIRM_FIELDS[field].title,
  rule: OWN_RULE.has(field) ? `firm.${field}` : field,
}))
export interface FirmSight {
  /** The audit event of the read. */
  readonly event: string
  readonly opens: Opens
  readonly unmask: boolean
  readonly mayUnmask: boolean
  readonly tax: boolean
  /** By the firm itself: it knows who acts for it and who holds its shares, not the people behind other firms. */
  readonly isOwn?: boolean
}

/**
 * The file of a firm, made now from the rows of the sources. People whom it names unmasked find in the audit log that it
 * was opened. @throws NotFound
 */
export async function openFirm(app: App, work: Work, id: string, asOf: AsOf, sight: FirmSight): Promise<FirmFile> {
  const entity = await getEntity(work.tx, id, 'firm')
  const opens: Opens = (dataset) => sight.opens(dataset) && (sight.tax || dataset !== 'base.tax-return')
  const links = await linksOf(work.tx, entity.id, opens, asOf.known)
  const rows = await rowsOfLinks(app, work, links, asOf)
  const isMasked = !(sight.unmask && sight.mayUnmask)
  const { shares, controlling, told } = opens('base.shareholding')
    ? await ownership(app, work, entity.id, asOf, isMasked, sight.isOwn ?? false)
    : { shares: [], controlling: [], told: [] }
  const people = await peopleOf(work, rows, asOf, isMasked && !sight.isOwn)
  noteTold(app, work, sight.event, [...told, ...people.told])
  return {
    kind: 'firm',
    id: String(entity.id),
    mergedInto: entity.mergedInto === null ? null : String(entity.mergedInto),
    isMasked,
    mayUnmask: sight.mayUnmask,
    fields: chooseValues(app, rows, WANTED, work.at),
    people: people.acting,
    shares,
    controllers: controlling,
    events: firmEvents(rows, sight.tax),
    records: recordViews(app, links),
    notShown: notShown(app, links),
  }
}

async function ownership(app: App, work: Work, firm: number, asOf: AsOf, isMasked: boolean, isOwn: boolean) {
  const around = await sharesAround(app, work, firm, asOf)
  const found = findControllers(app, firm, around)
  const ids = [...new Set(around.flatMap(({ holder, held }) => [holder, held]))]
  const own = new Set(isOwn ? around.filter(({ held }) => held === firm).map(({ holder }) => holder) : [])
  const names = await namesOf(app, work, ids, isMasked ? own : 'all')
  const nameOf = (entity: number) => names.get(entity)?.name ?? ''
  const shares = around.map(
    ({ holder, holderKind, held, percent }): FirmShare => ({
      holder: String(holder),
      holderName: nameOf(holder),
      holderKind,
      held: String(held),
      heldName: nameOf(held),
      percent,
    }),
  )
  const controlling = found.map(
    ({ holder, kind, percent, isControl }): Controller => ({
      entity: String(holder),
      kind,
      name: nameOf(holder),
      percent,
      isControl,
    }),
  )
  const named = around.filter(({ holder, holderKind }) => holderKind === 'person' && (!isMasked || own.has(holder)))
  return { shares, controlling, told: named.flatMap(({ told }) => told) }
}

/** Who acts for a firm: dataset, part of the person. */
const ACTING: Readonly<Record<string, readonly [part: number, title: Words]>> = {
  'base.firm': [1, words('法定代表人', 'Legal representative')],
  'base.cooperative': [1, words('理事长', 'Chair')],
  'base.transport-operator': [1, words('运输业务负责人', 'In charge of transport')],
}

async function peopleOf(
  work: Work,
  rows: readonly FileRow[],
  { known }: AsOf,
  isMasked: boolean,
): Promise<{ readonly acting: Relation[]; readonly told: Told[] }> {
  const acting = rows.filter(({ dataset }) => ACTING[dataset.id])
  if (acting.length === 0) return { acting: [], told: [] }
  const links = await sql<{ dataset: string; row: number; part: number; entity: number }>`
    select r.dataset, r.row, r.part, r.entity from ${linksAt(known)} r join one_file.entity e on e.id = r.entity
    join unnest(${acting.map(({ dataset }) => dataset.id)}::text[], ${acting.map(({ row }) => row.id)}::bigint[]) as w (dataset, row)
      on (r.dataset, r.row) = (w.dataset, w.row) where e.kind = 'person'`.execute(work.tx)
  const people = acting.flatMap(({ dataset, row }) => {
    const [part, title] = ACTING[dataset.id] ?? []
    const link = links.rows.find((each) => each.dataset === dataset.id && each.row === row.id && each.part === part)
    const field = { 'base.firm': 'representative', 'base.cooperative': 'chair' }[dataset.id] ?? 'head'
    const name = textOf(row.value, field)
    if (!link || !title || name === undefined) return []
    const shown = isMasked ? String(masked(name, 'name')) : name
    const relation = { entity: String(link.entity), kind: 'person' as const, relation: 'acts', title, name: shown }
    return [{ relation, told: { dataset: dataset.id, row: row.id, fields: [field] } }]
  })
  return { acting: people.map(({ relation }) => relation), told: isMasked ? [] : people.map(({ told }) => told) }
}
