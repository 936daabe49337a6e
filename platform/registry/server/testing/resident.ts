import type { DatasetDefinition } from '../datasets/definition.ts'
import { citizenCheckDigit } from '../identifiers/citizen.ts'

const words = (zh: string, en: string) => ({ zh, en })

/** Residents as a steward would define them; for tests and measurements. */
export const residentDefinition: DatasetDefinition = {
  name: 'resident',
  title: words('常住人口', 'Residents'),
  about: words('户籍和常住人口基本信息', 'Basic facts of registered and permanent residents'),
  source: 'city.police',
  fields: [
    {
      name: 'idNumber',
      kind: 'identity',
      title: words('公民身份号码', 'Citizen number'),
      required: true,
      aliases: ['身份证号', '身份证号码', '证件号码'],
    },
    { name: 'name', kind: 'text', title: words('姓名', 'Name'), required: true, personal: true, mask: 'name', max: 60 },
    { name: 'sex', kind: 'code', codes: 'gbt2261.1', title: words('性别', 'Sex'), required: true },
    { name: 'nation', kind: 'code', codes: 'gbt3304', title: words('民族', 'Ethnic group') },
    { name: 'bornOn', kind: 'date', title: words('出生日期', 'Born on'), required: true },
    { name: 'phone', kind: 'phone', title: words('联系电话', 'Telephone'), aliases: ['手机号', '电话'] },
    { name: 'division', kind: 'division', title: words('行政区划', 'Division'), required: true, aliases: ['区划代码'] },
    { name: 'address', kind: 'text', title: words('住址', 'Address'), personal: true, mask: 'address', max: 200 },
    { name: 'education', kind: 'code', codes: 'gbt4658', title: words('学历', 'Education') },
    { name: 'marriage', kind: 'code', codes: 'gbt2261.2', title: words('婚姻状况', 'Marital status') },
    { name: 'household', kind: 'text', title: words('户号', 'Household'), max: 20 },
    { name: 'registeredOn', kind: 'date', title: words('登记日期', 'Registered on') },
  ],
  key: ['idNumber'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
  scope: { division: 'division' },
  indexed: ['division'],
}

export const residentHeader = [
  '户号',
  '姓名',
  '性别',
  '民族',
  '身份证号',
  '出生日期',
  '手机号',
  '区划代码',
  '住址',
  '学历',
  '婚姻状况',
  '登记日期',
]

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国']
const TOWNS = ['370902001', '370902003', '370911101', '370911103', '370921100', '370923101', '370982104', '370983102']
const NATIONS = ['汉族', '汉族', '汉族', '汉族', '回族', '01', '03', '满族']
const EDUCATIONS = ['11', '21', '31', '60', '70', '']
const MARRIAGES = ['10', '20', '未婚', '已婚', '']

/** Cells of resident number `n`, all valid: the same for the same number. */
export function residentCells(n: number): string[] {
  const mixed = (Math.imul(n, 2654435761) >>> 0) % 1_000_003
  const town = TOWNS[n % TOWNS.length] ?? ''
  const day = new Date(Date.UTC(1940, 0, 1) + (mixed % 27_000) * 86_400_000).toISOString().slice(0, 10)
  const order = String(Math.floor(n / 27_000) % 1000).padStart(3, '0')
  const digits = `${town.slice(0, 6)}${new Date(Date.UTC(1940, 0, 1) + (n % 27_000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}${order}`
  const name = `${SURNAMES[mixed % 20]}${GIVEN[mixed % 28]}${n % 3 ? GIVEN[(mixed >> 5) % 28] : ''}`
  return [
    `H${String(Math.floor(n / 3)).padStart(9, '0')}`,
    name,
    n % 2 ? '男' : '2',
    NATIONS[mixed % NATIONS.length] ?? '',
    digits + citizenCheckDigit(digits),
    n % 4 ? day : day.replaceAll('-', '/'),
    n % 10 ? `13${String(100_000_000 + ((mixed * 877) % 900_000_000))}` : '',
    town,
    `山东省泰安市${town.slice(0, 6)}某街道${mixed % 500}号${n % 30}单元${mixed % 12}0${(n % 4) + 1}室`,
    EDUCATIONS[mixed % EDUCATIONS.length] ?? '',
    MARRIAGES[n % MARRIAGES.length] ?? '',
    '2026年3月1日',
  ]
}

/** Spoils one cell in the way real exports do; `kind` chooses the way. */
export function spoil(cells: readonly string[], kind: number): string[] {
  const spoilt = [...cells]
  const id = spoilt[4] ?? ''
  switch (kind % 5) {
    case 0:
      spoilt[4] = id.slice(0, 17) + (id.endsWith('0') ? '1' : '0')
      break
    case 1:
      spoilt[4] = '3.70902E+17'
      break
    case 2:
      spoilt[5] = '1999-02-30'
      break
    case 3:
      spoilt[1] = ''
      break
    default:
      spoilt[9] = '不详学历'
  }
  return spoilt
}
