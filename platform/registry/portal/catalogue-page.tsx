import { useQuery } from '@tanstack/react-query'
import { Input, Tag } from 'antd'
import { useState } from 'react'
import { api, DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import type { DatasetSummary } from './types.ts'
import { LEVELS, SHARING } from './words.ts'

/** Every dataset of the city, to look for by name. */
export function CataloguePage() {
  const t = useWords()
  const isSteward = useRight('registry.steward')
  const [text, setText] = useState('')
  const query = useQuery({
    queryKey: ['registry', 'datasets'],
    queryFn: () => api.get<{ datasets: DatasetSummary[] }>('/api/registry/datasets'),
  })
  const matches = ({ id, title, about }: DatasetSummary) =>
    [id, title.zh, title.en, about.zh].some((each) => each.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <PageFrame
      title={{ zh: '数据目录', en: 'Datasets' }}
      about={{
        zh: '全市的数据集：一数一源，可查来源和历史。',
        en: 'All datasets of the city, each with one source and its history.',
      }}
      extra={isSteward && <PageLink to="/define-dataset">{t({ zh: '定义数据集', en: 'Define a dataset' })}</PageLink>}
    >
      <Input.Search
        allowClear
        aria-label={t({ zh: '查找数据集', en: 'Search datasets' })}
        placeholder={t({ zh: '按名称查找', en: 'Search by name' })}
        onChange={(event) => setText(event.target.value)}
      />
      <DataState query={query} isEmpty={({ datasets }) => datasets.length === 0}>
        {({ datasets }) => (
          <Rows<DatasetSummary>
            rows={datasets.filter(matches)}
            rowKey={({ id }) => id}
            caption={{ zh: '数据集', en: 'Datasets' }}
            columns={[
              {
                id: 'title',
                title: { zh: '名称', en: 'Name' },
                heading: true,
                show: ({ id, title }) => <PageLink to={`/data/${encodeURIComponent(id)}`}>{t(title)}</PageLink>,
              },
              {
                id: 'source',
                title: { zh: '来源单位', en: 'Source' },
                show: ({ source }) => <OrganisationName id={source} />,
              },
              { id: 'level', title: { zh: '分级', en: 'Level' }, show: ({ level }) => t(LEVELS[level]) },
              { id: 'sharing', title: { zh: '共享', en: 'Sharing' }, show: ({ sharing }) => t(SHARING[sharing]) },
              {
                id: 'personal',
                title: { zh: '个人信息', en: 'Personal data' },
                show: ({ personal }) =>
                  personal ? <Tag color="gold">{t({ zh: '含', en: 'Yes' })}</Tag> : t({ zh: '无', en: 'No' }),
              },
              { id: 'fields', title: { zh: '字段', en: 'Fields' }, align: 'right', show: ({ fields }) => fields },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}
