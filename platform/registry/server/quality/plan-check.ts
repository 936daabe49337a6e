import { InvalidInput, type Words, words } from '#runtime'
import type { AnyDataset } from '../../dataset.ts'
import { quoted, type StoredField, storageOf } from '../storage.ts'
import type { QualityCheck } from './check.ts'
import { checkCondition } from './check-condition.ts'

/** What a check needs to know besides its dataset. */
export interface CheckContext {
  /** `2026-03-01`, in the city's time. */
  readonly today: string
  readonly dataset: (id: string) => AnyDataset | undefined
  readonly codes: (list: string) => readonly string[]
  /** Table of a dataset in the analysis. */
  readonly table: (dataset: string) => string
}

/** A check as SQL of the analysis. */
export interface PlannedCheck {
  /** Condition over the columns of the dataset's table that holds for rows that fail. */
  readonly fails: string
  /** It speaks of the table as a whole, not of a row. */
  readonly whole: boolean
  /** Other datasets that it looks into. */
  readonly others: readonly string[]
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
const plan = (fails: string, others: readonly string[] = []): PlannedCheck => ({ fails, whole: false, others })

/** @throws InvalidInput naming what does not fit the dataset */
export function planCheck(dataset: AnyDataset, check: QualityCheck, context: CheckContext): PlannedCheck {
  const column = (name: string, path = '/check/field') => columnOf(dataset, name, path)
  switch (check.kind) {
    case 'required': {
      const field = fieldOf(dataset, check.field, '/check/field')
      if (field.meta.sealed) return plan(`${quoted(field.same[0] ?? '')} is null`)
      const name = column(check.field).name
      return plan(isText(field) ? `(${name} is null or trim(${name}) = '')` : `${name} is null`)
    }
    case 'range':
      return plan(rangeSql(column(check.field), check, context.today))
    case 'codes': {
      const codes = typeof check.codes === 'string' ? context.codes(check.codes) : check.codes
      if (codes.length === 0) throw wrong('/check/codes', '没有这个代码表', 'There is no such code list')
      return plan(`${column(check.field).name} not in (${codes.map(text).join(', ')})`)
    }
    case 'pattern': {
      const { name, type } = column(check.field)
      if (type !== 'text') throw wrong('/check/field', '只有文本字段可以按格式检查', 'Only text has a pattern')
      return plan(`not regexp_full_match(${name}, ${text(check.pattern)})`)
    }
    case 'unique':
      return plan(uniqueSql(check.fields.flatMap((field, at) => sameOf(dataset, field, `/check/fields/${at}`))))
    case 'reference':
      return referencePlan(column(check.field), check, context)
    case 'compare': {
      const [left, right] = [column(check.field), column(check.other, '/check/other')]
      if (left.type !== right.type)
        throw wrong('/check/other', '两个字段类型不同，不能比较', 'The two fields are of unlike kinds')
      return plan(`not (${left.name} ${check.operator} ${right.name})`)
    }
    case 'fresh':
      return freshPlan(dataset, check, context)
    case 'condition':
      checkCondition(check.sql)
      return plan(`not (${check.sql}\n)`)
  }
}

const isText = (field: StoredField): boolean => field.columns[0]?.type === 'text'

function fieldOf(dataset: AnyDataset, name: string, path: string): StoredField {
  const field = storageOf(dataset)?.fields.find((each) => each.name === name)
  if (!field) throw wrong(path, `没有字段“${name}”`, `There is no field "${name}"`)
  return field
}

interface CheckedColumn {
  readonly name: string
  readonly type: string
}

/** Columns that tell whether two rows have the same value; of what is sealed its blind index does. */
const sameOf = (dataset: AnyDataset, name: string, path: string): readonly string[] =>
  fieldOf(dataset, name, path).same.map(quoted)

/** What is sealed can be given and repeated; its value is not there to be looked at, nor that of another dataset's. */
function columnOf(dataset: AnyDataset, name: string, path: string): CheckedColumn {
  const field = fieldOf(dataset, name, path)
  if (field.meta.sealed)
    throw wrong(
      path,
      `“${field.meta.title.zh}”加密保存，只能检查是否填写、是否重复`,
      `"${field.meta.title.en}" is stored sealed; only whether it is given or repeated can be checked`,
    )
  const [column] = field.columns
  return { name: quoted(column?.name ?? name), type: column?.type ?? 'text' }
}

function rangeSql(
  { name, type }: CheckedColumn,
  { from, to }: { readonly from?: string | number; readonly to?: string | number },
  today: string,
): string {
  if (from === undefined && to === undefined) throw wrong('/check', '请至少填写一个界限', 'Give at least one bound')
  const bound = (value: string | number, path: string): string => {
    const isNumber = type === 'bigint' || type === 'double precision'
    if (isNumber && typeof value === 'number') return String(value)
    if (type === 'date' && typeof value === 'string') return `date ${text(value === 'today' ? today : value)}`
    if (type === 'timestamptz' && typeof value === 'string')
      return `timestamptz ${text(`${value === 'today' ? today : value} 00:00:00+08`)}`
    throw wrong(path, '界限与字段类型不符', 'The bound does not fit the kind of the field')
  }
  return [
    ...(from === undefined ? [] : [`${name} < ${bound(from, '/check/from')}`]),
    ...(to === undefined ? [] : [`${name} > ${bound(to, '/check/to')}`]),
  ].join(' or ')
}

const uniqueSql = (names: readonly string[]): string =>
  `(${names.map((name) => `${name} is not null`).join(' and ')} and count(*) over (partition by ${names.join(', ')}) > 1)`

function referencePlan(
  { name, type }: CheckedColumn,
  { dataset: id, other }: { readonly dataset: string; readonly other: string },
  { dataset, table }: CheckContext,
): PlannedCheck {
  const target = dataset(id)
  if (!target) throw wrong('/check/dataset', `没有数据集“${id}”`, `There is no dataset "${id}"`)
  const key = columnOf(target, other, '/check/other')
  if (key.type !== type) throw wrong('/check/other', '两个字段类型不同', 'The two fields are of unlike kinds')
  const known = `select ${key.name} from ${quoted(table(id))} where ${key.name} is not null`
  return plan(`(${name} is not null and ${name} not in (${known}))`, [id])
}

function freshPlan(
  dataset: AnyDataset,
  { days, field }: { readonly days: number; readonly field?: string },
  { today, table }: CheckContext,
): PlannedCheck {
  const { name, type } = field ? columnOf(dataset, field, '/check/field') : { name: '_since', type: 'timestamptz' }
  if (type !== 'date' && type !== 'timestamptz')
    throw wrong('/check/field', '请选择日期或时间字段', 'Choose a field of days or instants')
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
  const limit = type === 'date' ? `date ${text(from)}` : `timestamptz ${text(`${from} 00:00:00+08`)}`
  const newest = `(select max(${name}) from ${quoted(table(dataset.id))})`
  return { fails: `not coalesce(${newest} >= ${limit}, false)`, whole: true, others: [] }
}

const wrong = (path: string, zh: string, en: string): InvalidInput => {
  const message: Words = words(zh, en)
  return new InvalidInput('wrong-check', message, [{ path, message }])
}
