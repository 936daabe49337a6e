import { type TSchema, Type } from 'typebox'

/** Query of every list here: read on after the last key, in pages of a size. */
export const paging = {
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
}

export const pageOf = <S extends TSchema>(row: S) =>
  Type.Object({ rows: Type.Array(row), next: Type.Union([Type.String(), Type.Null()]) })

/** Cuts rows read one beyond the limit into a page. */
export function page<R>(rows: readonly R[], limit: number, keyOf: (row: R) => string) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}
