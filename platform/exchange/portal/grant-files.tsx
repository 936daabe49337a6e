import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Popconfirm, Progress, Tag, Typography } from 'antd'
import { api, DataState, Failure, Rows, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { FileView, GrantDetail } from './types.ts'

const STATES: Readonly<Record<FileView['state'], { readonly words: Words; readonly colour: string }>> = {
  making: { words: { zh: '正在生成', en: 'Being made' }, colour: 'processing' },
  done: { words: { zh: '已生成', en: 'Made' }, colour: 'success' },
  cancelled: { words: { zh: '已取消', en: 'Cancelled' }, colour: 'default' },
  failed: { words: { zh: '失败', en: 'Failed' }, colour: 'error' },
}
const POLL_MS = 1500

/** Batch files of a grant: order one, watch it, cancel it, fetch it. */
export function GrantFiles({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const mayCall = useRight('exchange.call') && grant.state === 'active'
  const queries = useQueryClient()
  const path = `/api/exchange/grants/${grant.id}/files`
  const query = useQuery({
    queryKey: [path],
    queryFn: () => api.get<{ files: readonly FileView[] }>(path),
    refetchInterval: ({ state }) => (state.data?.files.some((file) => file.state === 'making') ? POLL_MS : false),
  })
  const again = () => queries.invalidateQueries({ queryKey: [path] })
  const make = useMutation({ mutationFn: (format: string) => api.post(path, { format }), onSuccess: again })
  const cancel = useMutation({
    mutationFn: (id: string) => api.delete(`/api/exchange/files/${id}`),
    onSuccess: again,
  })
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">
        {t({
          zh: '每生成一份计一次调用；同时至多生成 2 份，至多保留 10 份，下载后请删除。',
          en: 'Each file counts as one call; two are made at a time and ten kept, so delete what you have downloaded.',
        })}
      </Typography.Text>
      {mayCall && (
        <Flex wrap gap="small">
          {['xlsx', 'csv', 'jsonl'].map((format) => (
            <Button key={format} loading={make.isPending} onClick={() => make.mutate(format)}>
              {`${t({ zh: '生成', en: 'Make' })} ${format.toUpperCase()}`}
            </Button>
          ))}
        </Flex>
      )}
      {make.error && <Failure error={make.error} />}
      {cancel.error && <Failure error={cancel.error} />}
      <DataState query={query} isEmpty={() => false}>
        {({ files }) => (
          <Rows<FileView>
            rows={files}
            rowKey={({ id }) => id}
            caption={{ zh: '批量文件', en: 'Batch files' }}
            empty={{ zh: '还没有文件', en: 'No files yet' }}
            columns={[
              {
                id: 'at',
                title: { zh: '时间', en: 'Time' },
                heading: true,
                show: ({ madeAt }) => <When at={madeAt} />,
              },
              { id: 'format', title: { zh: '格式', en: 'Format' }, show: ({ format }) => format.toUpperCase() },
              { id: 'state', title: { zh: '状态', en: 'State' }, show: (file) => <State file={file} /> },
              {
                id: 'rows',
                title: { zh: '行数', en: 'Rows' },
                align: 'right',
                show: ({ rows }) => rows.toLocaleString(),
              },
              {
                id: 'do',
                title: { zh: '操作', en: 'Actions' },
                show: ({ id, state, clearedAt }) =>
                  state === 'making' ? (
                    <Button size="small" onClick={() => cancel.mutate(id)}>
                      {t({ zh: '取消', en: 'Cancel' })}
                    </Button>
                  ) : state === 'done' && !clearedAt && mayCall ? (
                    <Flex wrap gap="small" align="center">
                      <a href={`/api/exchange/files/${id}`}>{t({ zh: '下载', en: 'Download' })}</a>
                      <Popconfirm
                        title={t({ zh: '删除这份文件？回执仍保留。', en: 'Delete this file? Its receipt stays.' })}
                        onConfirm={() => cancel.mutate(id)}
                      >
                        <Button size="small" danger>
                          {t({ zh: '删除', en: 'Delete' })}
                        </Button>
                      </Popconfirm>
                    </Flex>
                  ) : (
                    '—'
                  ),
              },
            ]}
          />
        )}
      </DataState>
    </Flex>
  )
}

function State({ file: { state, rows, about, problem, clearedAt } }: { readonly file: FileView }) {
  const t = useWords()
  const { words, colour } = STATES[state]
  return (
    <Flex vertical style={{ minWidth: 140 }}>
      <Tag color={colour}>{t(words)}</Tag>
      {clearedAt && t({ zh: '已清理', en: 'Cleared away' })}
      {state === 'making' && (
        <Progress
          percent={Math.min(99, Math.round((100 * rows) / Math.max(about, rows, 1)))}
          size="small"
          aria-label={t({ zh: '进度', en: 'Progress' })}
        />
      )}
      {problem && t(problem)}
    </Flex>
  )
}
