export { AskPurpose } from './ask-purpose.tsx'
export { KINDS as FIELD_KINDS } from './words.ts'
