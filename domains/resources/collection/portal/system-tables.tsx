import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Drawer, Flex, Input, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { api, Failure, type KeysetPage, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { LastUseView } from './last-use.tsx'
import { LinkForm } from './link-form.tsx'
import type { TableView } from './types.ts'
import { REASONS, titleOf } from './words.ts'

/** The tables of a system, some at a time: what collects each, or why nothing does. */
export function SystemTables({ path, changed }: { readonly path: string; readonly changed: () => void }) {
  const t = useWords()
  const [q, setQ] = useState('')
  const [table, setTable] = useState<TableView>()
  const list = useInfiniteQuery({
    queryKey: [`${path}/tables`, q],
    queryFn: ({ pageParam }) =>
      api.get<KeysetPage<TableView>>(`${path}/tables`, { q: q || undefined, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const tables = list.data?.pages.flatMap(({ rows }) => rows) ?? []
  return (
    <>
      <Input.Search
        allowClear
        maxLength={100}
        aria-label={t({ zh: '按表名查找', en: 'Find a table by its name' })}
        placeholder={t({ zh: '按表名查找', en: 'Find a table by its name' })}
        onSearch={setQ}
      />
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active />}
      {tables.map((each) => (
        <TableCard key={each.name} table={each} change={() => setTable(each)} changed={changed} />
      ))}
      {list.isSuccess && tables.length === 0 && (
        <Card>
          {q
            ? t({ zh: '没有符合的数据表。', en: 'No table is like that. ' })
            : t({ zh: '还没有申报数据表。', en: 'No table has been declared. ' })}
          <PageLink to="/data/collection.system-table/import">
            {t({ zh: '导入数据表清单', en: 'Import tables' })}
          </PageLink>
        </Card>
      )}
      {list.hasNextPage && (
        <Button block onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
      {table && (
        <Drawer open size={640} title={<span lang="zh">{table.title}</span>} onClose={() => setTable(undefined)}>
          <LinkForm
            table={table}
            done={() => {
              setTable(undefined)
              changed()
            }}
          />
        </Drawer>
      )}
    </>
  )
}

interface TableCardProps {
  readonly table: TableView
  readonly change: () => void
  readonly changed: () => void
}

function TableCard({ table, change, changed }: TableCardProps) {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  return (
    <Card
      styles={{ header: { paddingBlock: 8 }, title: { whiteSpace: 'normal' } }}
      title={
        <Flex wrap gap="small" align="center">
          <span lang="zh">{table.title === table.name ? table.name : `${table.title} ${table.name}`}</span>
          <Collected table={table} />
          {table.isProven && <Tag color="blue">{t({ zh: '采集已证实', en: 'Proven by collection' })}</Tag>}
        </Flex>
      }
      extra={mayDeclare && <Button onClick={change}>{t({ zh: '登记汇聚情况', en: 'Say what collects it' })}</Button>}
    >
      <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
        {t({ zh: '最近读取：', en: 'Read last: ' })}
        <LastUseView
          use={table.read}
          of={{ system: table.system, table: table.name, kind: 'read' }}
          changed={changed}
        />
      </Flex>
      <Rows
        rows={table.fields}
        rowKey={({ name }) => name}
        caption={{ zh: '字段', en: 'Fields' }}
        empty={{ zh: '没有申报字段', en: 'No field has been declared' }}
        columns={[
          {
            id: 'name',
            title: { zh: '字段', en: 'Field' },
            heading: true,
            show: ({ name }) => <span lang="zh">{name}</span>,
          },
          {
            id: 'title',
            title: { zh: '中文名', en: 'Title' },
            show: ({ title }) => <span lang="zh">{title ?? '—'}</span>,
          },
          { id: 'type', title: { zh: '类型', en: 'Type' }, show: ({ type }) => type ?? '—' },
          {
            id: 'field',
            title: { zh: '对应数据集字段', en: 'Field of the dataset' },
            show: ({ field }) => field ?? '—',
          },
        ]}
      />
    </Card>
  )
}

function Collected({ table }: { readonly table: TableView }) {
  const t = useWords()
  if (table.dataset)
    return (
      <Tag color="green">
        <PageLink to={`/data/${encodeURIComponent(table.dataset)}`}>{t({ zh: '已汇聚', en: 'Collected' })}</PageLink>
      </Tag>
    )
  if (!table.reason) return <Tag color="orange">{t({ zh: '未说明', en: 'Unexplained' })}</Tag>
  return (
    <Tag>
      {t(titleOf(REASONS, table.reason))}
      {table.plannedUntil && ` ${table.plannedUntil}`}
    </Tag>
  )
}
