import { Tag } from 'antd'
import { KeysetTable, PageFrame, PageLink, PersonName, useLiveQueries, useWords, When } from '#portal/ui'
import type { LoadView } from './types.ts'
import { STATES } from './words.ts'

/** Imports, latest first. */
export function LoadsPage() {
  const t = useWords()
  useLiveQueries(['registry.load.'], ['/api/registry/loads'])
  return (
    <PageFrame
      title={{ zh: '数据导入', en: 'Imports' }}
      about={{
        zh: '在数据集页面上传文件；这里查看进度、结果和待更正行。',
        en: 'Files are uploaded on the page of a dataset; here are progress, results and rows to correct.',
      }}
    >
      <KeysetTable<LoadView>
        path="/api/registry/loads"
        rowKey={({ id }) => id}
        caption={{ zh: '导入', en: 'Imports' }}
        empty={{ zh: '还没有导入', en: 'No imports yet' }}
        columns={[
          {
            id: 'file',
            title: { zh: '文件', en: 'File' },
            heading: true,
            show: ({ id, name }) => <PageLink to={`/imports/${id}`}>{name}</PageLink>,
          },
          {
            id: 'dataset',
            title: { zh: '数据集', en: 'Dataset' },
            show: ({ dataset }) => <PageLink to={`/data/${dataset}`}>{dataset}</PageLink>,
          },
          {
            id: 'state',
            title: { zh: '状态', en: 'State' },
            show: ({ state }) => <Tag color={STATES[state].colour}>{t(STATES[state].words)}</Tag>,
          },
          {
            id: 'inserted',
            title: { zh: '新增', en: 'New' },
            align: 'right',
            show: ({ inserted }) => inserted.toLocaleString(),
          },
          {
            id: 'changed',
            title: { zh: '更新', en: 'Changed' },
            align: 'right',
            show: ({ changed }) => changed.toLocaleString(),
          },
          {
            id: 'refused',
            title: { zh: '待更正', en: 'To correct' },
            align: 'right',
            show: ({ refused }) => refused.toLocaleString(),
          },
          { id: 'by', title: { zh: '导入人', en: 'By' }, show: ({ by }) => <PersonName id={by} /> },
          { id: 'at', title: { zh: '时间', en: 'When' }, show: ({ startedAt }) => <When at={startedAt} /> },
        ]}
      />
    </PageFrame>
  )
}
