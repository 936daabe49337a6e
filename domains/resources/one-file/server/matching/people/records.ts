import { keyOf } from '../model.ts'

export const COLUMNS = ['name', 'former', 'high', 'low', 'born', 'phone', 'address', 'area', 'kin'] as const
export type Column = (typeof COLUMNS)[number]

/** What crosses to the thread that matches. */
export interface PeopleData {
  readonly count: number
  readonly columns: Readonly<Record<Column, Uint32Array>>
  readonly sex: Uint8Array
  readonly trust: Uint8Array
  readonly names: readonly string[]
  readonly sounds: readonly number[]
  readonly nameCounts: Uint32Array
  readonly kin: readonly (readonly number[])[]
}

/**
 * People as columns of numbers: a row takes 38 bytes. Telephones and addresses are hashes of 32 bits, enough to compare
 * two of them; numbers are whole. Nothing of it is ever written to disk.
 */
export class PeopleRecords {
  readonly count: number
  readonly columns: PeopleData['columns']
  /** 1 man, 2 woman, 0 unknown. */
  readonly sex: Uint8Array
  /** 1: the number passes all checks and agrees with birth and sex of its row, 2: it does not; 0: none. */
  readonly trust: Uint8Array
  /** Plain names by id, and the keys of how they sound. */
  readonly names: readonly string[]
  readonly sounds: readonly number[]
  /** Lists of names of relatives, by the numbers in column `kin`. */
  readonly kin: readonly (readonly number[])[]
  readonly #nameCounts: Uint32Array

  constructor({ count, columns, sex, trust, names, sounds, nameCounts, kin }: PeopleData) {
    this.count = count
    this.columns = columns
    this.sex = sex
    this.trust = trust
    this.names = names
    this.sounds = sounds
    this.kin = kin
    this.#nameCounts = nameCounts
  }

  /** Share of rows with a name. */
  nameShare(id: number): number {
    return Math.max(1, this.#nameCounts[id] ?? 1) / Math.max(1, this.count)
  }

  /** Key of the number for blocks; 0 without one. */
  numberKey(at: number): number {
    return this.trust[at] === 0 ? 0 : keyOf(this.columns.high[at] ?? 0, this.columns.low[at] ?? 0)
  }
}
