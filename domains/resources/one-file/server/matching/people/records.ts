import { addressKeys } from './address.ts'
import { keyOf, textKey } from '../model.ts'
import { plainName, soundKey } from './name.ts'
import { birthIn, readNumber, sexIn } from './number.ts'

/** What one row of a source says of a person. */
export interface PersonFacts {
  readonly name: string
  readonly formerName?: string | undefined
  readonly number?: string | undefined
  /** `1990-05-18` */
  readonly bornOn?: string | undefined
  /** 1 man, 2 woman [GB/T 2261.1]. */
  readonly sex?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
  /** Names of spouse, parents, children or guardian that the row tells. */
  readonly kin?: readonly string[] | undefined
  /** Number of the household within the source. */
  readonly household?: string | undefined
}

const COLUMNS = ['name', 'former', 'high', 'low', 'born', 'phone', 'address', 'area', 'kin', 'household'] as const
type Column = (typeof COLUMNS)[number]

/**
 * People as columns of numbers: a row takes 42 bytes. Telephones and addresses are kept as hashes of 32 bits, enough to
 * compare two of them; numbers whole. Nothing of it is ever written to disk.
 */
export class PeopleRecords {
  readonly columns: Record<Column, Uint32Array>
  sex: Uint8Array
  /** 1: the number passes all checks and agrees with birth and sex of its row, 2: it does not; 0: none. */
  trust: Uint8Array
  readonly names: string[] = ['']
  readonly sounds: number[] = [0]
  readonly kin: (readonly number[])[] = [[]]
  readonly #nameIds = new Map<string, number>([['', 0]])
  #nameCounts = new Uint32Array(1024)
  count = 0

  constructor(expected = 1024) {
    this.columns = Object.fromEntries(COLUMNS.map((name) => [name, new Uint32Array(expected)])) as Record<
      Column,
      Uint32Array
    >
    this.sex = new Uint8Array(expected)
    this.trust = new Uint8Array(expected)
  }

  /** Takes a row; returns its number. */
  add(facts: PersonFacts): number {
    if (this.count === this.sex.length) this.#resize(Math.ceil(this.count * 1.5))
    const at = this.count++
    const { columns } = this
    columns.name[at] = this.#nameId(facts.name)
    columns.former[at] = facts.formerName ? this.#nameId(facts.formerName) : 0
    const born = facts.bornOn ? Number(facts.bornOn.slice(0, 10).replaceAll('-', '')) : 0
    columns.born[at] = born
    const sex = facts.sex === '1' ? 1 : facts.sex === '2' ? 2 : 0
    this.sex[at] = sex
    const number = facts.number ? readNumber(facts.number) : undefined
    if (number) {
      columns.high[at] = number.high
      columns.low[at] = number.low
      const agrees =
        (born === 0 || born === birthIn(number.high, number.low)) && (sex === 0 || sex === sexIn(number.low))
      this.trust[at] = number.valid && agrees ? 1 : 2
      // What the row leaves out, its number tells.
      if (number.valid && born === 0) columns.born[at] = birthIn(number.high, number.low)
      if (number.valid && sex === 0) this.sex[at] = sexIn(number.low)
    }
    columns.phone[at] = facts.phone ? textKey(facts.phone.replace(/\D/g, '')) : 0
    if (facts.address) {
      const { whole, area } = addressKeys(facts.address)
      columns.address[at] = whole
      columns.area[at] = area
    }
    if (facts.kin?.length) columns.kin[at] = this.kin.push(facts.kin.map((name) => this.#nameId(name, 0))) - 1
    columns.household[at] = facts.household ? textKey(facts.household) : 0
    return at
  }

  /** Members of one household know each other's names. */
  linkHouseholds(most = 12): void {
    const { household, name, kin } = this.columns
    const members = new Map<number, number[]>()
    for (let at = 0; at < this.count; at++) {
      const key = household[at] ?? 0
      if (key === 0) continue
      const list = members.get(key)
      if (list) list.push(at)
      else members.set(key, [at])
    }
    for (const list of members.values()) {
      if (list.length < 2 || list.length > most) continue
      const names = this.kin.push(list.map((at) => name[at] ?? 0)) - 1
      for (const at of list) kin[at] = names
    }
  }

  /** Share of rows with a name. */
  nameShare(id: number): number {
    return Math.max(1, this.#nameCounts[id] ?? 1) / Math.max(1, this.count)
  }

  /** Keys of number, as they are compared in blocks. */
  numberKey(at: number): number {
    return this.trust[at] === 0 ? 0 : keyOf(this.columns.high[at] ?? 0, this.columns.low[at] ?? 0)
  }

  #nameId(text: string, counts = 1): number {
    const plain = plainName(text)
    let id = this.#nameIds.get(plain)
    if (id === undefined) {
      id = this.names.push(plain) - 1
      this.sounds.push(soundKey(plain))
      this.#nameIds.set(plain, id)
      if (id >= this.#nameCounts.length) this.#nameCounts = grown(this.#nameCounts, 2 * id)
    }
    this.#nameCounts[id] = (this.#nameCounts[id] ?? 0) + counts
    return id
  }

  #resize(size: number): void {
    for (const name of COLUMNS) this.columns[name] = grown(this.columns[name], size)
    this.sex = grown(this.sex, size)
    this.trust = grown(this.trust, size)
  }
}

function grown<T extends Uint32Array | Uint8Array>(from: T, size: number): T {
  const to = new (from.constructor as new (size: number) => T)(size)
  to.set(from)
  return to
}
