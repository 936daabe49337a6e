import { type RawBuilder, sql } from 'kysely'
import { containing } from '#runtime'

/** A part of a line, whatever its case. Chinese has none, and then the line need not be lowered first. */
export const contains = (line: RawBuilder<unknown>, text: string): RawBuilder<unknown> =>
  text.toLowerCase() === text.toUpperCase()
    ? sql`${line} like ${containing(text)}`
    : sql`${line} ilike ${containing(text)}`

const LONG_NUMBER = /[0-9]{4,}/g

/**
 * The `tsquery` on `loops.grams` for lines that may contain a text: all its pairs of characters, or whatever begins with
 * its only one; of a long number each four digits in a row. More lines fit than contain it, so ask `contains` as well.
 */
export function gramsOf(text: string): string {
  const line = text.toLowerCase()
  if ([...line].length === 1) return `${quoted(line)}:*`
  const fours = (line.match(LONG_NUMBER) ?? []).flatMap((number) => partsOf(number, 4))
  // A number meets what stands before and after it by its first and its last digit.
  const rest = line.replaceAll(LONG_NUMBER, (number) => `${number[0]}\0${number.at(-1)}`)
  const pairs = partsOf(rest, 2).filter((pair) => !pair.includes('\0'))
  return [...new Set([...fours, ...pairs])].map(quoted).join(' & ')
}

/** Every part of so many characters. */
function partsOf(line: string, length: number): string[] {
  const characters = [...line]
  return characters.slice(length - 1).map((_, at) => characters.slice(at, at + length).join(''))
}

const quoted = (gram: string): string => `'${gram.replace(/['\\]/g, '$&$&')}'`
