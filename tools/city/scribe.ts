import { type DateForm, type Day, writeDate } from './dates.ts'
import type { Firm } from './firm.ts'
import type { Household, Person } from './person.ts'
import type { Random } from './random.ts'
import type { Rates, Slip, Tallies } from './slips.ts'
import { LOOK_ALIKES } from './tables.ts'

export type Cell = string | number

/** Ideographs that GBK lacks: all it has lie between U+4E00 and U+9FA5. */
const OUTSIDE_GBK = /[\u3400-\u4dbf\u9fa6-\u9fff\u{20000}-\u{3ffff}]/u
const OTHER_FORMS: readonly DateForm[] = ['slash', 'iso', 'basic', 'han']

/** Writes the cells of one file as a department would, and notes every mistake it makes in `made`. */
export class Scribe {
  readonly tallies: Tallies = {}
  /** Mistakes of the present row. */
  made: Slip[] = []
  readonly random: Random
  readonly #rates: Rates
  readonly #form: DateForm
  readonly #gbk: boolean

  constructor(random: Random, rates: Rates, form: DateForm, gbk: boolean) {
    this.random = random
    this.#rates = rates
    this.#form = form
    this.#gbk = gbk
  }

  /** Whether a mistake happens here; kinds without a rate never do. */
  slip(kind: Slip): boolean {
    const rate = this.#rates[kind]
    if (rate === undefined) return false
    const tally = this.tallies[kind] ?? { could: 0, did: 0 }
    this.tallies[kind] = tally
    tally.could++
    if (this.random.next() >= rate) return false
    tally.did++
    this.made.push(kind)
    return true
  }

  name(person: Person): string {
    let name = person.name
    if (person.formerName && this.slip('name-old')) name = person.formerName
    if (name.includes('·')) {
      if (this.slip('name-dot')) name = name.replace('·', this.random.pick(['.', '•', ' ']))
    } else {
      const others = LOOK_ALIKES.get(name.slice(-1))
      if (others && this.slip('name-look-alike')) name = name.slice(0, -1) + this.random.pick(others)
      if (this.slip('name-space')) name = `${name.slice(0, 1)}${this.random.pick([' ', '\u3000'])}${name.slice(1)}`
    }
    return this.written(name)
  }

  /** Text as the file's encoding can hold it. */
  written(text: string): string {
    if (!this.#gbk || !OUTSIDE_GBK.test(text) || !this.slip('character-lost')) return text
    return text.replace(new RegExp(OUTSIDE_GBK, 'gu'), '?')
  }

  number(person: Person): string {
    const { number } = person
    if (this.slip('number-missing')) return ''
    if (person.secondNumber && this.slip('number-second')) return person.secondNumber
    if (person.household.members.length > 1 && this.slip('number-other')) {
      const others = person.household.members.filter((one) => one !== person)
      return this.random.pick(others).number
    }
    if (this.slip('number-typo')) {
      const at = this.random.between(6, 16)
      const digit = (Number(number.charAt(at)) + this.random.between(1, 9)) % 10
      return number.slice(0, at) + digit + number.slice(at + 1)
    }
    if (number.startsWith('19', 6) && this.slip('number-fifteen')) return number.slice(0, 6) + number.slice(8, 17)
    if (this.slip('number-float')) return `${number.charAt(0)}.${number.slice(1, 6)}E+17`
    return number.endsWith('X') && this.slip('number-lower') ? number.toLowerCase() : number
  }

  phone(person: Person): string {
    if (person.phone === undefined || this.slip('phone-missing')) return ''
    return person.oldPhone && this.slip('phone-old') ? person.oldPhone : person.phone
  }

  address(household: Household): string {
    const old = household.previousAddress
    const full = old && this.slip('address-old') ? old : household.address
    return this.place(full)
  }

  /** An address that no move has changed. */
  place(full: string): string {
    return this.written(this.slip('address-short') ? full.replace('山东省泰安市', '') : full)
  }

  date(day: Day | undefined): Cell {
    if (day === undefined) return ''
    const meant = this.slip('date-typo') ? day + this.random.pick([-30, -10, -1, 1, 10, 31]) : day
    if (this.slip('date-other-form'))
      return writeDate(meant, this.random.pick(OTHER_FORMS.filter((form) => form !== this.#form)))
    const text = writeDate(meant, this.#form)
    return this.#form === 'serial' ? Number(text) : text
  }

  firmName(firm: Firm): string {
    let name = firm.formerName && this.slip('firm-name-old') ? firm.formerName : firm.name
    if (name.includes('（') && this.slip('firm-name-brackets')) name = name.replace('（', '(').replace('）', ')')
    if (name.endsWith('有限公司') && this.slip('firm-name-short')) name = name.slice(0, -4)
    return this.written(name)
  }

  code(firm: Firm): string {
    const { code } = firm
    if (this.slip('code-missing')) return ''
    if (this.slip('code-typo')) {
      const at = this.random.between(10, 15)
      return (
        code.slice(0, at) +
        this.random.pick([...'0123456789'].filter((one) => one !== code.charAt(at))) +
        code.slice(at + 1)
      )
    }
    return code.slice(8).includes('0') && this.slip('code-letter')
      ? code.slice(0, 8) + code.slice(8).replace('0', 'O')
      : code
  }
}
