import pg from 'pg'
import { canonicalDecimal } from '#platform/registry'
import { InvalidInput, words } from '#runtime'
import type { Totals } from './connector.ts'

export interface SourceColumn {
  readonly name: string
  /** As `format_type` writes it. */
  readonly type: string
}

const NUMBER = /^(smallint|integer|bigint|numeric|real|double precision)/
const FLOAT = /^(real|double precision)/

/** Columns of a table in their order. @throws InvalidInput when there is no such table for us */
export async function columnsOf(client: pg.Client, table: string): Promise<SourceColumn[]> {
  const { rows } = await client.query<SourceColumn>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [quotedTable(table)],
  )
  if (rows.length > 0) return rows
  throw new InvalidInput(
    'no-source-table',
    words(`来源中没有表“${table}”，或无权读取`, `The source has no table "${table}", or it may not be read`),
    [{ path: '/from', message: words('没有这个表', 'No such table') }],
  )
}

/** `schema.table` as SQL. */
export const quotedTable = (table: string): string => table.split('.').map(pg.escapeIdentifier).join('.')

/** SQL of a column as the text that is handed over. */
export const columnText = ({ name }: SourceColumn): string => `${pg.escapeIdentifier(name)}::text`

/** SQL of the figures to reconcile with: of numbers sum and bounds, of others a checksum of the texts. */
export const totalsSql = (columns: readonly SourceColumn[]): string =>
  ['count(*)::text', ...columns.flatMap(figuresOf)].join(', ')

/** A line's end within a cell is one sign by the time it arrives. */
const oneLineEnd = (text: string) => `replace(${text}, e'\\r\\n', e'\\n')`

function figuresOf(column: SourceColumn): string[] {
  const text = columnText(column)
  const filled = `count(nullif(${text}, ''))::text`
  if (!NUMBER.test(column.type))
    return [
      filled,
      `coalesce(sum(('x' || left(md5(convert_to(${oneLineEnd(`nullif(${text}, '')`)}, 'UTF8')), 8))::bit(32)::bigint), 0)::text`,
    ]
  // What is no plain decimal text (NaN, 1e+20) is not summed on either side.
  const value = FLOAT.test(column.type) ? `${text}::numeric` : `${pg.escapeIdentifier(column.name)}::numeric`
  const plain = `filter (where ${text} ~ '^[+-]?[0-9]*[.]?[0-9]+$')`
  return [filled, `sum(${value}) ${plain}::text`, `min(${value}) ${plain}::text`, `max(${value}) ${plain}::text`]
}

export function totalsOf(columns: readonly SourceColumn[], row: readonly (string | null)[]): Totals {
  let at = 1
  const figure = () => row[at++] ?? null
  const decimal = () => {
    const text = figure()
    return text === null ? null : canonicalDecimal(text)
  }
  return {
    rows: Number(row[0] ?? 0),
    columns: Object.fromEntries(
      columns.map(({ name, type }) => [
        name,
        NUMBER.test(type)
          ? { filled: figure(), sum: decimal(), min: decimal(), max: decimal() }
          : { filled: figure(), checksum: figure() },
      ]),
    ),
  }
}
