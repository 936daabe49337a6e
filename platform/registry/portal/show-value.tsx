import { useWords, When } from '#portal/ui'
import type { FieldView } from './types.ts'

/** One value as people read it: code names instead of codes, units after numbers. */
export function ShowValue({ field, value }: { readonly field: FieldView; readonly value: unknown }) {
  const t = useWords()
  if (value === undefined || value === null || value === '') return <span>—</span>
  if (field.choices && typeof value === 'string') {
    const choice = field.choices[value]
    return <span>{choice ? t(choice) : value}</span>
  }
  if (field.kind === 'boolean') return <span>{value ? t({ zh: '是', en: 'Yes' }) : t({ zh: '否', en: 'No' })}</span>
  if (field.kind === 'instant') return <When at={String(value)} />
  if (typeof value === 'object') return <span>{JSON.stringify(value)}</span>
  return <span>{field.unit ? `${value} ${field.unit}` : String(value)}</span>
}
