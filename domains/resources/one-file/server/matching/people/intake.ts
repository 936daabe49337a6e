import { textKey } from '../model.ts'
import { addressKeys } from './address.ts'
import { plainName, soundKey } from './name.ts'
import { birthIn, sexIn } from './number.ts'
import { readNumber } from './read-number.ts'
import { COLUMNS, type Column, type PeopleData } from './records.ts'

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

/** More members than this are a dormitory, not a family. */
const LARGEST_HOUSEHOLD = 12

/** Takes rows and makes columns of them. */
export class PeopleIntake {
  readonly #columns: Record<Column, Uint32Array>
  #household: Uint32Array
  #sex: Uint8Array
  #trust: Uint8Array
  readonly #names: string[] = ['']
  readonly #sounds: number[] = [0]
  readonly #kin: (readonly number[])[] = [[]]
  readonly #nameIds = new Map<string, number>([['', 0]])
  #nameCounts = new Uint32Array(1024)
  #count = 0

  constructor(expected = 1024) {
    this.#columns = Object.fromEntries(COLUMNS.map((name) => [name, new Uint32Array(expected)])) as Record<
      Column,
      Uint32Array
    >
    this.#household = new Uint32Array(expected)
    this.#sex = new Uint8Array(expected)
    this.#trust = new Uint8Array(expected)
  }

  get count(): number {
    return this.#count
  }

  /** Takes a row; returns its number. */
  add(facts: PersonFacts): number {
    if (this.#count === this.#sex.length) this.#resize(Math.ceil(this.#count * 1.5))
    const at = this.#count++
    const columns = this.#columns
    columns.name[at] = this.#nameId(facts.name)
    columns.former[at] = facts.formerName ? this.#nameId(facts.formerName, 0) : 0
    columns.born[at] = facts.bornOn ? Number(facts.bornOn.slice(0, 10).replaceAll('-', '')) : 0
    this.#sex[at] = facts.sex === '1' ? 1 : facts.sex === '2' ? 2 : 0
    if (facts.number) this.#takeNumber(at, facts.number)
    columns.phone[at] = facts.phone ? textKey(facts.phone.replace(/\D/g, '')) : 0
    const { whole, area } = addressKeys(facts.address ?? '')
    columns.address[at] = whole
    columns.area[at] = area
    if (facts.kin?.length) columns.kin[at] = this.#kin.push(facts.kin.map((name) => this.#nameId(name, 0))) - 1
    this.#household[at] = facts.household ? textKey(facts.household) : 0
    return at
  }

  /** The columns; members of one household know each other's names. */
  data(): PeopleData {
    this.#linkHouseholds()
    return {
      count: this.#count,
      columns: this.#columns,
      sex: this.#sex,
      trust: this.#trust,
      names: this.#names,
      sounds: this.#sounds,
      nameCounts: this.#nameCounts,
      kin: this.#kin,
    }
  }

  #takeNumber(at: number, text: string): void {
    const number = readNumber(text)
    if (!number) return
    const { high, low, valid } = number
    const [born, sex] = [this.#columns.born[at] ?? 0, this.#sex[at] ?? 0]
    this.#columns.high[at] = high
    this.#columns.low[at] = low
    const agrees = (born === 0 || born === birthIn(high, low)) && (sex === 0 || sex === sexIn(low))
    this.#trust[at] = valid && agrees ? 1 : 2
    // What the row leaves out, its number tells.
    if (valid && born === 0) this.#columns.born[at] = birthIn(high, low)
    if (valid && sex === 0) this.#sex[at] = sexIn(low)
  }

  #linkHouseholds(): void {
    const { name, kin } = this.#columns
    const members = new Map<number, number[]>()
    for (let at = 0; at < this.#count; at++) {
      const key = this.#household[at] ?? 0
      if (key === 0) continue
      const list = members.get(key)
      if (list) list.push(at)
      else members.set(key, [at])
    }
    for (const list of members.values()) {
      if (list.length < 2 || list.length > LARGEST_HOUSEHOLD) continue
      const names = this.#kin.push(list.map((at) => name[at] ?? 0)) - 1
      for (const at of list) kin[at] = names
    }
  }

  #nameId(text: string, counts = 1): number {
    const plain = plainName(text)
    let id = this.#nameIds.get(plain)
    if (id === undefined) {
      id = this.#names.push(plain) - 1
      this.#sounds.push(soundKey(plain))
      this.#nameIds.set(plain, id)
      if (id >= this.#nameCounts.length) this.#nameCounts = grown(this.#nameCounts, 2 * id)
    }
    this.#nameCounts[id] = (this.#nameCounts[id] ?? 0) + counts
    return id
  }

  #resize(size: number): void {
    for (const name of COLUMNS) this.#columns[name] = grown(this.#columns[name], size)
    this.#household = grown(this.#household, size)
    this.#sex = grown(this.#sex, size)
    this.#trust = grown(this.#trust, size)
  }
}

export function grown<T extends Uint32Array | Int32Array | Uint8Array | Float64Array | BigInt64Array>(
  from: T,
  size: number,
): T {
  const to = new (from.constructor as new (size: number) => T)(size)
  to.set(from as never)
  return to
}
