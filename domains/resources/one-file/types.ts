import type { Words } from '../../../platform/runtime/words.ts'

/** One value that one row of a source tells. */
export interface FileValue {
  readonly value: string
  /** What a code stands for. */
  readonly words: Words | null
  readonly dataset: string
  readonly datasetTitle: Words
  /** Organisation that answers for the dataset. */
  readonly source: string
  readonly row: number
  readonly part: number
  /** Since when the program knows it. */
  readonly since: string
  readonly lineage: { readonly load: number; readonly line: number } | null
  /** From which day it held, where the row says so. */
  readonly from: string | null
}

/** A field of a file: the value that counts first, then the others; `isDisputed` when sources differ. */
export interface FileField {
  readonly field: string
  readonly title: Words
  readonly values: readonly FileValue[]
  readonly isDisputed: boolean
}

export interface LifeEvent {
  readonly kind: string
  readonly title: Words
  /** Undated where no source says when. */
  readonly on: string | null
  readonly detail: string | null
  readonly dataset: string
  readonly row: number
}

export interface Relation {
  readonly entity: string
  readonly kind: 'person' | 'firm'
  readonly relation: string
  readonly title: Words
  readonly name: string
}

export interface PersonFile {
  readonly kind: 'person'
  readonly id: string
  readonly mergedInto: string | null
  readonly isMasked: boolean
  readonly mayUnmask: boolean
  readonly fields: readonly FileField[]
  readonly events: readonly LifeEvent[]
  readonly relations: readonly Relation[]
  readonly records: readonly FileRecord[]
  readonly notShown: readonly NotShown[]
}

/** A row that belongs to a file. */
export interface FileRecord {
  readonly ref: string
  readonly dataset: string
  readonly datasetTitle: Words
  readonly role: Words
  /** Since when we know that it belongs here. */
  readonly knownFrom: string
  /** Until when it was thought to; null while it is. */
  readonly knownTo: string | null
}

/** Records of one source in one role of which a file shows only some: the latest, or none that the purpose does not open. */
export interface NotShown {
  readonly dataset: string
  readonly datasetTitle: Words
  readonly role: Words
  readonly shown: number
  readonly of: number
}

export interface FirmShare {
  readonly holder: string
  readonly holderName: string
  readonly holderKind: 'person' | 'firm'
  readonly held: string
  readonly heldName: string
  readonly percent: number
}

export interface Controller {
  readonly entity: string
  readonly kind: 'person' | 'firm'
  readonly name: string
  /** Percent over all chains. */
  readonly percent: number
  /** More than half: control; more than a quarter: beneficial owner. */
  readonly isControl: boolean
}

export interface FirmFile {
  readonly kind: 'firm'
  readonly id: string
  readonly mergedInto: string | null
  /** Whether names of people are masked. */
  readonly isMasked: boolean
  readonly mayUnmask: boolean
  readonly fields: readonly FileField[]
  readonly people: readonly Relation[]
  readonly shares: readonly FirmShare[]
  readonly controllers: readonly Controller[]
  readonly events: readonly LifeEvent[]
  readonly records: readonly FileRecord[]
  readonly notShown: readonly NotShown[]
}

/** Who read a file or a record of it. */
export interface Reader {
  readonly id: string
  readonly at: string
  readonly what: Words
  /** Of the record that was read; null where the whole file was. */
  readonly dataset: Words | null
  /** Which of its fields, where that is known. */
  readonly fields: readonly Words[]
  /** Null where an organisation's system got it. */
  readonly name: string | null
  readonly organisation: string | null
  readonly purpose: string | null
}
