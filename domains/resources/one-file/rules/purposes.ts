import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { type Words, words } from '#runtime'
import { readings } from '../declarations/readings.ts'

/** What files are opened for, and which kinds of record each purpose opens. */
export interface PurposeTables {
  readonly purposes: readonly Purpose[]
  /** What every other purpose opens, whatever its words. */
  readonly other: readonly string[]
}
export interface Purpose {
  /** Its Chinese title begins the purpose that is logged; more may follow after a colon. */
  readonly title: Words
  readonly datasets: readonly string[]
  /** Right without which nobody states it; empty if every reader may. */
  readonly right: string
}

const ALL = readings.map(({ dataset }) => dataset)
const REGISTER = ['base.resident', 'base.move', 'base.marriage', 'base.death']
const FIRM = [
  'base.firm',
  'base.shareholding',
  'base.statistical-unit',
  'base.cooperative',
  'base.licence',
  'base.transport-operator',
  'base.penalty',
  'base.safety-inspection',
  'base.environment-inspection',
  'base.fire-inspection',
]

const local = rulePack<PurposeTables, { purpose: string }>({
  id: 'taian-file-purposes-2026',
  title: words('泰安市查档目的和可见记录', 'Purposes of opening files, city of Tai’an'),
  source: { document: '中华人民共和国个人信息保护法', clause: '第六条、第二十八条' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: '3709',
  notes: [
    {
      text: words(
        '法律只定原则：与目的直接相关、影响最小；各目的可见哪些记录是本市方案，待确认',
        'The law says only: directly related to the purpose and with the least effect; which records each purpose opens is a local scheme, to be confirmed',
      ),
      clause: '第六条',
      verified: false,
    },
    {
      text: words(
        '医疗健康、特定身份、金融账户、不满十四周岁未成年人的信息为敏感个人信息，未列明的目的不可见；归类待与原文核对',
        'Health, specific identity, financial accounts and minors under fourteen are sensitive, so other purposes do not open them; to be checked with the text',
      ),
      clause: '第二十八条',
      verified: false,
    },
  ],
  tables: {
    purposes: [
      {
        title: words('核实社会救助申请', 'Checking an application for social assistance'),
        datasets: [
          ...REGISTER,
          'base.low-income',
          'base.disabled-person',
          'base.pension',
          'base.employee',
          'base.medical-insured',
          'base.housing-fund',
          'base.property',
          'base.vehicle',
          'base.firm',
          'base.shareholding',
        ],
        right: '',
      },
      {
        title: words('核验养老待遇资格', 'Checking the claim to a pension'),
        datasets: [...REGISTER, 'base.pension', 'base.employee'],
        right: '',
      },
      {
        title: words('办理残疾人服务', 'Serving people with disabilities'),
        datasets: [...REGISTER, 'base.disabled-person', 'base.low-income'],
        right: '',
      },
      {
        title: words('办理入学', 'Admission to school'),
        datasets: [...REGISTER, 'base.birth', 'base.student', 'base.property', 'base.house-sale'],
        right: '',
      },
      {
        title: words('审核住房保障', 'Checking a claim to housing'),
        datasets: [...REGISTER, 'base.low-income', 'base.housing-fund', 'base.property', 'base.house-sale'],
        right: '',
      },
      {
        title: words('企业日常监管', 'Supervising firms'),
        datasets: [...FIRM, 'base.employee', 'base.tax-return'],
        right: '',
      },
      {
        title: words('依法办理案件', 'Working on a case by law'),
        datasets: ALL,
        right: 'one-file.every-kind',
      },
      {
        title: words('档案归并和核对', 'Matching and checking of the files'),
        datasets: ALL,
        right: 'one-file.steward',
      },
    ],
    other: [...REGISTER, ...FIRM],
  },
  vectors: [
    {
      title: 'a listed purpose, with what it is about behind a colon',
      facts: { purpose: '核验养老待遇资格：2026年度' },
      expected: { datasets: [...REGISTER, 'base.pension', 'base.employee'], right: '' },
    },
    {
      title: 'words that only begin like a listed purpose are another',
      facts: { purpose: '依法办理案件以外的事' },
      expected: { datasets: [...REGISTER, ...FIRM], right: '' },
    },
  ],
})

/** Which kinds of record a file shows to whoever opens it for a purpose. */
export const purposesRule = rule({
  id: 'one-file.purposes',
  title: words('查档目的', 'Purposes of opening files'),
  facts: Type.Object({ purpose: Type.String({ maxLength: 200 }) }),
  result: Type.Object({ datasets: Type.Array(Type.String()), right: Type.String() }),
  packs: [local],
  evaluate: ({ purposes, other }: PurposeTables, { purpose }) => {
    const [stated] = purpose.split(/[：:]/)
    const listed = purposes.find(({ title }) => title.zh === stated?.trim())
    return {
      result: { datasets: [...(listed?.datasets ?? other)], right: listed?.right ?? '' },
      explanation: [
        listed
          ? words(`列明的目的“${listed.title.zh}”`, `The listed purpose "${listed.title.en}"`)
          : words('未列明的目的：不含敏感的记录', 'A purpose that is not listed: no sensitive records'),
      ],
    }
  },
})
