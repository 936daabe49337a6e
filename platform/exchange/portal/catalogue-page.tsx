import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Flex, Input, Select, Skeleton, Tag, Typography } from 'antd'
import { useDeferredValue, useState } from 'react'
import { LEVELS, SHARING } from '#portal/registry'
import { api, Failure, PageFrame, PageLink, Rows, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { Level, Listed, Sharing } from './types.ts'
import { SharingTag } from './words.tsx'

interface Found {
  readonly rows: readonly Listed[]
  readonly next: string | null
  readonly found: number
  readonly owners: readonly { readonly id: string; readonly name: Words; readonly count: number }[]
}

interface Filter {
  readonly owner?: string
  readonly sharing?: Sharing
  readonly level?: Level
}

/** Every dataset of the city, found by words and narrowed by owner, sharing and level. */
export function CataloguePage() {
  const t = useWords()
  const isSteward = useRight('registry.steward')
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<Filter>({})
  const query = { text: useDeferredValue(text.trim()), ...filter }
  const list = useInfiniteQuery({
    queryKey: ['exchange', 'catalogue', query],
    queryFn: ({ pageParam }) => api.get<Found>('/api/exchange/catalogue', { ...query, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const first = list.data?.pages[0]
  return (
    <PageFrame
      title={{ zh: '数据目录', en: 'Datasets' }}
      about={{
        zh: '全市的数据集：一数一源，可查找、看字段、申请共享。',
        en: 'All datasets of the city, each with one source: find, look at the fields, apply.',
      }}
      extra={isSteward && <PageLink to="/define-dataset">{t({ zh: '定义数据集', en: 'Define a dataset' })}</PageLink>}
    >
      <Input.Search
        allowClear
        size="large"
        aria-label={t({ zh: '查找数据集', en: 'Search datasets' })}
        placeholder={t({ zh: '名称、字段、单位，如“社保 缴费”', en: 'Name, field or owner, e.g. "insurance"' })}
        onChange={(event) => setText(event.target.value)}
      />
      <Filters filter={filter} owners={first?.owners ?? []} onChange={setFilter} />
      {first && (
        <Typography.Text type="secondary" role="status">
          {t({ zh: `共 ${first.found} 个数据集`, en: `${first.found} datasets` })}
        </Typography.Text>
      )}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active />}
      {list.data && <Results rows={list.data.pages.flatMap(({ rows }) => rows)} />}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </PageFrame>
  )
}

interface FiltersProps {
  readonly filter: Filter
  readonly owners: Found['owners']
  readonly onChange: (filter: Filter) => void
}

function Filters({ filter, owners, onChange }: FiltersProps) {
  const t = useWords()
  const choose = (name: keyof Filter) => (value: string | undefined) => {
    const { [name]: _, ...rest } = filter
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  const select = (name: keyof Filter, title: Words, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={t(title)}
      placeholder={t(title)}
      style={{ minWidth: 180 }}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      {...(filter[name] ? { value: filter[name] as string } : {})}
      onChange={choose(name)}
    />
  )
  const choices = (list: Readonly<Record<string, Words>>) =>
    Object.entries(list).map(([value, title]) => ({ value, label: t(title) }))
  return (
    <Flex wrap gap="small">
      {select(
        'owner',
        { zh: '来源单位', en: 'Owner' },
        owners.map(({ id, name, count }) => ({ value: id, label: `${t(name)} (${count})` })),
      )}
      {select('sharing', { zh: '共享类型', en: 'Sharing' }, choices(SHARING))}
      {select('level', { zh: '数据分级', en: 'Level' }, choices(LEVELS))}
    </Flex>
  )
}

function Results({ rows }: { readonly rows: readonly Listed[] }) {
  const t = useWords()
  const mayRead = useRight('registry.read')
  return (
    <Rows<Listed>
      rows={rows}
      rowKey={({ id }) => id}
      caption={{ zh: '数据集', en: 'Datasets' }}
      empty={{ zh: '没有找到，换个词试试，或减少筛选条件', en: 'Nothing found; try another word or fewer filters' }}
      columns={[
        {
          id: 'title',
          title: { zh: '名称', en: 'Name' },
          heading: true,
          show: ({ id, title, personal }) => (
            <Flex wrap gap={4} align="center">
              <PageLink to={`/exchange/datasets/${encodeURIComponent(id)}`}>{t(title)}</PageLink>
              {personal && <Tag color="gold">{t({ zh: '含个人信息', en: 'Personal data' })}</Tag>}
            </Flex>
          ),
        },
        { id: 'owner', title: { zh: '来源单位', en: 'Owner' }, show: ({ ownerName }) => t(ownerName) },
        { id: 'sharing', title: { zh: '共享类型', en: 'Sharing' }, show: (entry) => <SharingTag {...entry} /> },
        { id: 'level', title: { zh: '分级', en: 'Level' }, show: ({ level }) => t(LEVELS[level]) },
        { id: 'fields', title: { zh: '字段', en: 'Fields' }, align: 'right', show: ({ fields }) => fields },
        {
          id: 'rows',
          title: { zh: '数据量（约）', en: 'Rows (about)' },
          align: 'right',
          show: ({ rows: about }) => about?.toLocaleString() ?? '—',
        },
        {
          id: 'changed',
          title: { zh: '最近更新', en: 'Changed' },
          show: ({ changedAt }) => <When at={changedAt} show="relative" />,
        },
        ...(mayRead
          ? [
              {
                id: 'open',
                title: { zh: '数据', en: 'Data' },
                show: ({ id }: Listed) => (
                  <PageLink to={`/data/${encodeURIComponent(id)}`}>{t({ zh: '查看', en: 'Open' })}</PageLink>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
