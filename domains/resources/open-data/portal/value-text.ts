import { formatted } from '#portal/ui'
import type { ColumnView } from './types.ts'

/** A value as readers see it. */
export function valueText(
  column: ColumnView,
  value: unknown,
  t: (words: { zh: string; en: string }) => string,
): string {
  if (value === null || value === undefined) return '—'
  if (column.kind === 'instant') return formatted(new Date(String(value)))
  if (column.kind === 'point') {
    const { lng, lat } = value as { readonly lng: number; readonly lat: number }
    return `${lng.toFixed(4)}, ${lat.toFixed(4)}`
  }
  if (column.kind === 'boolean') return value ? t({ zh: '是', en: 'Yes' }) : t({ zh: '否', en: 'No' })
  const code = column.codes?.[String(value)]
  if (code) return t(code)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
