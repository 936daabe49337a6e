import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Descriptions, Flex, Skeleton } from 'antd'
import { Due } from '#portal/loops'
import { api, DataState, Failure, OrganisationName, PageFrame, PageLink, Rows, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { CorrectionView, Counts } from './types.ts'
import { COUNTED } from './words.ts'

interface BadRow {
  readonly id: number
  /** Of a row that was refused: the import, and the line of its file. */
  readonly load: number | null
  readonly line: number | null
  readonly reasons: readonly Words[]
  readonly cells: readonly { readonly title: string; readonly value: string }[]
}

interface BadRows {
  readonly rows: readonly BadRow[]
  readonly next: number | null
}

const SHOWN = 8

/** One matter of correction: what fails, which rows, and the ways to correct them. */
export function CorrectionPage() {
  const { loop = '' } = useParams({ strict: false }) as { loop?: string }
  const t = useWords()
  const path = `/api/collection/corrections/${loop}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<CorrectionView>(path) })
  return (
    <PageFrame
      title={query.data ? t(query.data.fault) : { zh: '不合格的数据', en: 'Rows to correct' }}
      above={[{ title: { zh: '数据校核', en: 'Corrections' }, path: '/corrections' }]}
      extra={
        query.data?.counts === 'rows' && (
          <>
            <Button href={`${path}/rows.xlsx`}>{t({ zh: '导出 XLSX', en: 'Export XLSX' })}</Button>
            <Button href={`${path}/rows.csv`}>{t({ zh: '导出 CSV', en: 'Export CSV' })}</Button>
          </>
        )
      }
    >
      <DataState query={query}>
        {(matter) => (
          <Flex vertical gap="middle">
            <Facts matter={matter} />
            <Ways matter={matter} />
            {matter.counts === 'rows' && <BadList path={`${path}/rows`} matter={matter} />}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Facts({ matter }: { readonly matter: CorrectionView }) {
  const t = useWords()
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        {
          key: 'dataset',
          label: t({ zh: '数据集', en: 'Dataset' }),
          children: <PageLink to={`/quality/${encodeURIComponent(matter.dataset)}`}>{t(matter.title)}</PageLink>,
        },
        {
          key: 'source',
          label: t({ zh: '来源单位', en: 'Source' }),
          children: <OrganisationName id={matter.source} />,
        },
        {
          key: 'bad',
          label: t({ zh: '现在／最初不合格', en: 'Fail now / at first' }),
          children: `${matter.lastBad} / ${matter.firstBad} ${t(COUNTED[matter.counts])}`,
        },
        { key: 'again', label: t({ zh: '重新打开次数', en: 'Times opened again' }), children: matter.openedAgain },
        {
          key: 'due',
          label: t({ zh: '更正期限', en: 'To be corrected by' }),
          children: <Due at={matter.due} />,
        },
        {
          key: 'matter',
          label: t({ zh: '办理事项', en: 'Matter' }),
          children: (
            <PageLink to={`/loops/${matter.loop}`}>
              {t({ zh: `事项 ${matter.loop}`, en: `Matter ${matter.loop}` })}
            </PageLink>
          ),
        },
      ]}
    />
  )
}

function Ways({ matter }: { readonly matter: CorrectionView }) {
  const t = useWords()
  return (
    <Alert
      type="info"
      showIcon
      title={t({ zh: '怎样更正', en: 'How to correct' })}
      description={
        matter.counts === 'rows' ? <WaysOfRows matter={matter} /> : <span>{t(OTHER_WAYS[matter.counts])}</span>
      }
    />
  )
}

const OTHER_WAYS: Readonly<Record<Exclude<Counts, 'rows'>, Words>> = {
  runs: {
    zh: '请恢复来源的访问，采集会照计划再做。取到的次数达到应达比例即办结。',
    en: 'Make the source accessible again; it is collected as planned. The matter closes once enough collections succeed.',
  },
  dataset: {
    zh: '请交来新的数据。到货后系统自动复检，合格即办结。',
    en: 'Hand over newer data. The system checks again by itself when they are in; what passes is closed.',
  },
}

function WaysOfRows({ matter }: { readonly matter: CorrectionView }) {
  const t = useWords()
  return (
    <Flex vertical gap="small">
      {matter.load !== null && (
        <PageLink to={`/imports/${matter.load}`}>
          {t({
            zh: '在最近一次导入的待更正列表中逐行更正，其他导入的行见下表',
            en: 'Correct row by row in the list of the last import; rows of others are named below',
          })}
        </PageLink>
      )}
      <PageLink to={`/data/${encodeURIComponent(matter.dataset)}/import`}>
        {t({ zh: '导出后在业务系统更正，重新导入', en: 'Export, correct at the source, import again' })}
      </PageLink>
      <span>
        {t({
          zh: '更正后系统自动复检；合格即办结，不合格继续更正。这里列出前 1000 行。',
          en: 'The system checks again by itself: what passes is closed. The first 1,000 rows are listed here.',
        })}
      </span>
    </Flex>
  )
}

function BadList({ path, matter }: { readonly path: string; readonly matter: CorrectionView }) {
  const t = useWords()
  const { sentences } = useMarks()
  const list = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam }) => api.get<BadRows>(path, pageParam === undefined ? {} : { after: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active />
  const rows = list.data.pages.flatMap((page) => page.rows)
  const titles = rows[0]?.cells.slice(0, SHOWN).map(({ title }) => title) ?? []
  return (
    <Flex vertical gap="middle">
      <Rows<BadRow>
        rows={rows}
        rowKey={({ id }) => id}
        caption={{ zh: '不合格的行', en: 'Rows that fail' }}
        empty={{ zh: '没有不合格的行，或您无权查看', en: 'No row fails, or you may not see them' }}
        columns={[
          {
            id: ':row',
            title: { zh: '行', en: 'Row' },
            heading: true,
            show: ({ id, load, line }) =>
              load === null ? (
                <PageLink to={`/data/${encodeURIComponent(matter.dataset)}/rows/${id}`}>{String(id)}</PageLink>
              ) : (
                <PageLink to={`/imports/${load}`}>
                  {t({ zh: `导入 ${load} 第 ${line} 行`, en: `Import ${load}, line ${line}` })}
                </PageLink>
              ),
          },
          {
            id: ':why',
            title: { zh: '原因', en: 'Reason' },
            show: ({ reasons }) => reasons.map((reason) => t(reason)).join(sentences),
          },
          ...titles.map((title, at) => ({
            id: title,
            title: { zh: title, en: title },
            show: ({ cells }: BadRow) => <span lang="zh">{cells[at]?.value || '—'}</span>,
          })),
        ]}
      />
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}
