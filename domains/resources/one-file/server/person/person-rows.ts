import type { FileField } from '../../types.ts'
import type { AsOf } from '../file/as-of.ts'
import type { FileRow } from '../file/load-rows.ts'
import { textOf } from '../run/read-part.ts'

/** Fields of days after which somebody is no more, or no more registered. */
const ENDS = new Set(['diedOn', 'struckOff'])

/**
 * What was true on a day: who moved later still lived where that move began, and whoever died later was alive.
 * Rows that begin after the day are left out before (`rowsOfLinks`).
 */
export function onDay(fields: readonly FileField[], allRows: readonly FileRow[], { valid }: AsOf): FileField[] {
  if (!valid) return [...fields]
  const later = allRows
    .filter(({ dataset, from }) => dataset.id === 'base.move' && from !== undefined && from > valid)
    .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))[0]
  const before = later && textOf(later.row.value, 'from')
  return fields.flatMap((field) => {
    if (ENDS.has(field.field)) {
      const values = field.values.filter(({ value }) => value <= valid)
      return values.length > 0 ? [{ ...field, values }] : []
    }
    const [present] = field.values
    if (field.field === 'address' && before && present && later) {
      const value = {
        ...present,
        value: before,
        dataset: later.dataset.id,
        datasetTitle: later.dataset.title,
        source: later.dataset.source,
        row: later.row.id,
        since: later.row.since.toISOString(),
        lineage: later.row.lineage ?? null,
        from: null,
      }
      return [{ ...field, values: [value, ...field.values.filter((each) => each.value !== present.value)] }]
    }
    return [field]
  })
}

/** Who is still registered by another row was registered twice: that one of the two ended is an event and no state. */
export function withRegistration(
  fields: readonly FileField[],
  rows: readonly FileRow[],
  { valid }: AsOf,
): readonly FileField[] {
  const isRegistered = rows.some(({ part, row }) => {
    if (part.kind !== 'person' || !part.endedFor) return false
    const ended = textOf(row.value, part.fields.struckOff)
    return ended === undefined || (valid !== undefined && ended > valid)
  })
  return isRegistered ? fields.filter(({ field }) => field !== 'struckOff') : fields
}
