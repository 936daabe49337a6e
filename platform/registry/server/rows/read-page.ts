import { type RawBuilder, sql } from 'kysely'
import { type Db, InvalidInput, words } from '#runtime'
import { columnName, quoted, type Storage } from '../storage.ts'
import { fieldOf } from './conditions.ts'

export interface PageRequest {
  readonly where: readonly RawBuilder<unknown>[]
  /** Field, `-` before it for descending; order of arrival if absent. */
  readonly sort: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

export interface StoredRow extends Readonly<Record<string, unknown>> {
  readonly _id: number
  readonly _version: number
  readonly _since: Date
  readonly _by: string
  readonly _load: number | null
  readonly _line: number | null
}

export interface StoredPage {
  readonly rows: readonly StoredRow[]
  readonly next: string | undefined
}

/** One page by key: rows after the cursor in the order of a field and the row's number, so that pages never overlap. */
export async function readPage(db: Db, storage: Storage, request: PageRequest): Promise<StoredPage> {
  const { rows } = await pageSql(storage, request).execute(db)
  const shown = rows.slice(0, request.limit)
  const last = shown.at(-1)
  const next = rows.length > request.limit && last ? cursorOf(orderOf(storage, request.sort), last) : undefined
  return { rows: shown, next }
}

/** The question of a page, and one row more. */
export function pageSql(storage: Storage, request: PageRequest): RawBuilder<StoredRow> {
  const order = orderOf(storage, request.sort)
  const where = [...request.where, ...(request.after ? [afterSql(order, request.after)] : [])]
  return sql<StoredRow>`
    select * from ${sql.raw(quoted(storage.table))} ${whereSql(where)}
    order by ${orderSql(order)} limit ${request.limit + 1}`
}

export const whereSql = (where: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  where.length === 0 ? sql`` : sql`where ${sql.join([...where], sql` and `)}`

interface Order {
  readonly column: string | undefined
  readonly type: string
  readonly descending: boolean
}

function orderOf(storage: Storage, sort: string | undefined): Order {
  if (!sort) return { column: undefined, type: 'bigint', descending: false }
  const descending = sort.startsWith('-')
  const field = fieldOf(storage, descending ? sort.slice(1) : sort)
  const [column] = field.columns
  if (!column || field.meta.sealed || ['point', 'json', 'files'].includes(field.meta.kind))
    throw new InvalidInput(
      'not-sortable',
      words(`不能按“${field.meta.title.zh}”排序`, `"${field.meta.title.en}" has no order`),
    )
  return { column: columnName(field.name), type: column.type, descending }
}

function orderSql({ column, descending }: Order): RawBuilder<unknown> {
  const direction = sql.raw(descending ? 'desc' : 'asc')
  // In both directions rows without a value come where the index has them: last upwards, first downwards.
  return column ? sql`${sql.raw(quoted(column))} ${direction}, _id ${direction}` : sql`_id`
}

const cursorOf = ({ column }: Order, row: StoredRow): string => {
  const value = column ? row[column] : undefined
  const shown = value instanceof Date ? value.toISOString() : value
  return Buffer.from(JSON.stringify(column ? [row._id, shown ?? null] : [row._id])).toString('base64url')
}

function afterSql({ column, type, descending }: Order, cursor: string): RawBuilder<unknown> {
  const [id, value] = parsed(cursor)
  if (!column) return sql`_id > ${id}`
  const name = sql.raw(quoted(column))
  const cast = sql.raw(type)
  if (descending)
    return value === null
      ? sql`((${name} is null and _id < ${id}) or ${name} is not null)`
      : sql`(${name}, _id) < (${value}::${cast}, ${id})`
  return value === null
    ? sql`(${name} is null and _id > ${id})`
    : sql`((${name}, _id) > (${value}::${cast}, ${id}) or ${name} is null)`
}

function parsed(cursor: string): [id: number, value: string | number | boolean | null] {
  try {
    const [id, value = null] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (Number.isSafeInteger(id) && (value === null || ['string', 'number', 'boolean'].includes(typeof value)))
      return [id as number, value as string | number | boolean | null]
  } catch {
    // said below
  }
  throw new InvalidInput(
    'wrong-cursor',
    words('页码无效，请从第一页开始', 'The cursor is not valid; begin at the first page'),
  )
}
