import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Flex, Select, Skeleton, Switch, Typography } from 'antd'
import { useState } from 'react'
import { address, api, Failure, type KeysetPage, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { FilterBar } from './filter-bar.tsx'
import { Marks } from './marks.tsx'
import { SavedViews, type ViewQuery } from './saved-views.tsx'
import { ShowValue } from './show-value.tsx'
import type { DatasetDetail, RowView } from './types.ts'
import { datasetPath } from './use-dataset.ts'

interface RowsPage extends KeysetPage<RowView> {
  readonly about: number
}

/** The rows of a dataset with filters, order, choice of columns, saved views and export. */
export function RowsTable({ dataset, purpose }: { readonly dataset: DatasetDetail; readonly purpose: string }) {
  const t = useWords()
  const [view, setView] = useState<ViewQuery>({ where: [], columns: dataset.list.columns })
  const [unmask, setUnmask] = useState(false)
  const mayUnmask = useRight('registry.unmask')
  const mayExport = useRight('registry.export')
  const path = `${datasetPath(dataset.id)}/rows`
  const [pastRetention, setPastRetention] = useState(false)
  const query = { where: view.where, sort: view.sort, fields: view.columns, unmask, pastRetention }
  const list = useInfiniteQuery({
    queryKey: [path, query, purpose],
    queryFn: ({ pageParam }) => api.get<RowsPage>(path, { ...query, after: pageParam }, purpose),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const shown = dataset.fields.filter(({ name }) => view.columns.includes(name))
  const about = list.data?.pages[0]?.about
  return (
    <Flex vertical gap="middle">
      <SavedViews dataset={dataset.id} current={view} onOpen={setView} />
      <FilterBar fields={dataset.fields} where={view.where} onChange={(where) => setView({ ...view, where })} />
      <Flex wrap gap="small" align="center">
        <SortSelect dataset={dataset} view={view} onChange={setView} />
        <Select
          mode="multiple"
          maxTagCount={0}
          maxTagPlaceholder={t({ zh: `显示 ${shown.length} 列`, en: `${shown.length} columns` })}
          aria-label={t({ zh: '显示的列', en: 'Columns' })}
          style={{ minWidth: 140 }}
          value={[...view.columns]}
          options={dataset.fields.map(({ name, title }) => ({ value: name, label: t(title) }))}
          onChange={(columns) => setView({ ...view, columns })}
        />
        {dataset.personal && mayUnmask && (
          <Flex gap={4} align="center">
            <Switch aria-label={t({ zh: '显示完整个人信息', en: 'Unmask' })} checked={unmask} onChange={setUnmask} />
            {t({ zh: '不脱敏', en: 'Unmasked' })}
          </Flex>
        )}
        {dataset.retention !== 'permanent' && (
          <Flex gap={4} align="center">
            <Switch
              aria-label={t({ zh: '只看保存期满的', en: 'Only past retention' })}
              checked={pastRetention}
              onChange={setPastRetention}
            />
            {t({ zh: '保存期满', en: 'Past retention' })}
          </Flex>
        )}
        {mayExport &&
          (['xlsx', 'csv', 'jsonl'] as const).map((format) => (
            <Button
              key={format}
              href={address(`${datasetPath(dataset.id)}/export.${format}`, {
                where: view.where,
                sort: view.sort,
                purpose,
                unmask,
              })}
            >
              {`${t({ zh: '导出', en: 'Export' })} ${format.toUpperCase()}`}
            </Button>
          ))}
        {about !== undefined && (
          <Typography.Text type="secondary">
            {t({ zh: `约 ${about.toLocaleString()} 条`, en: `about ${about.toLocaleString()} rows` })}
          </Typography.Text>
        )}
      </Flex>
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active />}
      {list.data && (
        <Rows<RowView>
          rows={list.data.pages.flatMap((page) => page.rows)}
          rowKey={({ id }) => id}
          caption={dataset.title}
          empty={{ zh: '没有符合条件的数据', en: 'No rows match' }}
          columns={[
            ...shown.map((field) => ({
              id: field.name,
              title: field.title,
              show: ({ value }: RowView) => <ShowValue field={field} value={value[field.name]} />,
            })),
            {
              id: ':open',
              title: { zh: '历史', en: 'History' },
              show: ({ id, version, marks = [] }: RowView) => (
                <Flex gap="small" wrap>
                  <PageLink to={`/data/${encodeURIComponent(dataset.id)}/rows/${id}`}>
                    {t({ zh: `第 ${version} 版`, en: `Version ${version}` })}
                  </PageLink>
                  <Marks marks={marks} />
                </Flex>
              ),
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}

interface SortProps {
  readonly dataset: DatasetDetail
  readonly view: ViewQuery
  readonly onChange: (view: ViewQuery) => void
}

function SortSelect({ dataset, view, onChange }: SortProps) {
  const t = useWords()
  const fields = dataset.fields.filter(({ searchable, sealed }) => searchable === 'yes' && !sealed)
  return (
    <Select
      aria-label={t({ zh: '排序', en: 'Order' })}
      style={{ minWidth: 160 }}
      value={view.sort ?? ''}
      options={[
        { value: '', label: t({ zh: '按录入顺序', en: 'Order of arrival' }) },
        ...fields.flatMap(({ name, title }) => [
          { value: name, label: `${t(title)} ↑` },
          { value: `-${name}`, label: `${t(title)} ↓` },
        ]),
      ]}
      onChange={(sort) => {
        const { sort: _, ...rest } = view
        onChange(sort === '' ? rest : { ...rest, sort })
      }}
    />
  )
}
