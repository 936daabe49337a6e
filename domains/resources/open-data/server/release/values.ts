import { type RawBuilder, sql } from 'kysely'

/** SQL of the values of some fields of a row as one value: it tells rows apart and has an order. */
export const combined = (fields: readonly string[]): RawBuilder<unknown> =>
  sql`jsonb_build_array(${sql.join(fields.map((name) => sql`data -> ${name}::text`))})`
