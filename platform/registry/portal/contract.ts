export { KINDS as FIELD_KINDS } from './words.ts'
