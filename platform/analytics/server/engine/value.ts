import { DuckDBDecimalValue, DuckDBTimestampTZValue, type DuckDBValue } from '@duckdb/node-api'
import type { Value } from '../../contract.ts'

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** A cell as JSON can carry it: integers beyond 2^53 and everything that JSON does not know become text. */
export function plain(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return value <= SAFE && value >= -SAFE ? Number(value) : String(value)
  if (value instanceof DuckDBTimestampTZValue) return instant(value.micros)
  if (value instanceof DuckDBDecimalValue && value.width <= 15) return Number(value.toString())
  return String(value)
}

/** Beyond what a `Date` can say, such as infinity, the count of microseconds. */
const instant = (micros: bigint): string => {
  const date = new Date(Number(micros / 1000n))
  return Number.isNaN(date.getTime()) ? String(micros) : date.toISOString()
}
