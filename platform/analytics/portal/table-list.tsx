import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Collapse, Empty, Flex, Input, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { api, Failure, useRight, useWords, When } from '#portal/ui'
import type { TableView } from './types.ts'

interface TableListProps {
  readonly tables: readonly TableView[]
  /** A table or column was pressed. */
  readonly onChoose: (name: string) => void
}

/** What can be asked: tables with their columns, and datasets of which a copy can be made. */
export function TableList({ tables, onChoose }: TableListProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const needle = search.trim().toLowerCase()
  const shown = tables.filter(
    ({ table, title }) => table.includes(needle) || (title && t(title).toLowerCase().includes(needle)),
  )
  return (
    <section aria-label={t({ zh: '分析表', en: 'Tables' })}>
      <h2>{t({ zh: '分析表', en: 'Tables' })}</h2>
      <Input.Search
        allowClear
        aria-label={t({ zh: '查找分析表', en: 'Find a table' })}
        placeholder={t({ zh: '查找分析表', en: 'Find a table' })}
        onChange={(event) => setSearch(event.target.value)}
        style={{ marginBottom: 8 }}
      />
      {shown.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t({ zh: '没有可查询的表', en: 'No table to ask' })} />
      )}
      <Collapse
        size="small"
        items={shown.map((each) => ({
          key: each.table,
          label: (
            <span>
              <code>{each.table}</code> {each.title && t(each.title)}
            </span>
          ),
          children: <TableDetail table={each} onChoose={onChoose} />,
        }))}
      />
    </section>
  )
}

function TableDetail({
  table,
  onChoose,
}: {
  readonly table: TableView
  readonly onChoose: TableListProps['onChoose']
}) {
  const t = useWords()
  return (
    <Flex vertical gap="small">
      {table.taken ? (
        <span>
          {t({ zh: `${table.rows.toLocaleString()} 行，截至 `, en: `${table.rows.toLocaleString()} rows, as of ` })}
          {table.at && <When at={table.at} />}
        </span>
      ) : (
        <span>{t({ zh: '还没有快照', en: 'No copy yet' })}</span>
      )}
      <Flex gap="small" wrap>
        {table.taken && (
          <Button size="small" onClick={() => onChoose(table.table)}>
            {t({ zh: '放入语句', en: 'Put into the question' })}
          </Button>
        )}
        {table.dataset && <RefreshButton table={table} dataset={table.dataset} />}
      </Flex>
      <ul style={{ margin: 0, paddingInlineStart: 16 }}>
        {table.columns.map((column) => (
          <li key={column.name}>
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onChoose(column.name)}>
              <code>{column.name}</code>
            </Button>{' '}
            {column.title && t(column.title)}{' '}
            <Typography.Text type="secondary">{column.type.toLowerCase()}</Typography.Text>
          </li>
        ))}
      </ul>
    </Flex>
  )
}

const LOOK_MS = 2000

function RefreshButton({ table, dataset }: { readonly table: TableView; readonly dataset: string }) {
  const t = useWords()
  const queries = useQueryClient()
  const mayRefresh = useRight('analytics.refresh')
  // Until the copy is another than the one that was there when it was pressed.
  const [since, setSince] = useState<{ readonly at: string | undefined }>()
  const isWaiting = since !== undefined && since.at === table.at
  const refresh = useMutation({
    mutationFn: () => api.post('/api/analytics/tables/refresh', { dataset }),
    onMutate: () => setSince({ at: table.at }),
    onError: () => setSince(undefined),
  })
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['/api/analytics/tables'] }), LOOK_MS)
    return () => clearInterval(timer)
  }, [isWaiting, queries])
  if (!mayRefresh) return null
  return (
    <>
      <Button size="small" loading={isWaiting} onClick={() => refresh.mutate()}>
        {table.taken ? t({ zh: '更新快照', en: 'Bring up to date' }) : t({ zh: '生成快照', en: 'Make a copy' })}
      </Button>
      {refresh.isError && <Failure error={refresh.error} />}
    </>
  )
}
