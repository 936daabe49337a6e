import { type Words, words } from '#runtime'

/** What the file of a person knows; each value is the one of a field of a source. */
export type PersonField =
  | 'name'
  | 'formerName'
  | 'number'
  | 'sex'
  | 'nation'
  | 'bornOn'
  | 'phone'
  | 'address'
  | 'marital'
  | 'household'
  | 'employer'
  | 'diedOn'
  | 'struckOff'

/** What the file of a firm knows. */
export type FirmField =
  | 'name'
  | 'formerName'
  | 'code'
  | 'kind'
  | 'industry'
  | 'capital'
  | 'establishedOn'
  | 'state'
  | 'closedOn'
  | 'mergedInto'
  | 'phone'
  | 'address'
  | 'staff'

interface Common {
  /** What the one named here is in the row. */
  readonly role: Words
  /** Only rows in which this field has this value are about such a one. */
  readonly only?: { readonly field: string; readonly is: string }
  /** How many of its rows a file shows, where that is fewer than of other rows: what one of them tells, all tell. */
  readonly shown?: number
}

/** One person or firm whom a row names: which field of the row tells what. */
export type Part =
  | (Common & {
      readonly kind: 'person'
      readonly fields: Readonly<Partial<Record<PersonField, string>>>
      /** Fields with names of relatives. */
      readonly kin?: readonly string[]
      /** How many signs of the number's field are the number. */
      readonly numberSigns?: number
      /** Field that says why a registration ended: by a death (`diedOn`) or otherwise (`struckOff`). */
      readonly endedFor?: string
    })
  | (Common & { readonly kind: 'firm'; readonly fields: Readonly<Partial<Record<FirmField, string>>> })

export interface Reading {
  readonly dataset: string
  readonly parts: readonly Part[]
}

const person = (
  zh: string,
  en: string,
  fields: Readonly<Partial<Record<PersonField, string>>>,
  more: {
    readonly kin?: readonly string[]
    readonly only?: NonNullable<Common['only']>
    readonly numberSigns?: number
    readonly endedFor?: string
  } = {},
): Part => ({ kind: 'person', role: words(zh, en), fields, ...more })
const firm = (
  zh: string,
  en: string,
  fields: Readonly<Partial<Record<FirmField, string>>>,
  more: { readonly only?: NonNullable<Common['only']>; readonly shown?: number } = {},
): Part => ({ kind: 'firm', role: words(zh, en), fields, ...more })
/** Rows of a firm's staff name the firm and nothing else of it. */
const STAFF = { shown: 5 } as const

const self = { name: 'name', number: 'number' } as const
const known = { ...self, sex: 'sex', bornOn: 'bornOn' } as const
const firmSelf = { name: 'name', code: 'code' } as const

/** How the rows of the bases are read: about whom they are, and what they tell of each. */
export const readings: readonly Reading[] = [
  {
    dataset: 'base.resident',
    parts: [
      person(
        '登记的居民',
        'The resident',
        {
          ...known,
          formerName: 'formerName',
          nation: 'nation',
          address: 'address',
          marital: 'marital',
          household: 'household',
          diedOn: 'endedOn',
          struckOff: 'endedOn',
        },
        { endedFor: 'endReason' },
      ),
    ],
  },
  { dataset: 'base.move', parts: [person('迁移人', 'Who moved', { ...self, address: 'to' })] },
  {
    dataset: 'base.vehicle',
    parts: [person('机动车所有人', 'Owner of a vehicle', { ...self, address: 'address', phone: 'phone' })],
  },
  {
    dataset: 'base.marriage',
    parts: [
      person('丈夫', 'Husband', { name: 'husband', number: 'husbandNumber' }, { kin: ['wife'] }),
      person('妻子', 'Wife', { name: 'wife', number: 'wifeNumber' }, { kin: ['husband'] }),
    ],
  },
  {
    dataset: 'base.birth',
    parts: [
      person('新生儿', 'Child', { name: 'name', sex: 'sex', bornOn: 'bornOn' }, { kin: ['mother', 'father'] }),
      person('母亲', 'Mother', { name: 'mother', number: 'motherNumber' }, { kin: ['name', 'father'] }),
      person('父亲', 'Father', { name: 'father', number: 'fatherNumber' }, { kin: ['name', 'mother'] }),
    ],
  },
  {
    dataset: 'base.death',
    parts: [person('死者', 'The deceased', { ...known, diedOn: 'diedOn', address: 'address' })],
  },
  {
    dataset: 'base.medical-insured',
    parts: [
      person('参保人', 'Insured', { ...known, phone: 'phone' }),
      firm('参保单位', 'Employer', { code: 'employer' }, STAFF),
    ],
  },
  { dataset: 'base.clinic-visit', parts: [person('患者', 'Patient', { ...known, phone: 'phone' })] },
  {
    dataset: 'base.low-income',
    parts: [
      person('救助家庭成员', 'Member of a household in need', {
        ...self,
        sex: 'sex',
        address: 'address',
        phone: 'phone',
      }),
    ],
  },
  {
    dataset: 'base.disabled-person',
    parts: [
      person(
        '持证残疾人',
        'Holder of a disability card',
        { name: 'name', number: 'card', sex: 'sex', bornOn: 'bornOn', address: 'address', phone: 'phone' },
        { numberSigns: 18 },
      ),
    ],
  },
  {
    dataset: 'base.pension',
    parts: [person('领取养老金的人', 'Pensioner', { ...self, bornOn: 'bornOn', address: 'address' })],
  },
  {
    dataset: 'base.student',
    parts: [person('学生', 'Pupil', { ...known, address: 'address' }, { kin: ['guardian'] })],
  },
  {
    dataset: 'base.employee',
    parts: [
      person('职工', 'Employee', { ...self, employer: 'employerName' }),
      firm('用人单位', 'Employer', { name: 'employerName', code: 'employer' }, STAFF),
    ],
  },
  {
    dataset: 'base.housing-fund',
    parts: [person('缴存人', 'Contributor', { ...self, phone: 'phone', employer: 'employerName' })],
  },
  {
    dataset: 'base.property',
    parts: [person('权利人', 'Holder', { ...self, address: 'place' }, { kin: ['coOwner'] })],
  },
  {
    dataset: 'base.house-sale',
    parts: [person('买受人', 'Buyer', { ...self, phone: 'phone', address: 'place' })],
  },
  {
    dataset: 'base.firm',
    parts: [
      firm('登记的主体', 'The firm', {
        ...firmSelf,
        formerName: 'formerName',
        kind: 'kind',
        industry: 'industry',
        capital: 'capital',
        establishedOn: 'establishedOn',
        state: 'state',
        closedOn: 'closedOn',
        mergedInto: 'mergedInto',
        phone: 'phone',
        address: 'address',
      }),
      person('法定代表人', 'Legal representative', { name: 'representative', number: 'representativeNumber' }),
    ],
  },
  {
    dataset: 'base.shareholding',
    parts: [
      firm('被投资公司', 'Company held', { name: 'firmName', code: 'code' }),
      person(
        '自然人股东',
        'Shareholder',
        { name: 'holder', number: 'holderNumber' },
        { only: { field: 'holderKind', is: '自然人' } },
      ),
      firm(
        '企业股东',
        'Firm that holds shares',
        { name: 'holder', code: 'holderNumber' },
        { only: { field: 'holderKind', is: '企业法人' } },
      ),
    ],
  },
  {
    dataset: 'base.statistical-unit',
    parts: [firm('统计单位', 'Unit', { ...firmSelf, industry: 'industry', staff: 'staff', phone: 'phone' })],
  },
  {
    dataset: 'base.cooperative',
    parts: [
      firm('合作社', 'Cooperative', {
        ...firmSelf,
        establishedOn: 'establishedOn',
        address: 'address',
        phone: 'phone',
      }),
      person('理事长', 'Chair', { name: 'chair', number: 'chairNumber' }),
    ],
  },
  { dataset: 'base.tax-return', parts: [firm('纳税人', 'Taxpayer', { ...firmSelf, staff: 'staff' })] },
  { dataset: 'base.licence', parts: [firm('持证主体', 'Holder of the licence', { ...firmSelf, address: 'address' })] },
  {
    dataset: 'base.transport-operator',
    parts: [
      firm('业户', 'Operator', { ...firmSelf, phone: 'phone' }),
      person('负责人', 'Person in charge', { name: 'head', number: 'headNumber' }),
    ],
  },
  { dataset: 'base.penalty', parts: [firm('被处罚单位', 'Firm that was fined', firmSelf)] },
  { dataset: 'base.safety-inspection', parts: [firm('被检查单位', 'Firm inspected', firmSelf)] },
  { dataset: 'base.environment-inspection', parts: [firm('被检查单位', 'Firm inspected', firmSelf)] },
  { dataset: 'base.fire-inspection', parts: [firm('被检查单位', 'Firm inspected', firmSelf)] },
]

const byDataset = new Map(readings.map((reading) => [reading.dataset, reading]))
export const readingOf = (dataset: string): Reading | undefined => byDataset.get(dataset)

/** The purposes under which rows are read unsealed. */
export const MATCHING = 'one-file.match'
export const SHOWING = 'one-file.show'
