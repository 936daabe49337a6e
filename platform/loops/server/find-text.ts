import { type RawBuilder, sql } from 'kysely'

/** A part of a line, whatever its case. Chinese has none, and then the line need not be lowered first. */
export const contains = (line: RawBuilder<unknown>, text: string): RawBuilder<unknown> =>
  text.toLowerCase() === text.toUpperCase()
    ? sql`${line} like ${likePattern(text)}`
    : sql`${line} ilike ${likePattern(text)}`

/** Text for `like`, with its own signs taken literally. */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/**
 * The `tsquery` on `loops.grams` for lines that may contain a text: all its pairs of characters, or whatever begins with
 * its only one. More lines fit than contain it, so ask `contains` as well.
 */
export function gramsOf(text: string): string {
  const characters = [...text.toLowerCase()]
  if (characters.length === 1) return `${quoted(text.toLowerCase())}:*`
  const pairs = characters.slice(1).map((character, at) => `${characters[at]}${character}`)
  return [...new Set(pairs)].map(quoted).join(' & ')
}

const quoted = (gram: string): string => `'${gram.replace(/['\\]/g, '$&$&')}'`
