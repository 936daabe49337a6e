export { FilterBar, type FilterField } from './filter-bar.tsx'
export { KINDS as FIELD_KINDS, LEVELS, SHARING } from './words.ts'
export { useDataset } from './use-dataset.ts'
export { AskPurpose } from './ask-purpose.tsx'
