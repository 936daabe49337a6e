import { AS_OF, type Day } from './dates.ts'
import type { Firm } from './firm.ts'
import type { Village } from './plan.ts'
import type { Sex } from './tables.ts'

/** GB/T 4761, one digit: 0 head, 1 spouse, 2 son, 3 daughter, 5 parent. */
export type Relation = '0' | '1' | '2' | '3' | '5'
/** GB/T 2261.2: 10 single, 20 married, 30 widowed, 40 divorced. */
export type Marital = '10' | '20' | '30' | '40'

export interface Household {
  /** Nine digits, the same in the register of residents. */
  readonly number: string
  readonly village: Village
  readonly address: string
  /** Where the household lived before `movedOn`; both undefined if it never moved. */
  readonly movedOn: Day | undefined
  readonly previousAddress: string | undefined
  readonly members: Person[]
  readonly owned: boolean
  readonly boughtOn: Day
  readonly area: number
  /** Undefined if the household lives without a car. */
  readonly vehicles: Vehicle[]
  readonly lowIncome: boolean
}

export interface Vehicle {
  readonly owner: Person
  readonly plate: string
  readonly vin: string
  readonly registeredOn: Day
}

export interface Job {
  readonly firm: Firm
  readonly from: Day
  readonly wage: number
}

/** Who moved out of the city or settled abroad, and how the police enter why. */
export interface Leaving {
  readonly on: Day
  readonly why: '迁出' | '出国定居'
}

export interface Person {
  /** P and eight digits: three of the block, five within it. */
  readonly id: string
  readonly serial: number
  readonly sex: Sex
  readonly nation: string
  readonly birthplace: string
  birth: Day
  number: string
  /** A second valid number that some old records still carry. */
  secondNumber: string | undefined
  name: string
  formerName: string | undefined
  renamedOn: Day | undefined
  readonly relation: Relation
  marital: Marital
  spouse: Person | undefined
  marriedOn: Day | undefined
  mother: Person | undefined
  father: Person | undefined
  twin: Person | undefined
  death: Day | undefined
  left: Leaving | undefined
  household: Household
  phone: string | undefined
  oldPhone: string | undefined
  job: Job | undefined
  /** 1-12 at school; undefined otherwise. */
  readonly grade: number | undefined
  readonly disability: { readonly kind: string; readonly level: number } | undefined
}

/** Whether somebody neither died nor left. */
export const isHere = ({ death, left }: Person): boolean => death === undefined && left === undefined

/** Until which day the city has to do with somebody. */
export const lastDay = ({ death, left }: Person): Day => Math.min(AS_OF, death ?? AS_OF, left?.on ?? AS_OF)
