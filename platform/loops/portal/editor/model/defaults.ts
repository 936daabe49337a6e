import type { Words } from '../../../../runtime/words.ts'
import { FINISH, NEW_END, NEW_STEP, SUBMIT } from './edit.ts'
import { FIRST_CHOICES, KINDS } from './fields.ts'
import { TEMPLATES } from './templates.ts'

const key = ({ zh, en }: Words) => `${zh}\n${en}`

/** Every pair of words in a value. */
function wordsIn(value: unknown): Words[] {
  if (typeof value !== 'object' || value === null) return []
  const { zh, en } = value as Partial<Words>
  if (typeof zh === 'string' && typeof en === 'string') return [{ zh, en }]
  return Object.values(value).flatMap(wordsIn)
}

const DEFAULTS: ReadonlySet<string> = new Set(
  wordsIn([SUBMIT, FINISH, NEW_STEP, NEW_END, KINDS, FIRST_CHOICES, TEMPLATES]).map(key),
)

/** Whether the editor wrote a title itself: once a person changes it, its other language no longer says the same. */
export const isDefault = (words: Words): boolean => DEFAULTS.has(key(words))
