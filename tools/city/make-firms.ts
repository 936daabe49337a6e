import { AS_OF, type Day, partsOf, yearsAfter } from './dates.ts'
import { type Firm, isFirm, type Share } from './firm.ts'
import { firmRecords } from './firm-records.ts'
import { addressIn } from './household.ts'
import { creditCode, mobile, spread } from './identifiers.ts'
import { isHere, type Person } from './person.ts'
import type { BlockPlan, Village } from './plan.ts'
import { cumulate, type Random } from './random.ts'
import { INDUSTRIES, INDUSTRY_WEIGHTS, type Industry } from './tables.ts'

const WORDS = '泰岱岳汶徂徕齐鲁汇丰瑞祥恒通盛达鑫源华宏安康嘉和正信联创金诚佳美东方润泽天宇众力百顺'
const TYPES = { company: '91', business: '92', cooperative: '93' } as const

/** The firms that lie in a block, owned and led by adults of the block and by older firms of it. */
export function makeFirms(random: Random, block: BlockPlan, adults: readonly Person[]): Firm[] {
  const firms: Firm[] = []
  if (adults.length === 0) return firms
  for (const village of block.villages)
    for (let at = 0; at < village.firms; at++)
      firms.push(makeFirm(random, village, village.firmsBefore + at, adults, firms))
  merge(random, firms)
  return firms
}

function makeFirm(
  random: Random,
  village: Village,
  index: number,
  adults: readonly Person[],
  older: readonly Firm[],
): Firm {
  const kind = random.chance(0.335) ? 'company' : random.chance(0.97) ? 'business' : 'cooperative'
  const industry = kind === 'cooperative' ? farming(random) : industryOf(random)
  const representative = random.pick(adults)
  const establishedOn = begun(random, representative)
  const closedOn =
    random.chance(0.14) && establishedOn < AS_OF - 400 ? random.between(establishedOn + 200, AS_OF - 5) : undefined
  const name = nameOf(random, kind, industry, village, index)
  const renamed = random.chance(0.02) && establishedOn < AS_OF - 900
  const wanted =
    kind === 'company'
      ? Math.max(1, Math.round(industry.size * Math.exp(random.normal() * 1.3 - 0.35)))
      : random.between(1, 3)
  const firm: Firm = {
    id: `F${String(index).padStart(7, '0')}`,
    index,
    kind,
    code: creditCode(TYPES[kind], village.countyCode, spread(index, 2 ** 29)),
    name,
    formerName: renamed ? nameOf(random, kind, industry, village, index + 7_000_003) : undefined,
    renamedOn: renamed
      ? random.between(
          establishedOn + 100,
          (closedOn ?? AS_OF) > establishedOn + 101 ? (closedOn ?? AS_OF) - 1 : establishedOn + 100,
        )
      : undefined,
    industry,
    class: random.pick(industry.classes),
    village,
    address: addressIn(random, village),
    phone: mobile(60_000_000 + index),
    establishedOn,
    closedOn,
    mergedInto: undefined,
    capital:
      kind === 'company'
        ? random.pick([10, 50, 100, 100, 200, 300, 500, 500, 1000, 2000, 5000]) * 10_000
        : random.between(1, 30) * 10_000,
    representative,
    shareholders: [],
    wanted,
    staff: [],
    licences: [],
    inspections: [],
    penalties: [],
    productivity: Math.round(9000 * Math.exp(random.normal() * 0.5)),
    growth: 0.03 + 0.12 * random.normal(),
    laxness: random.chance(0.08) ? 0.25 : 0.01,
  }
  firm.shareholders.push(...sharesOf(random, firm, adults, older))
  firmRecords(random, firm)
  return firm
}

const industryOf = (random: Random): Industry => INDUSTRIES[random.weighted(INDUSTRY_WEIGHTS)] as Industry
const FARMING = INDUSTRIES.filter(({ section }) => section === 'A')
const farming = (random: Random): Industry => random.pick(FARMING)

/** After the representative's eighteenth birthday; more of the young years than of the old. */
function begun(random: Random, { birth }: Person): Day {
  const earliest = Math.max(yearsAfter(birth, 18) + 30, AS_OF - 9500)
  return Math.min(AS_OF - 3, AS_OF - Math.floor((AS_OF - earliest) * random.next() ** 1.7))
}

function nameOf(random: Random, kind: Firm['kind'], industry: Industry, village: Village, index: number): string {
  const word = (place: number) => WORDS.charAt(place % WORDS.length)
  const mixed = spread(index, WORDS.length ** 3)
  const brand =
    word(mixed) +
    word(Math.floor(mixed / WORDS.length)) +
    (random.chance(0.35) ? word(Math.floor(mixed / WORDS.length ** 2)) : '')
  const trade = random.pick(industry.words)
  const place = village.county.replace(/[市区县]$/, '')
  if (kind === 'business')
    return `${village.county}${village.town.replace(/(街道|镇|乡)$/, '')}${brand}${trade}${random.pick(['店', '部', '经营部', '商行', '中心'])}`
  if (kind === 'cooperative') return `${village.county}${brand}${trade}专业合作社`
  return random.chance(0.25)
    ? `${brand}${trade}（泰安）有限公司`
    : `${random.chance(0.5) ? '泰安' : `泰安市${place}`}${brand}${trade}有限公司`
}

/** One to four holders; every tenth company has another company among them. */
function sharesOf(random: Random, firm: Firm, adults: readonly Person[], older: readonly Firm[]): Share[] {
  if (firm.kind !== 'company') return [{ holder: firm.representative, percent: 100, since: firm.establishedOn }]
  const holders: (Person | Firm)[] = [firm.representative]
  const count = random.weighted([0.45, 0.8, 0.95, 1])
  for (let at = 0; at < count; at++) {
    const parent = random.chance(0.12) && older.length > 0 ? random.pick(older) : undefined
    const fits =
      parent?.kind === 'company' &&
      parent.establishedOn < firm.establishedOn &&
      (parent.closedOn ?? AS_OF) >= (firm.closedOn ?? AS_OF)
    const holder = parent && fits ? parent : random.pick(adults)
    const old = isFirm(holder) || firm.establishedOn - holder.birth > 6600
    if (old && !holders.includes(holder)) holders.push(holder)
  }
  let left = 100
  return holders.map((holder, at) => {
    const percent = at === holders.length - 1 ? left : random.between(1, left - (holders.length - 1 - at))
    left -= percent
    return { holder, percent, since: firm.establishedOn }
  })
}

/** A few of the closed companies went up in an older one. */
function merge(random: Random, firms: readonly Firm[]): void {
  for (const firm of firms) {
    const { closedOn } = firm
    if (firm.kind !== 'company' || closedOn === undefined || !random.chance(0.06)) continue
    const into = random.pick(firms)
    if (into !== firm && into.kind === 'company' && into.establishedOn < closedOn && into.closedOn === undefined)
      firm.mergedInto = into
  }
}

/** Gives people of working age their jobs: the firms' places are filled as far as there are people, at most one job each. */
export function employ(random: Random, firms: readonly Firm[], people: readonly Person[]): void {
  const seekers = people.filter((one) => isHere(one) && worksAge(one) && random.chance(0.66))
  random.shuffle(seekers)
  const living = firms.filter((firm) => firm.closedOn === undefined)
  const wanted = cumulate(living.map((firm) => firm.wanted))
  const scale = Math.min(1, seekers.length / (wanted.at(-1) ?? 1))
  let filled = 0
  living.forEach((firm, at) => {
    const until = Math.floor((wanted[at] ?? 0) * scale)
    for (; filled < until; filled++) {
      const person = seekers[filled]
      if (person) hire(random, firm, person)
    }
  })
}

/** Completed 18 to 59, women to 54. */
function worksAge(person: Person): boolean {
  return yearsAfter(person.birth, 18) < AS_OF - 60 && yearsAfter(person.birth, person.sex === 1 ? 60 : 55) > AS_OF
}

function hire(random: Random, firm: Firm, person: Person): void {
  const earliest = Math.max(firm.establishedOn, yearsAfter(person.birth, 18))
  const from = Math.max(earliest, AS_OF - Math.floor((AS_OF - earliest) * random.next() ** 1.5) - 1)
  person.job = {
    firm,
    from,
    wage: Math.round(4200 * Math.exp(random.normal() * 0.35) + 40 * (partsOf(AS_OF)[0] - partsOf(from)[0])),
  }
  firm.staff.push(person)
}
