export { useDataset } from './use-dataset.ts'
export { KINDS as FIELD_KINDS } from './words.ts'
