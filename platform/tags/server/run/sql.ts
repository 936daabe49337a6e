import { wordsIn } from '#platform/analytics'
import type { RulePack } from '#platform/rules'
import type { TagSource } from '../../declaration.ts'

/** Table of a dataset's copy. */
export const tableOf = (dataset: string): string => dataset.replace(/[.-]/g, '_')

/** Table under which a rule's edition is seen: `legal-persons.size` → `rule_size`. */
export const ruleTable = (rule: string): string => `rule_${rule.replace(/^[^.]*\./, '').replace(/[.-]/g, '_')}`

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`

const DAY = 'as_of()'

export const isOfDay = (statement: string): boolean => statement.includes(DAY)

/** `as_of()` becomes the day. */
export const onDay = (statement: string, day: string): string =>
  statement.replaceAll(DAY, `date ${literal(day)}`).replace(/[;\s]+$/, '')

/** Whether a statement may read a dataset: it names its table, or a word in it is the same. */
export const isRead = (dataset: string, statement: string): boolean => wordsIn(statement).has(tableOf(dataset))

/** A source as its declaration lets it be seen: these columns, of another table in its place, of these members alone. */
export function seen(
  { dataset, columns, by }: TagSource,
  { of = tableOf(dataset), only }: { readonly of?: string; readonly only?: string } = {},
): [string, string] {
  const listed = [...new Set([...columns, ...(by ? [by] : [])])].map(name).join(', ')
  const where = only && by ? ` where ${name(by)} in (${only})` : ''
  return [tableOf(dataset), `select ${listed} from main.${of}${where}`]
}

/**
 * A statement that sees these tables under these names. Those that it names twice are read once and kept in memory, unless
 * they are `not materialized`: better for few rows of large tables.
 */
export function within(
  ctes: readonly (readonly [string, string])[],
  statement: string,
  how: '' | 'not materialized' = '',
): string {
  if (ctes.length === 0) return statement
  return `with ${ctes.map(([as, select]) => `${as} as ${how} (${select})`).join(', ')} select * from (\n${statement}\n) as answer`
}

/** A statement that sees its sources, each as it is asked for. */
export const withSources = (
  sources: readonly TagSource[],
  statement: string,
  how: (source: TagSource) => Parameters<typeof seen>[1] = () => ({}),
): string =>
  within(
    sources.map((source) => seen(source, how(source))),
    statement,
  )

/** The rows of an edition as a table: its tables hold `rows`, all alike. */
export function editionSql({ tables }: RulePack): string {
  const { rows } = tables as { readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[] }
  const columns = Object.keys(rows[0] ?? {})
  const cell = (value: unknown) => (typeof value === 'string' ? literal(value) : String(value))
  const values = rows.map((row) => `(${columns.map((column) => cell(row[column] ?? null)).join(', ')})`)
  return `select * from (values ${values.join(', ')}) as edition (${columns.map(name).join(', ')})`
}
