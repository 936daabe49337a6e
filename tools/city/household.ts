import { AS_OF, ageOn, type Day, partsOf, yearsAfter } from './dates.ts'
import { mobile, plate, vin } from './identifiers.ts'
import { type GivenName, givenName, surname, transcribedName } from './names.ts'
import type { NumberOffice } from './numbers.ts'
import { type Household, isHere, type Marital, type Person, type Relation } from './person.ts'
import type { Village } from './plan.ts'
import { cumulate, Random } from './random.ts'
import { OTHER_COUNTIES, type Sex } from './tables.ts'

type Kind = 'young' | 'widowed' | 'old-couple' | 'couple' | 'family' | 'three-generations' | 'one-parent' | 'middle'
const KINDS: readonly (readonly [Kind, number])[] = [
  ['young', 5],
  ['middle', 5],
  ['widowed', 8],
  ['old-couple', 17],
  ['couple', 13],
  ['family', 38],
  ['three-generations', 11],
  ['one-parent', 3],
]
const KIND_WEIGHTS = cumulate(KINDS.map(([, weight]) => weight))
const ROADS = ['文化路', '青年路', '泰山大街', '东岳大街', '迎宾路', '健康路', '学府街', '新兴路', '府前街', '龙山路']
const DISABILITIES = ['视力', '听力', '言语', '肢体', '智力', '精神']

/** What the makers of one block share. */
export interface Makers {
  readonly random: Random
  readonly seed: number
  readonly office: NumberOffice
  readonly block: number
  /** Of the block's county, from which most villages of earlier addresses are taken. */
  readonly villages: readonly Village[]
  nextPerson: number
  nextHousehold: number
  nextVehicle: number
}

interface Draft {
  readonly sex: Sex
  readonly relation: Relation
  readonly surname: string
  readonly marital?: Marital
  readonly nation?: string
  readonly given?: GivenName
  /** May carry a name with the dot ·. */
  readonly alone?: boolean
}

/** Makes one household of at most `room` members; those who died or left in the last three years come on top. */
export function makeHousehold(makers: Makers, village: Village, room: number): Household {
  const { random } = makers
  const household = home(makers, village)
  const kind = KINDS[random.weighted(KIND_WEIGHTS)]?.[0] ?? 'couple'
  if (room === 1 || kind === 'young' || kind === 'middle') single(makers, household, kind)
  else if (kind === 'widowed') widowed(makers, household)
  else if (kind === 'one-parent') oneParent(makers, household)
  else couple(makers, household, kind, room)
  live(makers, household)
  return household
}

function single(makers: Makers, household: Household, kind: Kind): void {
  const { random } = makers
  const sex = random.chance(0.55) ? 1 : 2
  const age = kind === 'young' ? random.between(19, 34) : random.between(35, 59)
  const marital = age >= 35 && random.chance(0.5) ? '40' : '10'
  add(makers, household, birthAt(random, age), { sex, relation: '0', surname: surname(random), marital, alone: true })
}

function widowed(makers: Makers, household: Household): void {
  const { random } = makers
  const sex = random.chance(0.28) ? 1 : 2
  const birth = birthAt(random, 60 + Math.floor(32 * random.next() ** 1.1))
  const person = add(makers, household, birth, { sex, relation: '0', surname: surname(random), marital: '30' })
  // some of them lost the other within the last three years
  if (random.chance(0.15)) {
    const other = add(makers, household, person.birth - random.between(-900, 2200), {
      sex: sex === 1 ? 2 : 1,
      relation: '1',
      surname: surname(random),
      marital: '20',
    })
    marry(random, person, other)
    person.marital = '30'
    other.death = AS_OF - random.between(5, 1090)
  }
}

function oneParent(makers: Makers, household: Household): void {
  const { random } = makers
  const mother = add(makers, household, birthAt(random, random.between(27, 48)), {
    sex: 2,
    relation: '0',
    surname: surname(random),
    marital: '40',
  })
  children(makers, household, mother, undefined, yearsAfter(mother.birth, random.between(21, 26)), 2)
}

function couple(makers: Makers, household: Household, kind: Kind, room: number): void {
  const { random } = makers
  const age =
    kind === 'old-couple' ? random.between(60, 86) : kind === 'couple' ? random.between(24, 59) : random.between(26, 50)
  const nation = random.chance(0.008) ? '回族' : '汉族'
  const wifeBirth = birthAt(random, age)
  const husband = add(makers, household, wifeBirth - random.between(-700, 1800), {
    sex: 1,
    relation: '0',
    surname: surname(random),
    marital: '20',
    nation,
  })
  const wife = add(makers, household, wifeBirth, {
    sex: 2,
    relation: '1',
    surname: surname(random),
    marital: '20',
    nation,
  })
  const married = marry(random, husband, wife)
  if (kind === 'family' || kind === 'three-generations')
    children(makers, household, wife, husband, married + random.between(260, 1100), room - 2)
  if (kind === 'three-generations') grandparents(makers, household, husband, room)
}

/** The husband's mother, often with his father. */
function grandparents(makers: Makers, household: Household, son: Person, room: number): void {
  const { random } = makers
  const free = room - household.members.length
  if (free <= 0) return
  const mother = add(makers, household, son.birth - random.between(8000, 11_500), {
    sex: 2,
    relation: '5',
    surname: surname(random),
    marital: '30',
  })
  son.mother = mother
  if (free < 2 || !random.chance(0.6)) return
  const father = add(makers, household, mother.birth - random.between(-500, 1500), {
    sex: 1,
    relation: '5',
    surname: familyName(son),
    marital: '20',
  })
  son.father = father
  marry(random, father, mother, Math.max(father.birth + 8120, mother.birth + 7390))
}

/** Not before both are of age, 22 and 20 years [Civil Code, article 1047]; the man stands first or second. */
function marry(random: Random, one: Person, two: Person, on?: Day): Day {
  const [man, woman] = one.sex === 1 ? [one, two] : [two, one]
  const earliest = Math.max(yearsAfter(man.birth, 22), yearsAfter(woman.birth, 20)) + 40
  const latest = AS_OF - 10
  const day = on === undefined ? earliest + Math.floor(2900 * random.next() ** 1.3) : Math.max(on, earliest)
  const married = Math.min(day, latest)
  for (const [person, other] of [[man, woman] as const, [woman, man] as const]) {
    person.marital = '20'
    person.spouse = other
    person.marriedOn = married
  }
  return married
}

function children(
  makers: Makers,
  household: Household,
  mother: Person,
  father: Person | undefined,
  first: Day,
  room: number,
) {
  const { random } = makers
  const wanted = Math.min(room, random.weighted([0.44, 0.93, 1]) + 1)
  let birth = first
  let born = 0
  while (born < wanted && birth <= AS_OF - 3) {
    if (ageOn(mother.birth, birth) > 45) return
    const together = wanted - born >= 2 && random.chance(0.012) ? 2 : 1
    if (ageOn(birth, AS_OF) <= 23) birthOf(makers, household, mother, father, birth, together)
    born += together
    birth += random.between(520, 2100)
  }
}

function birthOf(
  makers: Makers,
  household: Household,
  mother: Person,
  father: Person | undefined,
  birth: Day,
  together: number,
) {
  const { random } = makers
  const name = father && random.chance(12 / 13) ? familyName(father) : familyName(mother)
  const sexes = Array.from({ length: together }, (): Sex => (random.chance(0.525) ? 1 : 2))
  const place = birthplace(makers, household.village.countyCode)
  const issued = makers.office.issue(place, birth, sexes)
  const year = partsOf(issued.birth)[0]
  const made: Person[] = []
  let first: string | undefined
  sexes.forEach((sex, at) => {
    let given = givenName(random, sex, year, first)
    while (made.some((other) => other.name === name + given.text)) given = givenName(random, sex, year)
    first = given.first
    const draft: Draft = { sex, relation: sex === 1 ? '2' : '3', surname: name, nation: mother.nation, given }
    const child = person(makers, household, issued.birth, issued.numbers[at] ?? '', place, draft)
    child.mother = mother
    child.father = father
    made.push(child)
  })
  const [one, two] = made
  if (one && two) {
    one.twin = two
    two.twin = one
  }
}
function familyName(person: Person): string {
  return person.name.slice(0, /^(欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯)/.test(person.name) ? 2 : 1)
}

function birthAt(random: Random, age: number): Day {
  return yearsAfter(AS_OF, -age) - random.between(1, 364)
}

function birthplace({ random }: Makers, county: string): string {
  return random.chance(0.88) ? county : random.pick(OTHER_COUNTIES)
}

function add(makers: Makers, household: Household, birth: Day, draft: Draft): Person {
  const place = birthplace(makers, household.village.countyCode)
  const issued = makers.office.issue(place, birth, [draft.sex])
  return person(makers, household, issued.birth, issued.numbers[0] ?? '', place, draft)
}

function person(makers: Makers, household: Household, birth: Day, number: string, place: string, draft: Draft): Person {
  const { random, block } = makers
  const local = makers.nextPerson++
  const serial = block * 100_000 + local
  const age = ageOn(birth, AS_OF)
  const adult = age >= 14
  const far = draft.alone && random.chance(0.012) ? transcribedName(random) : undefined
  const made: Person = {
    id: `P${String(serial).padStart(8, '0')}`,
    serial,
    sex: draft.sex,
    nation: far?.nation ?? draft.nation ?? '汉族',
    birthplace: place,
    birth,
    number,
    secondNumber: undefined,
    name: far?.name ?? draft.surname + (draft.given ?? givenName(random, draft.sex, partsOf(birth)[0])).text,
    formerName: undefined,
    renamedOn: undefined,
    relation: draft.relation,
    marital: draft.marital ?? '10',
    spouse: undefined,
    marriedOn: undefined,
    mother: undefined,
    father: undefined,
    twin: undefined,
    death: undefined,
    left: undefined,
    household,
    phone: adult && random.chance(age > 75 ? 0.6 : 0.97) ? mobile(serial) : undefined,
    oldPhone: adult && random.chance(0.2) ? mobile(serial + 50_000_000) : undefined,
    job: undefined,
    grade: gradeOf(random, birth),
    disability: random.chance(0.012) ? { kind: random.pick(DISABILITIES), level: random.between(1, 4) } : undefined,
  }
  household.members.push(made)
  return made
}

/** The school year begins on 1 September at six; a sixth of the young do not go on to upper secondary school. */
function gradeOf(random: Random, birth: Day): number | undefined {
  const [year, month] = partsOf(birth)
  const grade = 2025 - (year + (month > 8 ? 1 : 0)) - 5
  if (grade < 1 || grade > 12) return undefined
  return grade > 9 && random.chance(0.16) ? undefined : grade
}

function home(makers: Makers, village: Village): Household {
  const { random } = makers
  const number = `${String(makers.block).padStart(3, '0')}${String(makers.nextHousehold++).padStart(6, '0')}`
  const moved = random.chance(0.18)
  return {
    number,
    village,
    address: addressIn(random, village),
    movedOn: moved ? AS_OF - random.between(20, 2900) : undefined,
    previousAddress: moved ? addressIn(random, random.pick(makers.villages)) : undefined,
    members: [],
    owned: random.chance(0.72),
    boughtOn: AS_OF - random.between(100, 7300),
    area: random.between(55, 180),
    vehicles: [],
    lowIncome: random.chance(0.02),
  }
}

export function addressIn(random: Random, village: Village): string {
  const head = `山东省泰安市${village.county}${village.town}`
  return village.urban
    ? `${head}${random.pick(ROADS)}${random.between(1, 399)}号${village.name}${random.between(1, 40)}号楼${random.between(1, 5)}单元${random.between(1, 18)}0${random.between(1, 4)}室`
    : `${head}${village.name}${random.between(1, 480)}号`
}

/** What happens to a household whose members stand: deaths, new names, second numbers, moves out of the city, cars. */
function live(makers: Makers, household: Household): void {
  const { random, seed, office } = makers
  for (const one of household.members) {
    const age = ageOn(one.birth, AS_OF)
    if (one.death === undefined && random.chance(3 * (age < 40 ? 0.0004 : 0.00003 * Math.exp(0.088 * age))))
      die(random, one, household)
    if (age >= 1 && !one.name.includes('·') && random.chance(0.008)) rename(random, one)
    if (age >= 27 && random.chance(0.002)) {
      const second = office.issue(one.birthplace, one.birth, [one.sex])
      if (second.birth === one.birth) one.secondNumber = second.numbers[0]
    }
    leave(new Random(seed, 7, one.serial), one, household)
  }
  const drivers = household.members.filter(
    (one) => isHere(one) && ageOn(one.birth, AS_OF) >= 20 && ageOn(one.birth, AS_OF) < 75,
  )
  const owner = drivers[0]
  if (!owner || !random.chance(0.5)) return
  for (let count = random.chance(0.15) ? 2 : 1; count > 0; count--) {
    const serial = makers.block * 100_000 + makers.nextVehicle++
    const earliest = Math.max(yearsAfter(owner.birth, 18), AS_OF - 4700)
    const registeredOn = random.between(earliest, AS_OF - 2)
    household.vehicles.push({ owner, plate: plate(serial), vin: vin(serial, partsOf(registeredOn)[0]), registeredOn })
  }
}

function die(random: Random, person: Person, household: Household): void {
  const since = Math.max(AS_OF - 1090, person.birth + 1, person.marriedOn === undefined ? 0 : person.marriedOn + 1)
  // a household whose last adult would die is spared
  const adults = household.members.filter((one) => isHere(one) && ageOn(one.birth, AS_OF) >= 18)
  if (since > AS_OF - 3 || (adults.length <= 1 && adults.includes(person))) return
  // mothers of small children as well
  if (household.members.some((one) => one.mother === person && one.birth > AS_OF - 1200)) return
  person.death = random.between(since, AS_OF - 2)
  if (person.spouse && person.spouse.death === undefined) person.spouse.marital = '30'
}

/** Of the grown-up without spouse and children here, how many moved out of the city in the last three years, and settled abroad. */
const MOVED_OUT = 0.05
const SETTLED_ABROAD = 0.005

function leave(random: Random, person: Person, household: Household): void {
  const age = ageOn(person.birth, AS_OF)
  const isParent = household.members.some(({ mother, father }) => mother === person || father === person)
  const drawn = random.next()
  if (!isHere(person) || person.spouse || isParent || age < 18 || age >= 60 || drawn >= MOVED_OUT + SETTLED_ABROAD)
    return
  const since = Math.max(AS_OF - 1090, yearsAfter(person.birth, 18), household.movedOn ?? 0, person.renamedOn ?? 0) + 1
  if (since > AS_OF - 3) return
  person.left = { on: random.between(since, AS_OF - 2), why: drawn < MOVED_OUT ? '迁出' : '出国定居' }
}

function rename(random: Random, person: Person): void {
  const given = givenName(random, person.sex, partsOf(person.birth)[0])
  const name = familyName(person) + given.text
  if (name === person.name) return
  const since = Math.max(person.birth + 60, AS_OF - 3600)
  const until = Math.min(AS_OF - 30, person.death ?? AS_OF)
  if (since >= until) return
  person.formerName = person.name
  person.name = name
  person.renamedOn = random.between(since, until - 1)
}
