import { pinyin } from 'pinyin-pro'
import { textKey } from '../model.ts'

/** Signs that stand between the parts of a transcribed name; a space among them counts as one. */
const DOTS = /[·•・‧∙.．｡\u0387\u2022]/g
const BETWEEN_PARTS = /(?<=\p{Script=Han}{2,})[ \u3000](?=\p{Script=Han}{2,})/gu

/** A name as it is compared: one kind of dot, no spaces, full-width letters narrow. */
export function plainName(text: string): string {
  const plain = text.normalize('NFKC').trim().replace(DOTS, '·').replace(BETWEEN_PARTS, '·')
  return plain.replace(/[\s\u3000]/g, '').toUpperCase()
}

const sounds = new Map<string, string>()

/** How a character is read, without its tone. */
function soundOf(character: string): string {
  const known = sounds.get(character)
  if (known !== undefined) return known
  const sound = pinyin(character, { toneType: 'none' }) || character
  sounds.set(character, sound)
  return sound
}

/** A key that names which sound alike share. */
export const soundKey = (plain: string): number => textKey([...plain.replaceAll('·', '')].map(soundOf).join(' '))

/** How alike two names are, best first; 1 is kept for equal ones, 2 for a former name. */
export const SAME_SOUND = 3
export const ONE_OTHER = 4
export const SAME_SURNAME = 5
export const OTHER_NAME = 6

/** Compares two unequal plain names. A lost character is `?`. */
export function likeness(one: string, other: string): number {
  const isAscii = one.charCodeAt(0) < 128 || other.charCodeAt(0) < 128
  // Most pairs end here: neither the same surname nor one that is read alike.
  if (!isAscii && one[0] !== other[0] && soundOf(first(one)) !== soundOf(first(other))) return OTHER_NAME
  const [a, b] = [[...one.replaceAll('·', '')], [...other.replaceAll('·', '')]]
  const rest = a[0] === b[0] ? SAME_SURNAME : OTHER_NAME
  if (a.length !== b.length) return rest
  let [unlike, unheard] = [0, 0]
  for (let at = 0; at < a.length; at++) {
    const [x = '', y = ''] = [a[at], b[at]]
    if (x === y) continue
    unlike++
    if (x !== '?' && y !== '?' && soundOf(x) !== soundOf(y)) unheard++
  }
  if (unheard === 0) return SAME_SOUND
  return unlike === 1 && a.length > 1 && rest === SAME_SURNAME ? ONE_OTHER : rest
}

const first = (name: string): string => String.fromCodePoint(name.codePointAt(0) ?? 0)
