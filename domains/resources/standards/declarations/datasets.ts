import { type Static, Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'

export const SETS = {
  population: words('人口标准集', 'Population'),
  'legal-person': words('法人标准集', 'Legal persons'),
  other: words('其他', 'Others'),
} as const

export const ELEMENT_KINDS = {
  text: words('文本', 'Text'),
  longText: words('长文本', 'Long text'),
  integer: words('整数', 'Whole number'),
  decimal: words('小数', 'Decimal number'),
  date: words('日期', 'Day'),
  code: words('代码', 'Code'),
  identity: words('公民身份号码', 'Citizen number'),
  uscc: words('统一社会信用代码', 'Unified social credit code'),
  phone: words('电话', 'Telephone'),
  division: words('行政区划', 'Division'),
} as const

export const STATES = { 'in-force': words('有效', 'In force'), retired: words('停用', 'Retired') } as const

/** What a change of the standards is. */
export const KINDS_OF_CHANGE = {
  register: words('新增数据元', 'New element'),
  change: words('变更数据元', 'Change of an element'),
  retire: words('停用数据元', 'Retirement of an element'),
  codes: words('代码表新版本', 'New edition of a code list'),
} as const
export type KindOfChange = keyof typeof KINDS_OF_CHANGE

const Texts = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 30 })

/** Longest name; a new element has its name for its property too. */
const NAME = { max: 60 } as const

/** What of an element may change while it is in use. */
export const CHANGEABLE = {
  title: field.text(words('名称', 'Name'), NAME),
  titleEn: field.text(words('英文名称', 'English name'), { max: 100 }),
  definition: field.longText(words('定义', 'Definition'), { min: 1, max: 1000 }),
  max: Type.Optional(field.integer(words('最大长度', 'Longest'), { min: 1, max: 20_000 })),
  codes: Type.Optional(field.text(words('代码表', 'Code list'), { max: 100 })),
  unit: Type.Optional(field.text(words('计量单位', 'Unit'), { max: 40 })),
  synonyms: field.json(words('同义名称', 'Synonyms'), Texts),
} as const

export const elementDataset = dataset({
  id: 'standards.element',
  title: words('数据元', 'Data elements'),
  about: words(
    '每一项数据的名称、定义、值域和唯一的来源单位',
    'Name, definition, value domain and the one source of each item',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    id: field.text(words('标识', 'Identifier'), { max: 80, pattern: '^[a-z]+:[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$' }),
    ...CHANGEABLE,
    set: field.code(words('标准集', 'Set'), SETS),
    objectClass: field.text(words('对象', 'Object class'), { max: 40 }),
    property: field.text(words('特性', 'Property'), NAME),
    kind: field.code(words('表示', 'Representation'), ELEMENT_KINDS),
    link: field.boolean(words('用于关联', 'Links records'), {
      help: words(
        '标识和名称，各方都要持有才能关联',
        'An identifier or name that everyone has to keep, to link records by',
      ),
    }),
    owner: Type.Optional(field.organisation(words('来源单位', 'Source'))),
    standard: Type.Optional(field.text(words('依据标准', 'Standard'), { max: 100 })),
    edition: field.integer(words('版本', 'Edition'), { min: 1 }),
    state: field.code(words('状态', 'State'), STATES),
  }),
  key: ['id'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: 'permanent',
  readRight: 'standards.read',
  list: { columns: ['id', 'title', 'set', 'kind', 'owner', 'edition'], sort: ['id'], search: ['title'] },
})

export const mappingDataset = dataset({
  id: 'standards.mapping',
  title: words('字段与数据元的对应', 'Fields and their elements'),
  about: words(
    '哪个数据集的哪个字段是哪个数据元，由谁确认',
    'Which field of which dataset is which element, and who agreed',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    dataset: field.text(words('数据集', 'Dataset'), { max: 100 }),
    field: field.text(words('字段', 'Field'), { max: 60 }),
    element: field.reference(words('数据元', 'Element'), 'standards.element'),
    reasons: field.longText(words('理由', 'Reasons'), { max: 1000 }),
    by: field.text(words('确认人', 'Agreed by'), { max: 100 }),
  }),
  key: ['dataset', 'field'],
  level: 'internal',
  sharing: 'unconditional',
  opening: 'closed',
  retention: 'permanent',
  readRight: 'standards.read',
  list: { columns: ['dataset', 'field', 'element', 'by'], sort: ['dataset'] },
})

const WORDS = Type.Object({ zh: Type.String(), en: Type.String() }, { additionalProperties: false })

/** A change that was decided and has not begun. */
export const plannedDataset = dataset({
  id: 'standards.planned-change',
  title: words('待生效的变更', 'Changes to come'),
  about: words(
    '已批准、到生效日才执行的数据元和代码表变更',
    'Changes of elements and code lists that were approved and begin on their day',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    loop: field.text(words('事项编号', 'Matter'), { max: 40 }),
    kind: field.code(words('事项', 'What'), KINDS_OF_CHANGE),
    element: Type.Optional(field.reference(words('数据元', 'Element'), 'standards.element')),
    list: Type.Optional(field.text(words('代码表', 'Code list'), { max: 100 })),
    begins: field.date(words('生效日期', 'Begins on')),
    changes: field.json(words('变更内容', 'What changes'), Type.Object({}, { additionalProperties: true })),
    done: field.boolean(words('已生效', 'Has begun')),
    problem: Type.Optional(field.json(words('未能生效的原因', 'Why it could not begin'), WORDS)),
  }),
  key: ['loop'],
  level: 'internal',
  sharing: 'unconditional',
  opening: 'closed',
  retention: 'permanent',
  readRight: 'standards.read',
  list: { columns: ['kind', 'element', 'list', 'begins', 'done'], sort: ['begins'] },
})

export type Element = Static<typeof elementDataset.schema>
