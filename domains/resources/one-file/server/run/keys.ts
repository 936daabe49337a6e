import { blindIndexSpans, keys, spansOf } from '#platform/crypto'
import type { App } from '#runtime'
import { type FirmFacts, plainFirmName } from '../matching/firms/records.ts'
import type { PersonFacts } from '../matching/people/intake.ts'
import { plainName } from '../matching/people/name.ts'

/** By what records are found again without their values: keyed hashes under one key for the whole city. */
export const KEYS = ['number', 'name', 'phone', 'home'] as const
export type KeyName = (typeof KEYS)[number]
export type KeyTexts = Readonly<Record<KeyName, string | null>>

const some = (text: string | undefined): string | null => (text ? text : null)

export function personKeys({ name, number, bornOn, phone, address }: PersonFacts): KeyTexts {
  const plain = plainName(name)
  const born = bornOn?.slice(0, 10) ?? birthOf(number)
  return {
    number: some(number?.toUpperCase()),
    name: born ? `${plain}|${born}` : null,
    phone: some(phone),
    home: address ? `${plain}|${address.replace(/^.*?(?=[\p{Script=Han}]{1,4}(?:区|县|市))/u, '')}` : null,
  }
}

const birthOf = (number: string | undefined): string | undefined =>
  number?.replace(/^\d{6}(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')

export const firmKeys = ({ name, code, phone }: FirmFacts): KeyTexts => ({
  number: some(code),
  name: some(plainFirmName(name)),
  phone: some(phone),
  home: null,
})

/**
 * Hashes of 64 bits, as PostgreSQL's `bigint`. The first key of the purpose stays: under another the same number would
 * not be found again.
 */
export function hashesOf(app: App, kind: 'person' | 'firm', key: KeyName, texts: readonly (string | null)[]) {
  const { all, current } = app.use(keys).of('one-file.index')
  const { bytes, from } = blindIndexSpans(all[0] ?? current, `one-file.${kind}.${key}`, spansOf(texts))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return texts.map((text, at) => (text === null ? null : view.getBigInt64(from[at] ?? 0)))
}
