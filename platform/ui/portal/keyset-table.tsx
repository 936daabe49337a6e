import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Card, Empty, Flex, Grid, Skeleton, Table } from 'antd'
import type { Key, ReactNode } from 'react'
import type { Words } from '../../runtime/words.ts'
import { api } from './api.ts'
import { Failure } from './data-state.tsx'
import { useWords } from './language.tsx'

/** A page of rows as every list of the API answers it. */
export interface KeysetPage<R> {
  readonly rows: readonly R[]
  /** Pass it as `after` to read on; null at the end. */
  readonly next: string | null
}

export interface Column<R> {
  readonly id: string
  readonly title: Words
  readonly show: (row: R) => ReactNode
  readonly width?: number
  readonly align?: 'left' | 'right'
  /** The card's heading on a phone; the first column unless said. */
  readonly heading?: true
}

export interface KeysetTableProps<R> {
  /** `GET` path that answers `{ rows, next }` and takes `after`. */
  readonly path: string
  /** Filters, sent with every page; a change begins anew. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>
  /** What personal data are read for. */
  readonly purpose?: string
  readonly columns: readonly Column<R>[]
  readonly rowKey: (row: R) => Key
  /** Says what the table holds, for screen readers. */
  readonly caption: Words
  readonly empty?: Words
  readonly next?: ReactNode
}

/** A list of any length, read by key: a table on wide screens, cards on phones, more at the press of a button. */
export function KeysetTable<R extends object>({ path, query = {}, purpose, ...view }: KeysetTableProps<R>) {
  const list = useInfiniteQuery({
    queryKey: purpose ? [path, query, purpose] : [path, query],
    queryFn: ({ pageParam }) => api.get<KeysetPage<R>>(path, { ...query, after: pageParam }, purpose),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const t = useWords()
  if (list.isError && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active />
  const rows = list.data.pages.flatMap((page) => page.rows)
  return (
    <Flex vertical gap="middle">
      <Rows {...view} rows={rows} />
      {list.isError && <Failure error={list.error} retry={() => void list.fetchNextPage()} />}
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage} block>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}

export interface RowsProps<R> extends Omit<KeysetTableProps<R>, 'path' | 'query' | 'purpose'> {
  readonly rows: readonly R[]
}

/** The rows of a list that is already here: a table on wide screens, cards on phones. */
export function Rows<R extends object>({ rows, columns, rowKey, caption, empty, next }: RowsProps<R>) {
  const t = useWords()
  const wide = Grid.useBreakpoint().md ?? true
  if (rows.length === 0)
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(empty ?? { zh: '没有记录', en: 'No records' })}>
        {next}
      </Empty>
    )
  if (!wide) return <Cards rows={rows} columns={columns} rowKey={rowKey} caption={caption} />
  return (
    <Table<R>
      aria-label={t(caption)}
      dataSource={[...rows]}
      rowKey={rowKey}
      pagination={false}
      scroll={{ x: 'max-content' }}
      size="middle"
      columns={columns.map(({ id, title, show, width, align, heading }) => ({
        key: id,
        title: t(title),
        render: (_: unknown, row: R) => (heading ? <div className="dz-row-heading">{show(row)}</div> : show(row)),
        ...(width ? { width } : {}),
        ...(align ? { align } : {}),
      }))}
    />
  )
}

function Cards<R>({ rows, columns, rowKey, caption }: Pick<RowsProps<R>, 'rows' | 'columns' | 'rowKey' | 'caption'>) {
  const t = useWords()
  const heading = columns.find((column) => column.heading) ?? columns[0]
  return (
    <ul aria-label={t(caption)} className="dz-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <Card size="small" title={heading?.show(row)}>
            <dl className="dz-facts">
              {columns
                .filter((column) => column !== heading)
                .map((column) => (
                  <div key={column.id}>
                    <dt>{t(column.title)}</dt>
                    <dd>{column.show(row)}</dd>
                  </div>
                ))}
            </dl>
          </Card>
        </li>
      ))}
    </ul>
  )
}
