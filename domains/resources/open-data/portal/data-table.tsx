import { Flex, Input, Pagination, Select, Typography } from 'antd'
import { useState } from 'react'
import { DataState, Rows, useWords } from '#portal/ui'
import type { DatasetView } from './types.ts'
import { useRows } from './use-rows.ts'
import { valueText } from './value-text.ts'

interface Numbered {
  readonly at: number
  readonly row: Readonly<Record<string, unknown>>
}

const PAGE = 20
/** As far as the query API goes. */
const DEEPEST = 100_000
const SHOWN = 12

/** The rows of a dataset, page by page, searched and ordered. */
export function DataTable({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const [q, setQ] = useState('')
  const [sort, setSort] = useState<string>()
  const [page, setPage] = useState(1)
  const query = useRows(dataset.id, { q: q || undefined, sort, offset: (page - 1) * PAGE, limit: PAGE })
  const columns = dataset.current.columns.slice(0, SHOWN)
  const restart =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setPage(1)
    }
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        <Input.Search
          allowClear
          maxLength={200}
          style={{ maxWidth: 320 }}
          aria-label={t({ zh: '在数据中查找', en: 'Find in the data' })}
          placeholder={t({ zh: '在数据中查找', en: 'Find in the data' })}
          onSearch={restart(setQ)}
        />
        <Select
          allowClear
          style={{ minWidth: 180 }}
          aria-label={t({ zh: '排序', en: 'Order' })}
          placeholder={t({ zh: '排序', en: 'Order' })}
          onChange={restart(setSort)}
          options={columns.flatMap(({ name, title }) => [
            { value: name, label: `${t(title)} ↑` },
            { value: `-${name}`, label: `${t(title)} ↓` },
          ])}
        />
      </Flex>
      <DataState query={query} isEmpty={() => false}>
        {(found) => (
          <Flex vertical gap="middle">
            <Rows<Numbered>
              rows={found.rows.map((row, at) => ({ row, at: (page - 1) * PAGE + at }))}
              rowKey={({ at }) => at}
              caption={dataset.title}
              empty={{ zh: '没有符合条件的数据', en: 'No rows match' }}
              columns={columns.map((column) => ({
                id: column.name,
                title: column.title,
                show: ({ row }) => <span lang="zh">{valueText(column, row[column.name], t)}</span>,
              }))}
            />
            <Pagination
              simple
              current={page}
              pageSize={PAGE}
              total={Math.min(found.total, DEEPEST)}
              showSizeChanger={false}
              onChange={setPage}
            />
            <Typography.Text type="secondary" role="status">
              {found.isEstimate
                ? t({ zh: '超过 10 万行，请增加条件', en: 'More than 100,000 rows; narrow the search' })
                : t({ zh: `共 ${found.total.toLocaleString()} 行`, en: `${found.total.toLocaleString()} rows` })}
            </Typography.Text>
          </Flex>
        )}
      </DataState>
    </Flex>
  )
}
