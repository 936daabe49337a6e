import { Select, Tag } from 'antd'
import { Rows, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { DriftFinding } from '../contract.ts'
import type { ColumnBrief, ColumnComparison as Comparison } from './types.ts'
import { DRIFT_KINDS, VALUE_KINDS } from './words.ts'

type Columns = Readonly<Record<string, string | null>>

interface ColumnComparisonProps {
  readonly columns: readonly Comparison[]
  readonly findings: readonly DriftFinding[]
  readonly slots: readonly { readonly id: string; readonly title: Words; readonly required: boolean }[]
  readonly chosen: Columns
  /** Absent where nothing is to be chosen any more. */
  readonly onChoose?: (columns: Columns) => void
}

/** Every column as it was in the last accepted run and as it is now; changed ones first. */
export function ColumnComparison({ columns, findings, slots, chosen, onChoose }: ColumnComparisonProps) {
  const t = useWords()
  const of = (name: string) => findings.filter(({ column, nowNamed }) => column === name || nowNamed === name)
  const rows = columns.toSorted((a, b) => of(b.name).length - of(a.name).length)
  return (
    <Rows<Comparison>
      rows={rows}
      rowKey={({ name }) => name}
      caption={{ zh: '各列的比较', en: 'Columns compared' }}
      columns={[
        {
          id: 'column',
          title: { zh: '列', en: 'Column' },
          heading: true,
          show: ({ name }) => (
            <>
              {name}{' '}
              {of(name).map(({ kind }) => (
                <Tag key={kind} color="error">
                  {t(DRIFT_KINDS[kind])}
                </Tag>
              ))}
            </>
          ),
        },
        { id: 'before', title: { zh: '以前', en: 'Before' }, show: ({ before }) => <Brief column={before} /> },
        { id: 'now', title: { zh: '现在', en: 'Now' }, show: ({ now }) => <Brief column={now} /> },
        {
          id: 'field',
          title: { zh: '进入字段', en: 'Into field' },
          show: ({ name, field, now }) => {
            const value = chosen[name] === undefined ? field : chosen[name]
            const title = slots.find(({ id }) => id === value)?.title
            if (!onChoose || !now) return title ? t(title) : (value ?? '—')
            return (
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                style={{ minWidth: 160 }}
                aria-label={t({ zh: `“${name}”对应的字段`, en: `Field for "${name}"` })}
                placeholder={t({ zh: '不采集', en: 'Leave out' })}
                value={value}
                options={slots.map(({ id, title: label, required }) => ({
                  value: id,
                  label: `${t(label)}${required ? ' *' : ''}`,
                }))}
                onChange={(next?: string) => onChoose({ ...chosen, [name]: next ?? null })}
              />
            )
          },
        },
      ]}
    />
  )
}

const MOST_CODES = 6

function Brief({ column }: { readonly column: ColumnBrief | null }) {
  const t = useWords()
  if (!column) return <>—</>
  const { filled, blank, distinct, kind, min, max, codes } = column
  const share = Math.round((100 * blank) / Math.max(1, filled + blank))
  const parts = [
    t(VALUE_KINDS[kind]),
    t({ zh: `空白 ${share}%`, en: `${share}% blank` }),
    t({ zh: `${distinct.toLocaleString()} 个不同值`, en: `${distinct.toLocaleString()} distinct` }),
    ...(min !== null && max !== null && !codes ? [t({ zh: `${min} 至 ${max}`, en: `${min} to ${max}` })] : []),
    ...(codes ? [codeText(codes)] : []),
  ]
  return <>{parts.join(' · ')}</>
}

/** `男 51%、女 49%` */
function codeText(codes: Readonly<Record<string, number>>): string {
  const all = Object.values(codes).reduce((sum, count) => sum + count, 0)
  const most = Object.entries(codes).toSorted(([, a], [, b]) => b - a)
  const text = most.slice(0, MOST_CODES).map(([code, count]) => `${code} ${Math.round((100 * count) / all)}%`)
  return text.join(', ') + (most.length > MOST_CODES ? ' …' : '')
}
