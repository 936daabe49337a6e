import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Col, Empty, Flex, Input, Row, Select, Skeleton, Typography } from 'antd'
import { api, Failure, PageFrame, useWords } from '#portal/ui'
import { DatasetCard } from './dataset-card.tsx'
import { accessName, FRESHNESS, formatName, licenceName, themeName } from './names.ts'
import type { CardView } from './types.ts'

interface Found {
  readonly rows: readonly CardView[]
  readonly next: string | null
  readonly total: number
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>
}

interface Words {
  readonly zh: string
  readonly en: string
}

const same = (text: string): Words => ({ zh: text, en: text })
const FACETS: readonly { readonly id: string; readonly title: Words; readonly name: (code: string) => Words }[] = [
  { id: 'theme', title: { zh: '主题', en: 'Theme' }, name: themeName },
  { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, name: same },
  { id: 'format', title: { zh: '格式', en: 'Format' }, name: (code) => same(formatName(code)) },
  { id: 'licence', title: { zh: '许可', en: 'Licence' }, name: licenceName },
  { id: 'access', title: { zh: '开放方式', en: 'Access' }, name: accessName },
  { id: 'freshness', title: { zh: '更新承诺', en: 'Freshness' }, name: (code) => FRESHNESS[code] ?? same(code) },
]

type Wanted = Readonly<Record<string, string>>

/** Search with facets; what is looked for stands in the address, so that it can be sent to somebody. */
export function SearchPage() {
  const t = useWords()
  const go = useNavigate()
  const wanted = useSearch({ strict: false }) as Wanted
  const list = useInfiniteQuery({
    queryKey: ['open-data', 'search', wanted],
    queryFn: ({ pageParam }) => api.get<Found>('/api/open-data/datasets', { ...wanted, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...wanted, ...changes }).filter(([, value]) => value))
    void go({ to: '/open-data/datasets', search: next, replace: true } as never)
  }
  const first = list.data?.pages[0]
  const cards = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <PageFrame
      title={{ zh: '数据集', en: 'Datasets' }}
      above={[{ title: { zh: '开放数据', en: 'Open data' }, path: '/open-data' }]}
    >
      <Input.Search
        key={wanted.q ?? ''}
        defaultValue={wanted.q ?? ''}
        allowClear
        maxLength={200}
        enterButton={t({ zh: '搜索', en: 'Search' })}
        aria-label={t({ zh: '搜索数据集', en: 'Search datasets' })}
        onSearch={(q) => set({ q })}
      />
      <Facets wanted={wanted} found={first} cards={cards} onSet={set} />
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active />}
      {first && (
        <Typography.Text type="secondary" role="status">
          {t({ zh: `共 ${first.total} 个数据集`, en: `${first.total} datasets` })}
        </Typography.Text>
      )}
      {first?.total === 0 && <Nothing />}
      <Row gutter={[16, 16]}>
        {cards.map((card) => (
          <Col key={card.id} xs={24} md={12} xl={8}>
            <DatasetCard card={card} level={2} />
          </Col>
        ))}
      </Row>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </PageFrame>
  )
}

interface FacetProps {
  readonly wanted: Wanted
  readonly found: Found | undefined
  readonly cards: readonly CardView[]
  readonly onSet: (changes: Readonly<Record<string, string | undefined>>) => void
}

function Facets({ wanted, found, cards, onSet }: FacetProps) {
  const t = useWords()
  const owners = new Map(cards.map(({ owner }) => [owner.id, owner.name]))
  const nameOf = (id: string, name: (code: string) => Words, code: string) =>
    t(id === 'owner' ? (owners.get(code) ?? same(code)) : name(code))
  return (
    <Flex wrap gap="small">
      {FACETS.map(({ id, title, name }) => (
        <Select
          key={id}
          allowClear
          style={{ minWidth: 150 }}
          aria-label={t(title)}
          placeholder={t(title)}
          value={wanted[id] ?? null}
          onChange={(value) => onSet({ [id]: value ?? undefined })}
          options={Object.entries(found?.facets[id] ?? {}).map(([code, count]) => ({
            value: code,
            label: `${nameOf(id, name, code)} (${count})`,
          }))}
        />
      ))}
    </Flex>
  )
}

function Nothing() {
  const t = useWords()
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={t({
        zh: '没有符合条件的数据集，可以换个说法，或提出数据需求',
        en: 'No dataset fits. Try other words, or ask for the data',
      })}
    >
      <Button href="/open-data/requests">{t({ zh: '提出数据需求', en: 'Ask for data' })}</Button>
    </Empty>
  )
}
