import { type Words, words } from '#runtime'
import type { LifeEvent } from '../../types.ts'
import type { FileRow } from '../file/load-rows.ts'
import { textOf } from '../run/read-part.ts'

interface Telling {
  readonly dataset: string
  readonly kind: string
  readonly title: Words
  readonly on: string
  readonly detail?: string
}

const TELLING: readonly Telling[] = [
  { dataset: 'base.firm', kind: 'founded', title: words('成立', 'Founded'), on: 'establishedOn' },
  { dataset: 'base.firm', kind: 'closed', title: words('注销', 'Struck off'), on: 'closedOn' },
  {
    dataset: 'base.firm',
    kind: 'merged',
    title: words('并入其他企业', 'Merged into another firm'),
    on: 'closedOn',
    detail: 'mergedInto',
  },
  { dataset: 'base.licence', kind: 'licence', title: words('取得许可', 'Licensed'), on: 'from', detail: 'kind' },
  {
    dataset: 'base.transport-operator',
    kind: 'licence',
    title: words('取得运输许可', 'Licensed for transport'),
    on: 'from',
    detail: 'licence',
  },
  { dataset: 'base.penalty', kind: 'penalty', title: words('行政处罚', 'Fined'), on: 'decidedOn', detail: 'fact' },
  {
    dataset: 'base.safety-inspection',
    kind: 'inspection',
    title: words('安全生产检查', 'Inspected for safety'),
    on: 'inspectedOn',
    detail: 'result',
  },
  {
    dataset: 'base.environment-inspection',
    kind: 'inspection',
    title: words('生态环境检查', 'Inspected for the environment'),
    on: 'inspectedOn',
    detail: 'result',
  },
  {
    dataset: 'base.fire-inspection',
    kind: 'inspection',
    title: words('消防检查', 'Inspected for fire'),
    on: 'inspectedOn',
    detail: 'result',
  },
]
const TAX: Telling = {
  dataset: 'base.tax-return',
  kind: 'tax',
  title: words('纳税申报', 'Tax return'),
  on: 'filedOn',
  detail: 'revenue',
}

/** What happened to a firm, each with the row that tells it, latest first. */
export function firmEvents(rows: readonly FileRow[], seesTax: boolean): LifeEvent[] {
  const telling = seesTax ? [...TELLING, TAX] : TELLING
  return rows
    .filter(({ part }) => part.kind === 'firm')
    .flatMap(({ dataset, row }) =>
      telling
        .filter((each) => each.dataset === dataset.id)
        .flatMap(({ kind, title, on, detail }): LifeEvent[] => {
          const day = textOf(row.value, on)
          const text = textOf(row.value, detail)
          if (day === undefined || (kind === 'merged' && text === undefined)) return []
          return [{ kind, title, on: day, detail: text ?? null, dataset: dataset.id, row: row.id }]
        }),
    )
    .sort((a, b) => (b.on ?? '').localeCompare(a.on ?? ''))
}
