import type { Block } from '../block.ts'
import { type Day, yearsAfter } from '../dates.ts'
import type { Firm } from '../firm.ts'
import { spread } from '../identifiers.ts'
import { type Household, lastDay, type Person } from '../person.ts'
import { numberOf } from '../random.ts'
import type { Rates, Slip } from '../slips.ts'

/** Rates of a file whose clerks type names and numbers by hand. */
export const BY_HAND: Rates = {
  missed: 0.01,
  duplicate: 0.004,
  'name-look-alike': 0.02,
  'name-old': 0.5,
  'name-space': 0.004,
  'name-dot': 0.5,
  'number-missing': 0.006,
  'number-typo': 0.006,
  'number-second': 0.5,
  'number-other': 0.002,
  'number-lower': 0.2,
  'phone-missing': 0.05,
  'phone-old': 0.4,
  'address-short': 0.3,
  'address-old': 0.4,
  'date-typo': 0.004,
}

/** Rates of a file whose program checks names and numbers against the police. */
export const CHECKED: Rates = {
  missed: 0.004,
  duplicate: 0.001,
  'name-look-alike': 0.001,
  'name-old': 0.15,
  'name-dot': 0.2,
  'number-typo': 0.0005,
  'number-second': 0.2,
  'number-lower': 0.02,
  'phone-missing': 0.03,
  'phone-old': 0.3,
  'address-short': 0.1,
  'address-old': 0.2,
}

/** Rates of a file about firms that clerks type by hand. */
export const FIRMS_BY_HAND: Rates = {
  missed: 0.01,
  duplicate: 0.004,
  'code-missing': 0.01,
  'code-typo': 0.004,
  'code-letter': 0.003,
  'firm-name-brackets': 0.3,
  'firm-name-short': 0.02,
  'firm-name-old': 0.5,
  'date-typo': 0.004,
  'address-short': 0.3,
}

export const sex = (person: Person): string => (person.sex === 1 ? '男' : '女')
export const deadKept = (person: Person): Slip | undefined => (person.death === undefined ? undefined : 'dead-kept')
export const closedKept = (firm: Firm): Slip | undefined => (firm.closedOn === undefined ? undefined : 'closed-kept')

/** Those whose firm they work for, after the merits of the present day. */
export const employed = (block: Block): Person[] => block.people.filter((one) => one.job !== undefined)

/** Households that own where they live, with the day when the first of them could buy. */
export function* owners(block: Block): Generator<{ household: Household; owner: Person; on: Day }> {
  for (const household of block.households) {
    const owner = household.members[0]
    if (!owner || !household.owned) continue
    const on = Math.max(household.boughtOn, yearsAfter(owner.birth, 18))
    if (on < lastDay(owner)) yield { household, owner, on }
  }
}

/** A department's own number of a person: eight digits that tell nothing to another department. */
export const ownNumber = (department: string, person: Person): string =>
  String(spread(person.serial + (numberOf(department) % 1e7), 1e8)).padStart(8, '0')
