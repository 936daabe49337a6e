import { type RawBuilder, sql } from 'kysely'
import { type FieldKeys, sealColumn } from '../sealer.ts'
import { quoted, type Storage } from '../storage.ts'

type Values = Readonly<Record<string, unknown>>

/** Typed rows as a relation with the dataset's columns and `_line`, sealed where they have to be. */
export function stagedRows(storage: Storage, keys: FieldKeys, rows: readonly Values[]): RawBuilder<unknown> {
  const columns = storedColumns(storage, keys, rows)
  const records = rows.map((_, at) =>
    Object.fromEntries([...columns].map(([name, values]) => [name, values[at] ?? null])),
  )
  const types = storage.columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ')
  return sql`(select *, null::int as _line from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(${sql.raw(types)}))`
}

function storedColumns(storage: Storage, keys: FieldKeys, rows: readonly Values[]): Map<string, readonly unknown[]> {
  const columns = new Map<string, readonly unknown[]>()
  for (const { name, meta, columns: own } of storage.fields) {
    const [first, second] = own.map((column) => column.name)
    const values = rows.map((row) => row[name] ?? null)
    if (meta.sealed) {
      const texts = values.map((value) => (value === null ? null : String(value)))
      const { sealed, index } = sealColumn(keys, `${storage.dataset.id}.${name}`, texts)
      columns.set(first ?? '', sealed.map(hex)).set(second ?? '', index.map(hex))
    } else if (meta.kind === 'point') {
      const points = values as ({ lng: number; lat: number } | null)[]
      columns.set(
        first ?? '',
        points.map((point) => point?.lng ?? null),
      )
      columns.set(
        second ?? '',
        points.map((point) => point?.lat ?? null),
      )
    } else columns.set(first ?? '', values)
  }
  return columns
}

const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString('hex')}`)
