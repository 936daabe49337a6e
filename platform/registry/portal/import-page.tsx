import { useNavigate, useParams } from '@tanstack/react-router'
import { App, Flex, Steps } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import { ChooseColumns } from './choose-columns.tsx'
import { ChooseFile } from './choose-file.tsx'
import type { Inspection } from './types.ts'
import { datasetPath, useDataset } from './use-dataset.ts'

/** Import in three steps: file, columns and first rows, then the page of the import with progress and corrections. */
export function ImportPage() {
  const { dataset: id = '' } = useParams({ strict: false }) as { dataset?: string }
  const t = useWords()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const query = useDataset(id)
  const [inspection, setInspection] = useState<Inspection>()
  const start = async (columns: readonly (string | null)[]) => {
    if (!inspection) return
    const { file, name, reading } = inspection
    try {
      const { load } = await api.post<{ load: number }>(`${datasetPath(id)}/loads`, { file, name, reading, columns })
      await navigate({ to: `/imports/${load}` })
    } catch (error) {
      void message.error((error as Error).message)
    }
  }
  return (
    <PageFrame
      title={{ zh: '导入数据', en: 'Import data' }}
      above={[
        { title: { zh: '数据目录', en: 'Datasets' }, path: '/data' },
        { title: query.data?.title ?? id, path: `/data/${encodeURIComponent(id)}` },
      ]}
    >
      <DataState query={query}>
        {(dataset) => (
          <Flex vertical gap="large">
            <Steps
              size="small"
              current={inspection ? 1 : 0}
              items={[
                { title: t({ zh: '上传文件', en: 'Upload a file' }) },
                { title: t({ zh: '核对列与检查', en: 'Match columns and check' }) },
                { title: t({ zh: '导入与更正', en: 'Import and correct' }) },
              ]}
            />
            {inspection ? (
              <ChooseColumns
                dataset={dataset}
                inspection={inspection}
                onBack={() => setInspection(undefined)}
                onStart={start}
              />
            ) : (
              <ChooseFile dataset={dataset} onInspected={setInspection} />
            )}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}
