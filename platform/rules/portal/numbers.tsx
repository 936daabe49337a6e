import { Descriptions, Table, Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

type Row = Readonly<Record<string, unknown>>

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const isWords = (value: unknown): value is Words => isRow(value) && 'zh' in value && 'en' in value
const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null || isWords(value)
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.every(isLeaf)
const COLUMN_LENGTH = 4

/** A value in the reader's language. */
function useText(): (value: unknown) => string {
  const t = useWords()
  const text = (value: unknown): string => {
    if (value === null || value === undefined) return '—'
    if (isWords(value)) return t(value)
    if (Array.isArray(value)) return value.map(text).join(', ')
    return isRow(value) ? Object.values(value).map(text).join(' · ') : String(value)
  }
  return text
}

/** The numbers of an edition as tables: lists of objects as rows, maps of long lists as columns, the rest as pairs. */
export function Numbers({ value, name }: { readonly value: unknown; readonly name: string }) {
  const text = useText()
  if (isLeaf(value) || isList(value)) return <span>{text(value)}</span>
  if (Array.isArray(value)) return <Grid name={name} rows={value.map((row) => (isRow(row) ? row : { value: row }))} />
  const entries = Object.entries(value as Row)
  if (entries.length > 1 && entries.every(([, list]) => isList(list) && list.length >= COLUMN_LENGTH))
    return <Grid name={name} rows={transposed(entries as [string, unknown[]][])} />
  const plain = entries.filter(([, inner]) => isLeaf(inner) || isList(inner))
  return (
    <>
      {plain.length > 0 && (
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, md: 2 }}
          items={plain.map(([key, inner]) => ({ key, label: key, children: text(inner) }))}
        />
      )}
      {entries
        .filter((entry) => !plain.includes(entry))
        .map(([key, inner]) => (
          <section key={key}>
            <Typography.Title level={3}>{key}</Typography.Title>
            <Numbers value={inner} name={key} />
          </section>
        ))}
    </>
  )
}

function transposed(columns: readonly [string, readonly unknown[]][]): Row[] {
  const length = Math.max(...columns.map(([, list]) => list.length))
  return Array.from({ length }, (_, index) => Object.fromEntries(columns.map(([name, list]) => [name, list[index]])))
}

function Grid({ rows, name }: { readonly rows: readonly Row[]; readonly name: string }) {
  const text = useText()
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return (
    <Table<Row>
      size="small"
      pagination={rows.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 'max-content' }}
      aria-label={name}
      rowKey={(row) => rows.indexOf(row)}
      dataSource={[...rows]}
      columns={names.map((key) => ({ title: key, key, render: (_: unknown, row: Row) => text(row[key]) }))}
    />
  )
}
