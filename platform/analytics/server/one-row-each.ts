import type { Snapshot } from '../contract.ts'
import { wordsIn } from '../words-in.ts'

const PLAIN = /^\s*select\s+([\w\s,*]+?)\s+from\s+(\w+)(?:\s+(?:where|order|limit)\b[\s\S]*)?[;\s]*$/i
/** What may make other rows of the table's, or bring another table in. */
const MORE = ['table', 'values', 'union', 'intersect', 'except', 'group', 'having']

/**
 * Whether each row of the answer is a row of the one table named, with columns as they are there: then its `_id` is that
 * of the row. Only the plainest of statements are known as such; all else is doubted.
 */
export function isOneRowEach(sql: string, named: readonly Snapshot[]): boolean {
  const [, columns = '', table = ''] = PLAIN.exec(sql) ?? []
  const [only] = named
  if (named.length !== 1 || !only?.dataset || only.table !== table.toLowerCase()) return false
  if (!columns.split(',').every((column) => /^(\*|\w+)$/.test(column.trim()))) return false
  const words = wordsIn(sql)
  const times = (word: string) => sql.toLowerCase().split(word).length - 1
  return !MORE.some((word) => words.has(word)) && times('select') === 1 && times('from') === 1
}
