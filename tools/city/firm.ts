import type { Day } from './dates.ts'
import type { Person } from './person.ts'
import type { Village } from './plan.ts'
import type { Industry } from './tables.ts'

export interface Firm {
  /** F and seven digits: its place in the city. */
  readonly id: string
  readonly index: number
  readonly kind: 'company' | 'business' | 'cooperative'
  readonly code: string
  readonly name: string
  readonly formerName: string | undefined
  readonly renamedOn: Day | undefined
  readonly industry: Industry
  /** Four digits of GB/T 4754. */
  readonly class: string
  readonly village: Village
  readonly address: string
  readonly phone: string
  readonly establishedOn: Day
  readonly closedOn: Day | undefined
  /** Firm that took it over on `closedOn`. */
  mergedInto: Firm | undefined
  /** Yuan. */
  readonly capital: number
  readonly representative: Person
  readonly shareholders: Share[]
  /** How many it would employ; `staff` is whom it does. */
  readonly wanted: number
  readonly staff: Person[]
  readonly licences: Licence[]
  readonly inspections: Inspection[]
  readonly penalties: Penalty[]
  /** Yuan a month of work and head, and the change from year to year. */
  readonly productivity: number
  readonly growth: number
  /** Probability that a declaration comes late. */
  readonly laxness: number
}

export interface Share {
  readonly holder: Person | Firm
  /** Percent; those of one firm add up to 100. */
  readonly percent: number
  readonly since: Day
}

export interface Licence {
  readonly number: string
  readonly title: string
  readonly authority: string
  readonly from: Day
  readonly until: Day
}

export interface Inspection {
  readonly number: string
  readonly on: Day
  readonly office: string
  readonly passed: boolean
  readonly finding: string
}

export interface Penalty {
  readonly number: string
  readonly on: Day
  readonly office: string
  readonly basis: string
  /** Yuan. */
  readonly fine: number
}

export const isFirm = (one: Person | Firm): one is Firm => 'code' in one

/** The day after its last; the day after `day` for those that still live. */
export const lifeEnd = (firm: Firm, day: Day): Day => Math.min(firm.closedOn ?? day + 1, day + 1)
