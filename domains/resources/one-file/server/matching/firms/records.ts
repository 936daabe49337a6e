import { textKey } from '../model.ts'
import { addressKeys } from '../people/address.ts'

/** What one row of a source says of a firm. */
export interface FirmFacts {
  readonly name: string
  readonly formerName?: string | undefined
  /** Unified social credit code, already checked. */
  readonly code?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
}

/** Firms as lists; the largest city has a million. */
export interface FirmData {
  readonly names: readonly string[]
  readonly cores: readonly string[]
  readonly formers: readonly string[]
  readonly codes: readonly string[]
  readonly phones: readonly number[]
  readonly addresses: readonly number[]
}

/** Legal forms that a shortened name leaves out. */
const FORM = /(?:股份有限公司|有限责任公司|有限公司|农民专业合作社|专业合作社)$/

/** A firm's name as it is compared: narrow brackets, no spaces. */
export const plainFirmName = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')
/** The name without its legal form. */
export const coreName = (plain: string): string => plain.replace(FORM, '')

export class FirmIntake {
  readonly #names: string[] = []
  readonly #cores: string[] = []
  readonly #formers: string[] = []
  readonly #codes: string[] = []
  readonly #phones: number[] = []
  readonly #addresses: number[] = []

  get count(): number {
    return this.#names.length
  }

  add({ name, formerName, code, phone, address }: FirmFacts): number {
    const plain = plainFirmName(name)
    this.#cores.push(coreName(plain))
    this.#formers.push(formerName ? coreName(plainFirmName(formerName)) : '')
    this.#codes.push(code ?? '')
    this.#phones.push(phone ? textKey(phone.replace(/\D/g, '')) : 0)
    this.#addresses.push(addressKeys(address ?? '').whole)
    return this.#names.push(plain) - 1
  }

  data(): FirmData {
    return {
      names: this.#names,
      cores: this.#cores,
      formers: this.#formers,
      codes: this.#codes,
      phones: this.#phones,
      addresses: this.#addresses,
    }
  }
}
