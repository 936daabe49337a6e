import { useQuery } from '@tanstack/react-query'
import { Select, Tabs } from 'antd'
import { useState } from 'react'
import { api, PageFrame, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { DatasetFields } from './dataset-fields.tsx'
import { NewTable } from './new-table.tsx'
import { HOME } from './types.ts'

/** Gives fields their elements: those of datasets that are here, and those of a table that is to come. */
export function MappingPage() {
  const t = useWords()
  return (
    <PageFrame
      title={{ zh: '字段对标', en: 'Fields and elements' }}
      about={{
        zh: '系统按名称、同义词和取值推荐数据元并说明理由，由人确认。',
        en: 'Elements are suggested by name, synonym and values, with reasons; a person agrees.',
      }}
      above={[HOME]}
    >
      <Tabs
        items={[
          { key: 'datasets', label: t({ zh: '已有数据集', en: 'Datasets' }), children: <OfDataset /> },
          { key: 'table', label: t({ zh: '新表', en: 'A new table' }), children: <NewTable /> },
        ]}
      />
    </PageFrame>
  )
}

function OfDataset() {
  const t = useWords()
  const [dataset, setDataset] = useState<string>()
  const { data } = useQuery({
    queryKey: ['registry', 'datasets'],
    queryFn: () => api.get<{ datasets: { id: string; title: Words }[] }>('/api/registry/datasets'),
  })
  return (
    <>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: '100%', maxWidth: 480, marginBottom: 16 }}
        aria-label={t({ zh: '数据集', en: 'Dataset' })}
        placeholder={t({ zh: '选择数据集', en: 'Choose a dataset' })}
        options={(data?.datasets ?? []).map(({ id, title }) => ({ value: id, label: t(title) }))}
        onChange={setDataset}
      />
      {dataset && <DatasetFields dataset={dataset} />}
    </>
  )
}
