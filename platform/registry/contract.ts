export { type CodeList, type Dataset, dataset, type QualityRule } from './dataset.ts'
export { type FieldKind, type FieldMeta, field, fieldMeta } from './fields.ts'
