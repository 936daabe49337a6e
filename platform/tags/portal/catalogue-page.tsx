import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Segmented, Select, Tag } from 'antd'
import { useState } from 'react'
import {
  api,
  DataState,
  Failure,
  OrganisationName,
  PageFrame,
  PageLink,
  Rows,
  useLiveQueries,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import { KindTag } from './kind-tag.tsx'
import type { Catalogue, RunView, TagSummary } from './types.ts'
import { KINDS, PSI_SHIFTED, percent, SENSITIVITIES } from './words.ts'

export const catalogueKey = ['/api/tags'] as const
export const useCatalogue = () => useQuery({ queryKey: catalogueKey, queryFn: () => api.get<Catalogue>('/api/tags') })

/** Every tag in force, to look for by name, kind, theme and owner. */
export function CataloguePage() {
  const t = useWords()
  const query = useCatalogue()
  useLiveQueries(['tags.run.done'], catalogueKey)
  return (
    <PageFrame
      title={{ zh: '标签目录', en: 'Tags' }}
      about={{
        zh: '每个标签的定义、责任单位、依据和准确率。事实、统计和模型分开。',
        en: 'Each tag with definition, owner, evidence and precision. Facts, statistics and estimates are kept apart.',
      }}
      extra={<RunButton subject={query.data?.subjects[0]?.id} />}
    >
      <DataState
        query={query}
        isEmpty={({ tags }) => tags.length === 0}
        empty={{ zh: '还没有标签', en: 'No tags yet' }}
      >
        {({ tags, subjects, run }) => (
          <>
            <LastRun run={run} />
            <List tags={tags} themes={subjects[0]?.themes ?? {}} />
            <span className="dz-hint">{t({ zh: `共 ${tags.length} 个标签`, en: `${tags.length} tags` })}</span>
          </>
        )}
      </DataState>
    </PageFrame>
  )
}

function RunButton({ subject }: { readonly subject: string | undefined }) {
  const t = useWords()
  const queries = useQueryClient()
  const mayRun = useRight('tags.run')
  const run = useMutation({
    mutationFn: () => api.post('/api/tags/runs', { subject }),
    onSuccess: () => queries.invalidateQueries({ queryKey: catalogueKey }),
  })
  if (!mayRun || !subject) return null
  return (
    <>
      {run.isError && <Failure error={run.error} />}
      {run.isSuccess && <span role="status">{t({ zh: '已开始计算', en: 'Computing has begun' })}</span>}
      <Button onClick={() => run.mutate()} loading={run.isPending}>
        {t({ zh: '立即计算', en: 'Compute now' })}
      </Button>
    </>
  )
}

function LastRun({ run }: { readonly run: RunView | null }) {
  const t = useWords()
  if (!run)
    return (
      <Alert
        type="info"
        showIcon
        title={t({
          zh: '还没有计算过。数据载入并平静一分钟后会自动计算。',
          en: 'Not computed yet. It begins by itself once the data have been quiet for a minute.',
        })}
      />
    )
  if (run.state === 'failed')
    return (
      <Alert
        type="error"
        showIcon
        title={run.problem ? t(run.problem) : t({ zh: '上次计算失败', en: 'The last run failed' })}
      />
    )
  if (run.state === 'computing') return <Alert type="info" showIcon title={t({ zh: '正在计算', en: 'Computing' })} />
  return (
    <span>
      {t({ zh: '最近计算', en: 'Last run' })} <When at={run.endedAt} />
      {t({
        zh: `，共 ${run.carried?.toLocaleString()} 条，新增 ${run.added?.toLocaleString()}，消失 ${run.removed?.toLocaleString()}`,
        en: `: ${run.carried?.toLocaleString()} values, ${run.added?.toLocaleString()} new, ${run.removed?.toLocaleString()} gone`,
      })}
    </span>
  )
}

function List({
  tags,
  themes,
}: {
  readonly tags: readonly TagSummary[]
  readonly themes: Catalogue['subjects'][number]['themes']
}) {
  const t = useWords()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<string>('')
  const [theme, setTheme] = useState<string>()
  const needle = text.trim().toLowerCase()
  const shown = tags.filter(
    (tag) =>
      (!kind || tag.kind === kind) &&
      (!theme || tag.theme === theme) &&
      [tag.id, tag.title.zh, tag.title.en, tag.about.zh, tag.about.en].some((each) =>
        each.toLowerCase().includes(needle),
      ),
  )
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        <Input.Search
          allowClear
          style={{ maxWidth: 260 }}
          aria-label={t({ zh: '查找标签', en: 'Search tags' })}
          placeholder={t({ zh: '按名称或含义查找', en: 'Search by name or meaning' })}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          aria-label={t({ zh: '种类', en: 'Kind' })}
          value={kind}
          onChange={setKind}
          options={[
            { value: '', label: t({ zh: '全部', en: 'All' }) },
            ...Object.entries(KINDS).map(([value, title]) => ({ value, label: t(title) })),
          ]}
        />
        <Select
          allowClear
          style={{ minWidth: 160 }}
          aria-label={t({ zh: '主题', en: 'Theme' })}
          placeholder={t({ zh: '全部主题', en: 'All themes' })}
          onChange={setTheme}
          options={Object.entries(themes).map(([value, title]) => ({ value, label: t(title) }))}
        />
      </Flex>
      <Rows<TagSummary>
        rows={shown}
        rowKey={({ id }) => id}
        caption={{ zh: '标签', en: 'Tags' }}
        empty={{ zh: '没有符合条件的标签', en: 'No tag fits' }}
        columns={[
          {
            id: 'title',
            title: { zh: '标签', en: 'Tag' },
            heading: true,
            show: ({ id, title }) => <PageLink to={`/tags/${encodeURIComponent(id)}`}>{t(title)}</PageLink>,
          },
          { id: 'kind', title: { zh: '种类', en: 'Kind' }, show: (tag) => <KindTag kind={tag.kind} /> },
          {
            id: 'theme',
            title: { zh: '主题', en: 'Theme' },
            show: (tag) => t(themes[tag.theme] ?? { zh: tag.theme, en: tag.theme }),
          },
          { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
          {
            id: 'sensitivity',
            title: { zh: '敏感性', en: 'Sensitivity' },
            show: (tag) => t(SENSITIVITIES[tag.sensitivity]),
          },
          {
            id: 'carriers',
            title: { zh: '携带者', en: 'Carriers' },
            align: 'right',
            show: ({ carriers }) => carriers?.toLocaleString() ?? '—',
          },
          { id: 'quality', title: { zh: '质量', en: 'Quality' }, show: (tag) => <Quality tag={tag} /> },
        ]}
      />
    </Flex>
  )
}

/** Marks of what is wrong with a tag, or its precision. */
export function Quality({ tag }: { readonly tag: TagSummary }) {
  const t = useWords()
  const { precision, bar, psi, problem, isStale } = tag
  return (
    <Flex wrap gap={4}>
      {problem && <Tag color="error">{t({ zh: '计算失败', en: 'Failed' })}</Tag>}
      {isStale && <Tag color="warning">{t({ zh: '未计算或过期', en: 'Out of date' })}</Tag>}
      {psi !== null && psi > PSI_SHIFTED && <Tag color="error">{t({ zh: '分布变化', en: 'Shifted' })}</Tag>}
      {precision ? (
        <Tag color={precision.share < bar ? 'error' : 'success'}>
          {t({
            zh: `准确率 ${percent(precision.share)}${precision.share < bar ? '（低于要求）' : ''}`,
            en: `Precision ${percent(precision.share)}${precision.share < bar ? ' (below the bar)' : ''}`,
          })}
        </Tag>
      ) : (
        <span>{t({ zh: '未抽查', en: 'Not reviewed' })}</span>
      )}
    </Flex>
  )
}
