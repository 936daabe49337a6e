import { useQuery } from '@tanstack/react-query'
import { api, DataState, OrganisationName, PageFrame, PageLink, Rows, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

interface Past {
  readonly dataset: string
  readonly title: Words
  readonly source: string
  readonly years: number
  readonly rows: number
  readonly versions: number
  readonly countedAt: string
}

const PATH = '/api/registry/past-retention'

/** Data that are kept longer than their dataset says: the organisation that answers for them decides. */
export function RetentionPage() {
  const t = useWords()
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<{ readonly rows: readonly Past[] }>(PATH) })
  return (
    <PageFrame
      title={{ zh: '保存期满的数据', en: 'Data past their retention' }}
      about={{
        zh: '超过数据集保存年限没有变动的数据和历史版本，每日统计。系统不自动删除，由来源单位决定是否删除或修改年限。',
        en: 'Rows and earlier versions untouched for longer than their dataset is to be kept, counted daily. Nothing is deleted by itself: the source decides whether to delete them or to keep them longer.',
      }}
    >
      <DataState query={query} empty={{ zh: '没有保存期满的数据', en: 'Nothing is past its retention' }}>
        {({ rows }) => (
          <Rows<Past>
            rows={rows}
            rowKey={({ dataset }) => dataset}
            caption={{ zh: '保存期满的数据', en: 'Data past their retention' }}
            columns={[
              {
                id: 'dataset',
                title: { zh: '数据集', en: 'Dataset' },
                heading: true,
                show: ({ dataset, title }) => (
                  <PageLink to={`/data/${encodeURIComponent(dataset)}`}>{t(title)}</PageLink>
                ),
              },
              {
                id: 'source',
                title: { zh: '来源单位', en: 'Source' },
                show: ({ source }) => <OrganisationName id={source} />,
              },
              { id: 'years', title: { zh: '保存年限', en: 'Years' }, align: 'right', show: ({ years }) => years },
              {
                id: 'rows',
                title: { zh: '期满数据', en: 'Rows' },
                align: 'right',
                show: ({ rows: count }) => count.toLocaleString(),
              },
              {
                id: 'versions',
                title: { zh: '期满历史版本', en: 'Earlier versions' },
                align: 'right',
                show: ({ versions }) => versions.toLocaleString(),
              },
              { id: 'at', title: { zh: '统计时间', en: 'Counted' }, show: ({ countedAt }) => <When at={countedAt} /> },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}
