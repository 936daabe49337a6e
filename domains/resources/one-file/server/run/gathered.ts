import type { App } from '#runtime'
import { type Reading, readings } from '../../declarations/readings.ts'
import { FirmIntake } from '../matching/firms/records.ts'
import { grown, PeopleIntake } from '../matching/people/intake.ts'
import { type Ref, refText } from '../refs.ts'
import { firmKeys, hashesOf, KEYS, type KeyTexts, personKeys } from './keys.ts'
import { firmFacts, isNamed, personFacts } from './read-part.ts'

export type EntityKind = 'person' | 'firm'

/** A record as the tables have it. */
export interface Prior {
  readonly row: number
  readonly part: number
  readonly version: number
  /** 0 for a row that named nobody. */
  readonly entity: number
}

interface SourceRow {
  readonly id: number
  readonly version: number
  readonly value: Readonly<Record<string, unknown>>
}

/** All records of one kind that a run compares, with what the tables say of them. */
export class Gathered {
  readonly kind: EntityKind
  readonly intake: PeopleIntake | FirmIntake
  /** Numbers of the records that persons decided on, by reference. */
  readonly decided = new Map<string, number>()
  count = 0
  #dataset = new Uint8Array(1024)
  #row = new Float64Array(1024)
  #part = new Uint8Array(1024)
  #version = new Float64Array(1024)
  #entity = new Int32Array(1024)
  #isSame = new Uint8Array(1024)
  readonly #keys = KEYS.map(() => new BigInt64Array(1024))

  constructor(kind: EntityKind) {
    this.kind = kind
    this.intake = kind === 'person' ? new PeopleIntake() : new FirmIntake()
  }

  add(dataset: number, row: SourceRow, part: number, prior: Prior | undefined): void {
    if (this.count === this.#row.length) this.#grow(2 * this.count)
    const at = this.count++
    this.#dataset[at] = dataset
    this.#row[at] = row.id
    this.#part[at] = part
    this.#version[at] = row.version
    this.#entity[at] = prior?.entity ?? 0
    this.#isSame[at] = prior?.version === row.version ? 1 : 0
  }

  setKey(key: number, at: number, hash: bigint | null): void {
    const keys = this.#keys[key]
    if (keys) keys[at] = hash ?? 0n
  }

  ref(at: number): Ref {
    return {
      dataset: readings[this.#dataset[at] ?? 0]?.dataset ?? '',
      row: this.#row[at] ?? 0,
      part: this.#part[at] ?? 0,
    }
  }
  version = (at: number): number => this.#version[at] ?? 0
  /** The entity it belonged to before this run; 0 for a new record. */
  priorEntity = (at: number): number => this.#entity[at] ?? 0
  /** That of all records. */
  priorEntities = (): Int32Array => this.#entity.slice(0, this.count)
  /** Whether the tables know this version of the row already. */
  isKnown = (at: number): boolean => this.#isSame[at] === 1
  key = (key: number, at: number): string | null => {
    const hash = this.#keys[key]?.[at] ?? 0n
    return hash === 0n ? null : hash.toString()
  }

  #grow(size: number): void {
    this.#dataset = grown(this.#dataset, size)
    this.#row = grown(this.#row, size)
    this.#part = grown(this.#part, size)
    this.#version = grown(this.#version, size)
    this.#entity = grown(this.#entity, size)
    this.#isSame = grown(this.#isSame, size)
    for (const [at, keys] of this.#keys.entries()) this.#keys[at] = grown(keys, size)
  }
}

export interface Taken extends Readonly<Record<EntityKind, Gathered>> {
  /** Rows that name nobody who could be found out. */
  readonly nobody: { readonly dataset: string; readonly row: number; readonly version: number }[]
  /** Records whose rows no longer name anybody there. */
  readonly gone: Ref[]
}

/** The part number under which a row that names nobody is kept. */
export const NOBODY = 9

/** Takes a batch of rows of one dataset. */
export function take(
  app: App,
  into: Taken,
  reading: Reading,
  rows: readonly SourceRow[],
  priors: readonly Prior[],
  decided: ReadonlySet<string>,
): void {
  const known = new Map(priors.map((prior) => [`${prior.row}/${prior.part}`, prior]))
  const dataset = readings.indexOf(reading)
  const named = new Set<number>()
  reading.parts.forEach((part, number) => {
    const gathered = into[part.kind]
    const first = gathered.count
    const texts: KeyTexts[] = []
    for (const row of rows) {
      if (!isNamed(part, row.value)) continue
      named.add(row.id)
      const prior = known.get(`${row.id}/${number}`)
      known.delete(`${row.id}/${number}`)
      if (decided.size > 0) {
        const text = refText({ dataset: reading.dataset, row: row.id, part: number })
        if (decided.has(text)) gathered.decided.set(text, gathered.count)
      }
      gathered.add(dataset, row, number, prior)
      if (part.kind === 'person' && gathered.intake instanceof PeopleIntake) {
        const facts = personFacts(part, row.value)
        gathered.intake.add(facts)
        texts.push(personKeys(facts))
      } else if (part.kind === 'firm' && gathered.intake instanceof FirmIntake) {
        const facts = firmFacts(part, row.value)
        gathered.intake.add(facts)
        texts.push(firmKeys(facts))
      }
    }
    KEYS.forEach((key, at) => {
      const hashes = hashesOf(
        app,
        part.kind,
        key,
        texts.map((each) => each[key]),
      )
      hashes.forEach((hash, offset) => {
        gathered.setKey(at, first + offset, hash)
      })
    })
  })
  for (const { id, version } of rows) {
    if (named.has(id)) continue
    known.delete(`${id}/${NOBODY}`)
    into.nobody.push({ dataset: reading.dataset, row: id, version })
  }
  for (const { row, part } of known.values()) into.gone.push({ dataset: reading.dataset, row, part })
}
