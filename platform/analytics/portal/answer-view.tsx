import { Alert, Button, Flex, Table, Typography } from 'antd'
import { useState } from 'react'
import { api, Failure, useWords } from '#portal/ui'
import type { Answer, Cell, Problem } from './types.ts'
import type { Asking } from './use-question.ts'

/** What came of a question: the rows, or what was wrong and where. */
export function AnswerView({ asking }: { readonly asking: Asking }) {
  const t = useWords()
  const { asked, answer, problem, seconds, state } = asking
  if (problem) return <WrongQuestion problem={problem} />
  if (!answer) return null
  return (
    <section aria-label={t({ zh: '查询结果', en: 'Answer' })} style={{ marginTop: 16 }}>
      <Flex wrap gap="small" justify="space-between" align="center">
        <span role="status">
          {t({
            zh: `${answer.rows.length.toLocaleString()} 行，${seconds.toFixed(1)} 秒${answer.cut ? '；还有更多行，未全部显示' : ''}`,
            en: `${answer.rows.length.toLocaleString()} rows, ${seconds.toFixed(1)} s${answer.cut ? '; there are more than are shown' : ''}`,
          })}
        </span>
        {state === 'done' && asked && <ExportButtons asked={asked} />}
      </Flex>
      <AnswerTable answer={answer} />
    </section>
  )
}

function WrongQuestion({ problem }: { readonly problem: Problem }) {
  const t = useWords()
  const [, , line, column] = problem.issues?.[0]?.path.split('/') ?? []
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginTop: 16 }}
      title={problem.title}
      description={
        line &&
        column &&
        t({ zh: `位置：第 ${line} 行第 ${column} 个字符`, en: `Place: line ${line}, character ${column}` })
      }
    />
  )
}

interface TableRow {
  readonly key: number
  readonly cells: readonly Cell[]
}

function AnswerTable({ answer }: { readonly answer: Answer }) {
  const t = useWords()
  return (
    <Table<TableRow>
      size="small"
      aria-label={t({ zh: '查询结果', en: 'Answer' })}
      scroll={{ x: 'max-content' }}
      dataSource={answer.rows.map((cells, key) => ({ key, cells }))}
      pagination={{ defaultPageSize: 50, showSizeChanger: true, hideOnSinglePage: true }}
      columns={answer.columns.map(({ name, type }, at) => ({
        key: `${at}`,
        title: <span title={type}>{name}</span>,
        ...(typeof answer.rows[0]?.[at] === 'number' ? { align: 'right' as const } : {}),
        render: (_: unknown, { cells }: TableRow) => <CellText cell={cells[at] ?? null} />,
      }))}
    />
  )
}

/** A missing value is no empty text: it has a word of its own. */
function CellText({ cell }: { readonly cell: Cell }) {
  if (cell === null)
    return (
      <Typography.Text type="secondary" italic>
        null
      </Typography.Text>
    )
  return <span style={{ whiteSpace: 'pre-wrap' }}>{String(cell)}</span>
}

function ExportButtons({ asked }: { readonly asked: NonNullable<Asking['asked']> }) {
  const t = useWords()
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<unknown>()
  const fetchFile = (format: string) => {
    setBusy(format)
    setError(undefined)
    api
      .file(`/api/analytics/questions/export.${format}`, asked, `analysis.${format}`)
      .catch(setError)
      .finally(() => setBusy(undefined))
  }
  return (
    <Flex wrap gap="small" align="center">
      {['csv', 'jsonl'].map((format) => (
        <Button key={format} loading={busy === format} disabled={busy !== undefined} onClick={() => fetchFile(format)}>
          {format === 'csv'
            ? t({ zh: '导出 CSV', en: 'Export CSV' })
            : t({ zh: '导出 JSON 行', en: 'Export JSON lines' })}
        </Button>
      ))}
      {error !== undefined && <Failure error={error} />}
    </Flex>
  )
}
