import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Progress, Tag } from 'antd'
import { api, Failure, useRight, useWords } from '#portal/ui'
import type { DatasetDetail, FieldView } from './types.ts'
import { datasetPath } from './use-dataset.ts'

/** Whether lists of millions are searched by a field; a steward has that made here. */
export function ShowSearchable({ dataset, field }: { readonly dataset: DatasetDetail; readonly field: FieldView }) {
  const t = useWords()
  const client = useQueryClient()
  const isSteward = useRight('registry.steward')
  const ask = useMutation({
    mutationFn: () => api.post(`${datasetPath(dataset.id)}/searchable`, { field: field.name }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['registry', 'dataset', dataset.id] }),
  })
  if (ask.isError) return <Failure error={ask.error} retry={() => ask.mutate()} />
  if (field.searchable === 'yes') return <Tag color="green">{t({ zh: '可查找', en: 'Yes' })}</Tag>
  if (field.searchable === 'making')
    return dataset.indexing === null ? (
      <Tag>{t({ zh: '排队中', en: 'Waiting' })}</Tag>
    ) : (
      <Progress
        aria-label={t({ zh: '进度', en: 'Progress' })}
        percent={Math.round(100 * dataset.indexing)}
        size="small"
        style={{ width: 120 }}
      />
    )
  if (field.searchable === null || !isSteward) return '—'
  return (
    <Popconfirm
      title={t({ zh: `把“${field.title.zh}”设为可查找？`, en: `Make "${field.title.en}" searchable?` })}
      description={t({
        zh: '数据多时要几十秒，期间可以查看，写入会等待',
        en: 'With many rows this takes some tens of seconds; reading goes on, writing waits',
      })}
      onConfirm={() => ask.mutate()}
      okText={t({ zh: '确定', en: 'Yes' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
    >
      <Button size="small" loading={ask.isPending}>
        {t({ zh: '设为可查找', en: 'Make searchable' })}
      </Button>
    </Popconfirm>
  )
}
