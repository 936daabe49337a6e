export { AskPurpose } from './ask-purpose.tsx'
export { FilterBar, type FilterField } from './filter-bar.tsx'
export { useDataset } from './use-dataset.ts'
export { KINDS as FIELD_KINDS, LEVELS, SHARING } from './words.ts'
