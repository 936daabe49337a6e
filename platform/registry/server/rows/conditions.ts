import { type RawBuilder, sql } from 'kysely'
import { InvalidInput, words } from '#runtime'
import type { Condition } from '../../contract.ts'
import { type FieldKeys, searchIndexes } from '../sealer.ts'
import { quoted, type Storage, type StoredField } from '../storage.ts'

/** Sorts after every other sign, so that `prefix` becomes a range that an index answers. */
const LAST = String.fromCodePoint(0x10ffff)

/** @throws InvalidInput for an unknown field, or a condition that its kind does not know */
export function conditionsSql(
  storage: Storage,
  keys: FieldKeys,
  where: Readonly<Record<string, Condition | undefined>>,
): RawBuilder<unknown>[] {
  return Object.entries(where).flatMap(([name, condition]) =>
    condition ? [conditionSql(storage, keys, fieldOf(storage, name), condition)] : [],
  )
}

export function fieldOf(storage: Storage, name: string): StoredField {
  const field = storage.fields.find((each) => each.name === name)
  if (!field) throw new InvalidInput('no-field', words(`没有字段“${name}”`, `There is no field "${name}"`))
  return field
}

/** A column and the values in it of which one has to be there for a field to be a value. */
export interface Sought {
  readonly column: string
  readonly type: string
  readonly values: readonly (Buffer | string | number | boolean)[]
}

/** @throws InvalidInput for a value that the field cannot have */
export function soughtOf(
  { dataset }: Storage,
  keys: FieldKeys,
  field: StoredField,
  value: string | number | boolean,
): Sought {
  const [{ name, type } = { name: field.name, type: 'text' }] = field.columns
  return field.meta.sealed
    ? {
        column: `${name}_index`,
        type: 'bytea',
        values: searchIndexes(keys, `${dataset.id}.${field.name}`, String(value)),
      }
    : { column: name, type, values: [comparable(field, value)] }
}

function conditionSql(
  storage: Storage,
  keys: FieldKeys,
  field: StoredField,
  condition: Condition,
): RawBuilder<unknown> {
  const name = field.columns[0]?.name ?? field.name
  const column = sql.raw(quoted(name))
  if ('blank' in condition) return condition.blank ? sql`${column} is null` : sql`${column} is not null`
  if (field.meta.sealed) {
    const values = 'is' in condition ? [condition.is] : 'in' in condition ? condition.in : undefined
    if (!values) throw wrong(field, '只能按完整内容查找', 'can only be searched whole and exactly')
    const indexes = values.flatMap((value) => soughtOf(storage, keys, field, value).values)
    return sql`${sql.raw(quoted(`${name}_index`))} = any(${indexes}::bytea[])`
  }
  const type = sql.raw(field.columns[0]?.type ?? 'text')
  const checked = (value: string | number | boolean) => comparable(field, value)
  if ('is' in condition) return sql`${column} = ${checked(condition.is)}::${type}`
  if ('in' in condition) return sql`${column} = any(${condition.in.map(checked)}::${type}[])`
  if ('prefix' in condition) {
    if (field.columns[0]?.type !== 'text') throw wrong(field, '不能按开头查找', 'cannot be searched by its beginning')
    return sql`(${column} >= ${condition.prefix} and ${column} < ${condition.prefix + LAST})`
  }
  const { from, to } = condition
  const parts = [
    ...(from === undefined ? [] : [sql`${column} >= ${checked(from)}::${type}`]),
    ...(to === undefined ? [] : [sql`${column} <= ${checked(to)}::${type}`]),
  ]
  return parts.length > 0 ? sql`(${sql.join(parts, sql` and `)})` : sql`true`
}

/** Refuses early what the database could not read as the column's type. */
function comparable(field: StoredField, value: string | number | boolean): string | number | boolean {
  const type = field.columns[0]?.type
  const fits =
    type === 'bigint' || type === 'double precision'
      ? value !== '' && Number.isFinite(Number(value)) && (type !== 'bigint' || Number.isSafeInteger(Number(value)))
      : type === 'date' || type === 'timestamptz'
        ? !Number.isNaN(Date.parse(String(value)))
        : type === 'boolean'
          ? ['true', 'false'].includes(String(value))
          : type === 'text'
  if (!fits) throw wrong(field, `不能与“${value}”比较`, `cannot be compared with "${value}"`)
  return value
}

const wrong = ({ meta }: StoredField, zh: string, en: string): InvalidInput =>
  new InvalidInput('wrong-condition', words(`“${meta.title.zh}”${zh}`, `"${meta.title.en}" ${en}`))
