import { Descriptions, Table, Typography } from 'antd'
import { useMarks, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { termWords } from '../term.ts'
import type { Names } from './rule-types.ts'

type Row = Readonly<Record<string, unknown>>

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const isWords = (value: unknown): value is Words => isRow(value) && 'zh' in value && 'en' in value
const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null || isWords(value)
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.every(isLeaf)
const COLUMN_LENGTH = 4
const CODE = 'code'

/** A value in the reader's language; a term such as `20wd` in words. */
function useText(): (value: unknown) => string {
  const t = useWords()
  const { list } = useMarks()
  const text = (value: unknown): string => {
    if (value === null || value === undefined) return '—'
    if (isWords(value)) return t(value)
    if (Array.isArray(value)) return value.map(text).join(list)
    if (value === true) return t({ zh: '是', en: 'Yes' })
    if (value === false) return t({ zh: '否', en: 'No' })
    return isRow(value) ? Object.values(value).map(text).join(' · ') : t(termWords(String(value)))
  }
  return text
}

interface NumbersProps {
  readonly value: unknown
  readonly name: string
  readonly names: Names
}

/**
 * The numbers of an edition as tables: lists of objects and maps of titled ones as rows, maps of long lists as columns, the
 * rest as pairs.
 */
export function Numbers({ value, name, names }: NumbersProps) {
  const text = useText()
  const nameOf = useNames(names)
  if (isLeaf(value) || isList(value)) return <span>{text(value)}</span>
  if (Array.isArray(value))
    return <Grid name={name} names={names} rows={value.map((row) => (isRow(row) ? row : { value: row }))} />
  const entries = Object.entries(value as Row)
  if (entries.length > 1 && entries.every(([, list]) => isList(list) && list.length >= COLUMN_LENGTH))
    return <Grid name={name} names={names} rows={transposed(entries as [string, unknown[]][])} />
  if (entries.length > 0 && entries.every(([, row]) => isRow(row) && isWords(row.title)))
    return <Grid name={name} names={names} rows={entries.map(([key, row]) => ({ [CODE]: key, ...(row as Row) }))} />
  const plain = entries.filter(([, inner]) => isLeaf(inner) || isList(inner))
  return (
    <>
      {plain.length > 0 && (
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, md: 2 }}
          items={plain.map(([key, inner]) => ({ key, label: nameOf(key), children: text(inner) }))}
        />
      )}
      {entries
        .filter((entry) => !plain.includes(entry))
        .map(([key, inner]) => (
          <section key={key}>
            <Typography.Title level={3}>{nameOf(key)}</Typography.Title>
            <Numbers value={inner} name={nameOf(key)} names={names} />
          </section>
        ))}
    </>
  )
}

/** Names of keys: the rule's own, then the common ones; a key of which nobody says what it is stays as it is. */
function useNames(names: Names): (key: string) => string {
  const t = useWords()
  return (key) => t(names[key] ?? COMMON[key] ?? { zh: key, en: key })
}

const COMMON: Names = {
  title: { zh: '名称', en: 'Name' },
  clause: { zh: '条款', en: 'Clause' },
  [CODE]: { zh: '代码', en: 'Code' },
}

function transposed(columns: readonly [string, readonly unknown[]][]): Row[] {
  const length = Math.max(...columns.map(([, list]) => list.length))
  return Array.from({ length }, (_, index) => Object.fromEntries(columns.map(([name, list]) => [name, list[index]])))
}

function Grid({ rows, name, names }: { readonly rows: readonly Row[]; readonly name: string; readonly names: Names }) {
  const text = useText()
  const nameOf = useNames(names)
  const keys = new Set(rows.flatMap((row) => Object.keys(row)))
  // What a row is called for the program comes last.
  const columns = [...keys].toSorted((a, b) => Number(a === CODE) - Number(b === CODE))
  return (
    <Table<Row>
      size="small"
      pagination={rows.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 'max-content' }}
      aria-label={name}
      rowKey={(row) => rows.indexOf(row)}
      dataSource={[...rows]}
      columns={columns.map((key) => ({ title: nameOf(key), key, render: (_: unknown, row: Row) => text(row[key]) }))}
    />
  )
}
