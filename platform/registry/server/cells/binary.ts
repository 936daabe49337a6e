/** Canonical text of a value to the bytes of PostgreSQL's binary format; undefined if the column cannot hold it. */
export type Encode = (text: string) => Uint8Array | undefined

/** Days and microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL counts from. */
export const EPOCH_DAY = 10_957
const EPOCH_MICROSECONDS = 946_684_800_000_000n
const DAY_MS = 86_400_000

const utf8: Encode = (text) => Buffer.from(text)

/** By the name of the column's type in `pg_type`. */
const ENCODERS: Readonly<Record<string, Encode>> = {
  text: utf8,
  varchar: utf8,
  bpchar: utf8,
  json: utf8,
  jsonb: (text) => Buffer.from(`\u0001${text}`),
  bool: (text) => Buffer.of(text === 't' ? 1 : 0),
  int2: (text) => whole(text, 16),
  int4: (text) => whole(text, 32),
  int8: (text) => whole(text, 64),
  float4: (text) => float(text, 4),
  float8: (text) => float(text, 8),
  numeric,
  date: (text) => int32(Date.parse(text) / DAY_MS - EPOCH_DAY),
  timestamptz: (text) => int64(instantMicroseconds(text)),
}

/** Whether values of a type are their text in UTF-8. */
export const isTextType = (type: string): boolean => ENCODERS[type] === utf8

/** Columns of other types take no value from a file. */
export const encoderOf = (type: string): Encode => ENCODERS[type] ?? (() => undefined)

/** @param since ISO 8601 with offset */
export const instantMicroseconds = (since: string): bigint => BigInt(Date.parse(since)) * 1000n - EPOCH_MICROSECONDS

export function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

export function int64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

function whole(text: string, bits: 16 | 32 | 64): Uint8Array | undefined {
  const value = BigInt(Number(text))
  if (BigInt.asIntN(bits, value) !== value) return undefined
  return int64(value).subarray(8 - bits / 8)
}

function float(text: string, size: 4 | 8): Uint8Array | undefined {
  const bytes = Buffer.alloc(size)
  if (size === 8) bytes.writeDoubleBE(Number(text))
  else bytes.writeFloatBE(Number(text))
  return size === 4 && !Number.isFinite(bytes.readFloatBE()) ? undefined : bytes
}

/** Count of digits, weight of the first, sign, decimals, then digits to base 10,000. */
function numeric(text: string): Uint8Array | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text)
  if (!parts) return undefined
  const [, sign, front = '', back = '', exponent = '0'] = parts
  const point = front.length + Number(exponent)
  const digits = `${'0'.repeat(Math.max(0, -point))}${front}${back}`.padEnd(Math.max(0, point), '0')
  const [before, after] = [digits.slice(0, Math.max(0, point)), digits.slice(Math.max(0, point))]
  const groups = [
    ...(before.padStart(4 * Math.ceil(before.length / 4), '0').match(/.{4}/g) ?? []),
    ...(after.padEnd(4 * Math.ceil(after.length / 4), '0').match(/.{4}/g) ?? []),
  ]
  const leading = groups.findIndex((group) => group !== '0000')
  const weight = leading < 0 ? 0 : Math.ceil(before.length / 4) - 1 - leading
  groups.splice(0, leading < 0 ? groups.length : leading)
  while (groups.at(-1) === '0000') groups.pop()
  const bytes = Buffer.alloc(8 + 2 * groups.length)
  bytes.writeInt16BE(groups.length)
  bytes.writeInt16BE(weight, 2)
  bytes.writeUInt16BE(sign ? 0x4000 : 0, 4)
  bytes.writeInt16BE(after.length, 6)
  for (const [at, group] of groups.entries()) bytes.writeInt16BE(Number(group), 8 + 2 * at)
  return bytes
}
