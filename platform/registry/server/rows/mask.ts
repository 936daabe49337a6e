import type { FieldMeta } from '../../fields.ts'

/** What somebody sees of a value who may not see all of it. */
export function masked(value: unknown, mask: NonNullable<FieldMeta['mask']>): unknown {
  if (typeof value !== 'string' || value === '') return value === undefined ? undefined : '***'
  const signs = [...value]
  switch (mask) {
    case 'identity':
      return `${value.slice(0, 6)}********${value.slice(14)}`
    case 'phone':
      return `${value.slice(0, 3)}****${value.slice(-4)}`
    case 'name':
      return `${signs[0]}${'*'.repeat(Math.max(1, signs.length - 1))}`
    case 'address':
      return `${signs.slice(0, 6).join('')}****`
    case 'all':
      return '***'
  }
}
