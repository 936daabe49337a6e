import { type RawBuilder, sql } from 'kysely'
import { type App, containing, InvalidInput, words } from '#runtime'
import type { OpenColumn } from '../release/columns.ts'
import type { Data } from '../release/source.ts'
import type { Version } from '../store.ts'

const SECONDS = 5
/** Rows up to which a filtered answer is counted exactly. */
const COUNTED = 100_000
const TOO_LONG = '57014'

export interface RowQuery {
  /** Exact values by field, any of several. */
  readonly filters: Readonly<Record<string, readonly (string | number | boolean)[]>>
  /** Text anywhere in a row. */
  readonly q?: string | undefined
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  readonly offset: number
  readonly limit: number
}

export interface RowAnswer {
  readonly rows: readonly { readonly no: number; readonly data: Data }[]
  readonly total: number
  /** The total is a least number: there are more. */
  readonly isEstimate: boolean
}

/** Rows of a version in force, within a few seconds or not at all. @throws InvalidInput */
export async function queryRows(app: App, version: Version, query: RowQuery): Promise<RowAnswer> {
  const where = whereOf(version, query)
  const order = [...query.sort.map((each) => orderOf(version.columns, each)), sql`no`]
  try {
    return await app.db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(`${SECONDS}s`)}`.execute(tx)
      const { rows } = await sql<{ no: number; data: Data }>`
        select no, data from open_data.row where ${where}
        order by ${sql.join(order)} limit ${query.limit} offset ${query.offset}`.execute(tx)
      const counted = isAll(query) ? version.rows : await countOf(tx, where)
      return { rows, total: counted, isEstimate: counted > COUNTED && !isAll(query) }
    })
  } catch (error) {
    if ((error as { code?: string }).code !== TOO_LONG) throw error
    throw new InvalidInput(
      'query-too-long',
      words(
        `查询超过 ${SECONDS} 秒，已停止；请增加筛选条件，或下载整份文件`,
        `The query took more than ${SECONDS} seconds and was stopped; filter more, or download the whole file`,
      ),
    )
  }
}

const isAll = ({ filters, q }: RowQuery): boolean => Object.keys(filters).length === 0 && !q

async function countOf(tx: App['db'], where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from open_data.row where ${where} limit ${COUNTED + 1}) r`.execute(tx)
  return rows[0]?.count ?? 0
}

function whereOf({ entry, number, columns }: Version, { filters, q }: RowQuery): RawBuilder<unknown> {
  const parts = [sql`entry = ${entry}`, sql`version = ${number}`]
  for (const [name, values] of Object.entries(filters)) {
    const column = columnNamed(columns, name)
    const any = values.map((value) => sql`data @> ${JSON.stringify({ [name]: typed(column, value) })}::jsonb`)
    parts.push(any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})`)
  }
  for (const term of (q ?? '').toLowerCase().split(/\s+/).filter(Boolean))
    parts.push(sql`words like ${containing(term)}`)
  return sql.join(parts, sql` and `)
}

const orderOf = (
  columns: readonly OpenColumn[],
  { field, descending }: RowQuery['sort'][number],
): RawBuilder<unknown> =>
  sql`data -> ${sql.lit(columnNamed(columns, field).name)} ${sql.raw(descending ? 'desc nulls last' : 'asc nulls last')}`

/** @throws InvalidInput naming the fields that there are */
export function columnNamed(columns: readonly OpenColumn[], name: string): OpenColumn {
  const column = columns.find((each) => each.name === name)
  if (column) return column
  const known = columns.map((each) => each.name).join(', ')
  throw new InvalidInput(
    'no-field',
    words(`没有字段“${name}”；可用字段：${known}`, `There is no field "${name}"; there are: ${known}`),
  )
}

/** A value as the rows hold it: addresses carry text only. @throws InvalidInput */
function typed(column: OpenColumn, value: string | number | boolean): unknown {
  if (column.kind === 'integer' || column.kind === 'decimal') {
    if (value !== '' && Number.isFinite(Number(value))) return Number(value)
  } else if (column.kind === 'boolean') {
    if (['true', 'false'].includes(String(value))) return String(value) === 'true'
  } else if (column.kind === 'instant') {
    const at = new Date(String(value))
    if (!Number.isNaN(at.getTime())) return at.toISOString()
  } else return String(value)
  throw new InvalidInput(
    'wrong-value',
    words(`“${column.title.zh}”不能等于“${value}”`, `"${column.title.en}" cannot be "${value}"`),
  )
}
