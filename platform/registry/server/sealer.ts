import { blindIndex, blindIndexes, openFields, type PurposeKeys, sealFields } from '#platform/crypto'

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

/** What to look for to find a sealed value, under each key that may have made its index. */
export const searchIndexes = (keys: FieldKeys, context: string, value: string): Buffer[] =>
  blindIndexes(keys.index, context, value)

export const openColumn = (keys: FieldKeys, context: string, sealed: readonly (Buffer | null)[]): (string | null)[] =>
  openFields(keys.field, context, sealed)
