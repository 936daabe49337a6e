import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Flex } from 'antd'
import { api, DataState, PageFrame, Parts, useWords } from '#portal/ui'
import { ApiExamples } from './api-examples.tsx'
import { AccessBadge, FreshnessBadge, Marks } from './badges.tsx'
import { DataChart } from './data-chart.tsx'
import { DataMap } from './data-map.tsx'
import { DataTable } from './data-table.tsx'
import { DatasetFacts } from './dataset-facts.tsx'
import { Downloads } from './downloads.tsx'
import type { DatasetView } from './types.ts'
import { Voices } from './voices.tsx'

/** One dataset: what it is, its rows as table, picture and map, the query API, files and versions, what readers said. */
export function DatasetPage() {
  const { id = '' } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['open-data', 'dataset', id],
    queryFn: () => api.get<DatasetView>(`/api/open-data/datasets/${id}`),
  })
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '开放数据集', en: 'Open dataset' }}
      above={[
        { title: { zh: '开放数据', en: 'Open data' }, path: '/open-data' },
        { title: { zh: '数据集', en: 'Datasets' }, path: '/open-data/datasets' },
      ]}
      {...(query.data ? { about: query.data.about } : {})}
    >
      <DataState query={query} isEmpty={() => false}>
        {(dataset) => <Dataset dataset={dataset} />}
      </DataState>
    </PageFrame>
  )
}

function Dataset({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const isOpen = dataset.access === 'open'
  const point = dataset.current.columns.find(({ kind }) => kind === 'point')
  const rowTabs = [
    { key: 'data', label: t({ zh: '数据', en: 'Data' }), children: <DataTable dataset={dataset} /> },
    { key: 'chart', label: t({ zh: '图表', en: 'Chart' }), children: <DataChart dataset={dataset} /> },
    ...(point
      ? [{ key: 'map', label: t({ zh: '地图', en: 'Map' }), children: <DataMap dataset={dataset} point={point} /> }]
      : []),
    { key: 'api', label: t({ zh: '接口', en: 'API' }), children: <ApiExamples dataset={dataset} /> },
  ]
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap={4}>
        <FreshnessBadge state={dataset.freshness} />
        <AccessBadge access={dataset.access} />
        <Marks themes={dataset.themes} formats={dataset.formats} />
      </Flex>
      {!isOpen && <OnApplication id={dataset.id} />}
      <Parts
        parts={[
          { key: 'about', label: t({ zh: '说明', en: 'About' }), children: <DatasetFacts dataset={dataset} /> },
          ...(isOpen ? rowTabs : []),
          {
            key: 'files',
            label: t({ zh: '下载和版本', en: 'Files and versions' }),
            children: <Downloads dataset={dataset} />,
          },
          { key: 'voices', label: t({ zh: '读者来件', en: 'Readers' }), children: <Voices entry={dataset.id} /> },
        ]}
      />
    </Flex>
  )
}

function OnApplication({ id }: { readonly id: string }) {
  const t = useWords()
  return (
    <Alert
      type="info"
      showIcon
      title={t({
        zh: '有条件开放：说明用途和安全措施，经责任单位准许后可下载。形式审查 5 个工作日。',
        en: 'On application: say what for and how you keep the data safe. The formal check takes five working days.',
      })}
      action={
        <Button type="primary" href={`/open-data/apply/${id}`}>
          {t({ zh: '申请使用', en: 'Apply' })}
        </Button>
      }
    />
  )
}
