import type { Kind } from '../match.ts'
import type { Block, Comparison } from '../model.ts'
import { keyOf } from '../model.ts'
import type { Training } from '../train.ts'
import { likeness, ONE_OTHER, OTHER_NAME, SAME_SOUND } from './name.ts'
import { isOneSlip, isSlip } from './number.ts'
import type { PeopleRecords } from './records.ts'

const NAME = 0
const NUMBER = 1
const BORN = 2
const SEX = 3
const PHONE = 4
const ADDRESS = 5
const KIN = 6
const FORMER = 2
const EQUAL = 1

/** How rows about people are compared; the places in the list are the constants above. */
export function comparisons(people: PeopleRecords): readonly Comparison[] {
  const { names, kin, columns, sex, trust } = people
  const { name, former, high, low, born, phone, address, area } = columns
  const sameNumber = (a: number, b: number) => high[a] === high[b] && low[a] === low[b]
  return [
    {
      id: 'name',
      levels: ['equal', 'former name', 'same sound or lost character', 'one other character', 'same surname', 'other'],
      compare: (a, b) => {
        const [x = 0, y = 0] = [name[a], name[b]]
        if (x === y) return EQUAL
        if ((former[a] !== 0 && former[a] === y) || (former[b] !== 0 && former[b] === x)) return FORMER
        return x === 0 || y === 0 ? 0 : likeness(names[x] ?? '', names[y] ?? '')
      },
      frequency: (a, b) => people.nameShare(name[a] === former[b] ? (name[a] ?? 0) : (name[b] ?? 0)),
      rareUntil: FORMER,
    },
    {
      id: 'number',
      levels: ['equal', 'one digit off', 'equal, but against birth or sex', 'other'],
      compare: (a, b) => {
        const [x, y] = [trust[a], trust[b]]
        if (x === 0 || y === 0) return 0
        if (sameNumber(a, b)) return x === 1 && y === 1 ? EQUAL : 3
        if (x === 1 && y === 1) return 4
        return isOneSlip(high[a] ?? 0, low[a] ?? 0, high[b] ?? 0, low[b] ?? 0) ? 2 : 0
      },
    },
    {
      id: 'born',
      levels: ['equal', 'one digit off or two changed places', 'within 31 days', 'other'],
      compare: (a, b) => {
        const [x = 0, y = 0] = [born[a], born[b]]
        if (x === 0 || y === 0) return 0
        if (x === y) return EQUAL
        if (isSlip(x, y)) return 2
        return Math.abs(dayOf(x) - dayOf(y)) <= 31 ? 3 : 4
      },
    },
    {
      id: 'sex',
      levels: ['equal', 'other'],
      compare: (a, b) => (sex[a] === 0 || sex[b] === 0 ? 0 : sex[a] === sex[b] ? EQUAL : 2),
    },
    {
      id: 'phone',
      levels: ['equal', 'other'],
      compare: (a, b) => (phone[a] === 0 || phone[b] === 0 ? 0 : phone[a] === phone[b] ? EQUAL : 2),
    },
    {
      id: 'address',
      levels: ['equal', 'same area', 'other'],
      compare: (a, b) => {
        if (address[a] === 0 || address[b] === 0) return 0
        return address[a] === address[b] ? EQUAL : area[a] === area[b] ? 2 : 3
      },
    },
    {
      id: 'kin',
      levels: ['a name in common', 'none in common'],
      compare: (a, b) => {
        const [x, y] = [kin[columns.kin[a] ?? 0] ?? [], kin[columns.kin[b] ?? 0] ?? []]
        if (x.length === 0 || y.length === 0) return 0
        return x.some((one) => one !== name[a] && one !== name[b] && y.includes(one)) ? EQUAL : 2
      },
    },
  ]
}

/** Days between two dates written as numbers, near enough to compare. */
const dayOf = (date: number): number =>
  Math.floor(date / 10_000) * 365.25 + Math.floor((date % 10_000) / 100) * 30.44 + (date % 100)

export function blocks(people: PeopleRecords): readonly Block[] {
  const { sounds, columns } = people
  const { name, former, born, phone, address } = columns
  const sound = (id: number | undefined) => sounds[id ?? 0] ?? 0
  return [
    { id: 'number', key: (at) => people.numberKey(at) },
    { id: 'name and birth', key: (at) => (born[at] ? keyOf(sound(name[at]), born[at] ?? 0) : 0) },
    {
      id: 'former name and birth',
      key: (at) => (born[at] ? keyOf(sound(former[at] === 0 ? name[at] : former[at]), born[at] ?? 0) : 0),
    },
    { id: 'phone', key: (at) => phone[at] ?? 0 },
    { id: 'name and address', key: (at) => (address[at] ? keyOf(sound(name[at]), address[at] ?? 0) : 0) },
    { id: 'birth and address', key: (at) => (address[at] && born[at] ? keyOf(born[at] ?? 0, address[at] ?? 0) : 0) },
  ]
}

/** Everything that decides about people. */
export function peopleKind(people: PeopleRecords): Kind {
  const { trust, columns } = people
  const { high, low } = columns
  return {
    comparisons: comparisons(people),
    blocks: blocks(people),
    speaks: (record) => trust[record] === 1,
    sameKey: (a, b) => high[a] === high[b] && low[a] === low[b],
    most: (_a, _b, levels) => {
      const nameLevel = levels[NAME] ?? 0
      if (levels[NUMBER] === 4) {
        // Two valid numbers are two people, unless so much agrees that one of them may be a second number.
        const strong = nameLevel <= FORMER && levels[BORN] === EQUAL && levels[SEX] === EQUAL
        return strong && (levels[PHONE] === EQUAL || levels[ADDRESS] === EQUAL || levels[KIN] === EQUAL)
          ? 'keys-differ'
          : 'no'
      }
      if (levels[NUMBER] === EQUAL) return nameLevel === OTHER_NAME && levels[BORN] !== EQUAL ? 'review' : 'join'
      // Twins and families share birth, address and telephone: without the number only the name tells them apart.
      return nameLevel <= SAME_SOUND ? 'join' : nameLevel === ONE_OTHER || levels[NUMBER] === 2 ? 'review' : 'no'
    },
  }
}

export const peopleTraining = (people: PeopleRecords): Training => {
  const [byNumber, byName] = blocks(people)
  if (!byNumber || !byName) return { records: people.count, comparisons: [], sessions: [] }
  return {
    records: people.count,
    comparisons: comparisons(people),
    sessions: [
      { block: byNumber, fixes: ['number'] },
      { block: byName, fixes: ['name', 'born'] },
    ],
  }
}
