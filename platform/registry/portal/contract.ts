export { KINDS as FIELD_KINDS } from './words.ts'
export { AskPurpose } from './ask-purpose.tsx'
