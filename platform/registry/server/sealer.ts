import {
  blindIndex,
  blindIndexes,
  INDEX_BYTES,
  openFields,
  type PurposeKeys,
  packedBlindIndexes,
  sealFields,
  sealPacked,
} from '#platform/crypto'

/** The keys that seal fields and index them, as plain data that can be sent to a worker. */
export interface FieldKeys {
  readonly field: PurposeKeys
  readonly index: PurposeKeys
}

/** Seals a column of values; each value's blind index beside it. */
export function sealColumn(
  keys: FieldKeys,
  context: string,
  values: readonly (string | null)[],
): { readonly sealed: (Buffer | null)[]; readonly index: (Buffer | null)[] } {
  return {
    sealed: sealFields(keys.field.current, context, values),
    index: values.map((value) => (value === null ? null : blindIndex(keys.index.current, context, value))),
  }
}

/** A column sealed for COPY: of value `i` the sealed bytes and the blind index as hex digits. */
export class SealedHex {
  readonly #sealed: string
  readonly #ends: Uint32Array
  readonly #index: string

  constructor(keys: FieldKeys, context: string, values: readonly (string | null)[]) {
    const { bytes, ends } = sealPacked(keys.field.current, context, values)
    this.#sealed = bytes.toString('hex')
    this.#ends = ends
    this.#index = packedBlindIndexes(keys.index.current, context, values).toString('hex')
  }

  sealed(i: number): string {
    return this.#sealed.slice(2 * (this.#ends[i - 1] ?? 0), 2 * (this.#ends[i] ?? 0))
  }

  index(i: number): string {
    return this.#index.slice(2 * INDEX_BYTES * i, 2 * INDEX_BYTES * (i + 1))
  }
}

/** What to look for to find a sealed value, under each key that may have made its index. */
export const searchIndexes = (keys: FieldKeys, context: string, value: string): Buffer[] =>
  blindIndexes(keys.index, context, value)

export const openColumn = (keys: FieldKeys, context: string, sealed: readonly (Buffer | null)[]): (string | null)[] =>
  openFields(keys.field, context, sealed)
