import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Flex, Select, Table, Tooltip } from 'antd'
import { useState } from 'react'
import { api, PageLink, useMarks, useWords } from '#portal/ui'
import type { ColumnSuggestion, DatasetDetail, Inspection, Reason } from './types.ts'
import { datasetPath } from './use-dataset.ts'

interface ChooseColumnsProps {
  readonly dataset: DatasetDetail
  readonly inspection: Inspection
  readonly onBack: () => void
  readonly onStart: (columns: readonly (string | null)[]) => Promise<void>
}

/** Which column goes into which field, with the first rows checked as they would be. */
export function ChooseColumns({ dataset, inspection, onBack, onStart }: ChooseColumnsProps) {
  const t = useWords()
  const [columns, setColumns] = useState(inspection.columns)
  const [isStarting, setStarting] = useState(false)
  const missing = dataset.slots.filter(({ id, required }) => required && !columns.includes(id))
  const rows = inspection.sample.map(({ cells }) => cells)
  const path = `${datasetPath(dataset.id)}/trial/query`
  const trial = useQuery({
    queryKey: [path, inspection.file, columns],
    queryFn: () => api.post<{ reasons: Reason[][] }>(path, { columns, rows }),
  })
  return (
    <Flex vertical gap="middle">
      <Notes inspection={inspection} missing={missing.map(({ title }) => t(title))} />
      <ColumnTable
        dataset={dataset}
        inspection={inspection}
        columns={columns}
        onChange={setColumns}
        reasons={trial.data?.reasons ?? []}
      />
      <Flex gap="small">
        <Button onClick={onBack}>{t({ zh: '换一个文件', en: 'Another file' })}</Button>
        <Button
          type="primary"
          disabled={missing.length > 0}
          loading={isStarting}
          onClick={() => {
            setStarting(true)
            void onStart(columns).finally(() => setStarting(false))
          }}
        >
          {t({ zh: '开始导入', en: 'Start the import' })}
        </Button>
      </Flex>
    </Flex>
  )
}

function Notes({ inspection, missing }: { readonly inspection: Inspection; readonly missing: readonly string[] }) {
  const t = useWords()
  const { list } = useMarks()
  const { format, encoding } = inspection.reading
  return (
    <>
      <Alert
        type="info"
        title={`${inspection.name} · ${format.toUpperCase()}${format === 'xlsx' ? '' : ` · ${encoding.toUpperCase()}`} · ${(inspection.size / 1_048_576).toFixed(1)} MB${
          inspection.remembered ? t({ zh: ' · 沿用上次的列对应', en: ' · columns as the last time' }) : ''
        }`}
      />
      {inspection.earlier !== null && (
        <Alert
          type="warning"
          showIcon
          title={
            <PageLink to={`/imports/${inspection.earlier}`}>
              {t({
                zh: '同一文件以前导入过，再次导入不会改变数据',
                en: 'The same file was imported before; importing it again changes nothing',
              })}
            </PageLink>
          }
        />
      )}
      {missing.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={`${t({ zh: '必填字段还没有对应的列：', en: 'Required fields without a column: ' })}${missing.join(list)}`}
        />
      )}
    </>
  )
}

interface ColumnTableProps extends Pick<ChooseColumnsProps, 'dataset' | 'inspection'> {
  readonly columns: readonly (string | null)[]
  readonly onChange: (columns: readonly (string | null)[]) => void
  readonly reasons: readonly (readonly Reason[])[]
}

function ColumnTable({ dataset, inspection, columns, onChange, reasons }: ColumnTableProps) {
  const t = useWords()
  const choices = dataset.slots.map(({ id, title, required }) => ({
    value: id,
    label: `${t(title)}${required ? ' *' : ''}`,
  }))
  const choose = (at: number, slot: string | null) =>
    onChange(columns.map((before, place) => (place === at ? slot : before === slot ? null : before)))
  return (
    <Table
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey="line"
      dataSource={[...inspection.sample]}
      columns={inspection.reading.header.map((title, at) => ({
        key: at,
        title: (
          <Flex vertical gap={4}>
            <span>{title}</span>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              style={{ minWidth: 150 }}
              aria-label={t({ zh: `“${title}”对应的字段`, en: `Field for "${title}"` })}
              placeholder={t({ zh: '不导入', en: 'Leave out' })}
              {...(columns[at] ? { value: columns[at] } : {})}
              options={choices}
              onChange={(slot?: string) => choose(at, slot ?? null)}
            />
            {!columns[at] && (
              <Suggested
                suggestion={inspection.suggested[at] ?? null}
                taken={columns}
                slots={dataset.slots}
                onAccept={(slot) => choose(at, slot)}
              />
            )}
          </Flex>
        ),
        render: (_: unknown, row: Inspection['sample'][number], index: number) => {
          const wrong = reasons[index]?.find(({ column }) => column === at)
          const text = row.cells[at] ?? ''
          return wrong ? (
            <Tooltip title={t(wrong.message)}>
              <strong style={{ color: '#cf1322' }}>{`✗ ${text} (${t(wrong.message)})`}</strong>
            </Tooltip>
          ) : (
            text
          )
        },
      }))}
    />
  )
}

interface SuggestedProps {
  readonly suggestion: ColumnSuggestion | null
  readonly taken: readonly (string | null)[]
  readonly slots: DatasetDetail['slots']
  readonly onAccept: (slot: string) => void
}

/** What a column may be meant for, and why; a person accepts it. */
function Suggested({ suggestion, taken, slots, onAccept }: SuggestedProps) {
  const t = useWords()
  const { sentences } = useMarks()
  const slot = slots.find(({ id }) => id === suggestion?.slot)
  if (!suggestion || !slot || taken.includes(slot.id)) return null
  return (
    <Tooltip title={suggestion.reasons.map(t).join(sentences)}>
      <Button size="small" type="dashed" onClick={() => onAccept(slot.id)}>
        {t({ zh: `可能是“${slot.title.zh}”，采用`, en: `Perhaps "${slot.title.en}": take it` })}
      </Button>
    </Tooltip>
  )
}
