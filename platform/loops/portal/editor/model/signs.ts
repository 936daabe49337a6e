import type { Words } from '../../../../runtime/words.ts'

/** Between the parts of a list. */
export const COMMA: Words = { zh: '、', en: ', ' }
export const SEMICOLON: Words = { zh: '；', en: '; ' }
