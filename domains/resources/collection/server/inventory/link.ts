import type { Static } from 'typebox'
import { registry } from '#platform/registry'
import { type App, InvalidInput, NotFound, type Scope, type Work, words } from '#runtime'
import { systemFields, systemTables } from '../../declarations/datasets.ts'
import { findDataset } from '../known-datasets.ts'
import { mustReachUnit } from './reach.ts'

type Table = Static<typeof systemTables.schema>
type Field = Static<typeof systemFields.schema>

export interface TableLink {
  readonly system: string
  readonly name: string
  /** The dataset that collects it; or else the reason why none does. */
  readonly dataset?: string
  readonly reason?: Table['reason']
  readonly basis?: string
  readonly plannedUntil?: string
  /** Field of the dataset for each column. */
  readonly fields?: Readonly<Record<string, string>>
}

/** Says of a table which dataset collects it, or why none does. @throws InvalidInput, NotFound, Forbidden */
export async function linkTable(app: App, work: Work, scope: Scope, link: TableLink): Promise<void> {
  const { system, name, dataset, reason, basis, plannedUntil, fields = {} } = link
  const found = await app.use(registry).find(work, systemTables, { system, name })
  if (!found) throw new NotFound()
  await mustReachUnit(app, work, scope, found.value.owner)
  checkLink(app, link)
  const { dataset: _d, reason: _r, basis: _b, plannedUntil: _p, ...rest } = found.value
  const next: Table = {
    ...rest,
    ...(dataset ? { dataset } : {}),
    ...(!dataset && reason ? { reason } : {}),
    ...(basis ? { basis } : {}),
    ...(!dataset && plannedUntil ? { plannedUntil } : {}),
  }
  await app.use(registry).write(work, systemTables, [next])
  await linkFields(app, work, link, dataset ? fields : {})
  work.audit({
    event: 'collection.inventory.changed',
    subject: { kind: 'collection.system-table', id: `${system}/${name}` },
  })
}

function checkLink(app: App, { dataset, reason, plannedUntil, fields = {} }: TableLink): void {
  if (!dataset && !reason)
    throw wrong(
      '/reason',
      '请选择汇聚的数据集，或说明不汇聚的原因',
      'Name the dataset that collects it, or why none does',
    )
  if (!dataset && reason === 'planned' && !plannedUntil)
    throw wrong('/plannedUntil', '列入计划的请填写日期', 'What is planned needs a day')
  if (!dataset) return
  const target = findDataset(app, dataset)
  if (!target) throw wrong('/dataset', `没有数据集“${dataset}”`, `There is no dataset "${dataset}"`)
  for (const [column, field] of Object.entries(fields))
    if (!(field in target.schema.properties))
      throw wrong(`/fields/${column}`, `数据集没有字段“${field}”`, `The dataset has no field "${field}"`)
}

async function linkFields(
  app: App,
  work: Work,
  { system, name }: TableLink,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await app.use(registry).list(work, systemFields, {
    where: { system: { is: system }, table: { is: name } },
    limit: 2000,
  })
  const next = rows.flatMap(({ value }): Field[] => {
    const field = fields[value.name]
    if (field === undefined || field === value.field) return []
    const { field: _, ...rest } = value
    return [field === '' ? rest : { ...rest, field }]
  })
  if (next.length > 0) await app.use(registry).write(work, systemFields, next)
}

const wrong = (path: string, zh: string, en: string): InvalidInput =>
  new InvalidInput('wrong-link', words(zh, en), [{ path, message: words(zh, en) }])
