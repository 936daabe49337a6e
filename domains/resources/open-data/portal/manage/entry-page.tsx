import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Collapse, Flex, Input, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, PageFrame, PageLink, useLiveQueries, useRight, useWords, When } from '#portal/ui'
import { FreshnessBadge } from '../badges.tsx'
import { Difference } from '../downloads.tsx'
import { ExemptReasons } from './exempt-fields.tsx'
import { type EntryDetail, type ReviewVersion, STATES } from './manage-types.ts'
import { ScoreView } from './score-view.tsx'
import { TestResult } from './test-result.tsx'

const VERSION_STATES = {
  candidate: { zh: '待审', en: 'Candidate' },
  published: { zh: '已发布', en: 'Published' },
  refused: { zh: '未发布', en: 'Not published' },
} as const

/** One open dataset for those who answer for it: release under way, test, quality score, versions, withdrawal. */
export function EntryPage() {
  const { id = '' } = useParams({ strict: false })
  const key = ['open-data', 'manage', id]
  const query = useQuery({ queryKey: key, queryFn: () => api.get<EntryDetail>(`/api/open-data/manage/entries/${id}`) })
  useLiveQueries(['open-data.', 'loops.'], key)
  return (
    <PageFrame
      title={query.data?.title ?? id}
      above={[{ title: { zh: '数据开放管理', en: 'Managing open data' }, path: '/open-data/manage' }]}
    >
      <DataState query={query} isEmpty={() => false}>
        {(entry) => <Entry entry={entry} />}
      </DataState>
    </PageFrame>
  )
}

function Entry({ entry }: { readonly entry: EntryDetail }) {
  const t = useWords()
  const { reviewed } = entry
  return (
    <Flex vertical gap="large">
      <Flex wrap gap="small" align="center">
        <Tag color={entry.state === 'published' ? 'green' : 'default'}>{t(STATES[entry.state])}</Tag>
        {entry.freshness && <FreshnessBadge state={entry.freshness} />}
        {entry.newestAt && (
          <span>
            {t({ zh: '数据截至', en: 'Newest data' })} <When at={entry.newestAt} />
          </span>
        )}
        {entry.state === 'published' && (
          <PageLink to={`/open-data/datasets/${entry.id}`}>{t({ zh: '公开页面', en: 'Public page' })}</PageLink>
        )}
      </Flex>
      {entry.state === 'withdrawn' && <Alert type="warning" showIcon title={entry.reason ?? ''} />}
      {entry.release && <Release release={entry.release} />}
      {reviewed && (
        <section>
          <h2>
            {t({
              zh: `重新识别检验（第 ${reviewed.number} 版）`,
              en: `Re-identification test, version ${reviewed.number}`,
            })}
          </h2>
          <TestResult test={reviewed.test} />
          {reviewed.test.facts.persons && <ExemptReasons version={reviewed} />}
        </section>
      )}
      {entry.score && <ScoreView score={entry.score} />}
      <Versions versions={entry.versions} />
      {entry.state === 'published' && <Withdraw id={entry.id} />}
    </Flex>
  )
}

function Release({ release }: { readonly release: NonNullable<EntryDetail['release']> }) {
  const t = useWords()
  return (
    <Alert
      type={release.place === 'correcting' ? 'warning' : 'info'}
      showIcon
      title={t({ zh: '有一次发布正在办理', en: 'A release is under way' })}
      description={release.finding}
      action={<Button href={`/loops/${release.loop}`}>{t({ zh: '去办理', en: 'Go to it' })}</Button>}
    />
  )
}

function Versions({ versions }: { readonly versions: readonly ReviewVersion[] }) {
  const t = useWords()
  return (
    <section>
      <h2>{t({ zh: '版本', en: 'Versions' })}</h2>
      <Collapse
        items={versions.map((version) => ({
          key: version.number,
          label: (
            <span>
              {t({ zh: `第 ${version.number} 版`, en: `Version ${version.number}` })} ·{' '}
              {t(VERSION_STATES[version.state])} · <When at={version.publishedAt} /> ·{' '}
              <Difference diff={version.diff} />
            </span>
          ),
          children: <TestResult test={version.test} />,
        }))}
      />
    </section>
  )
}

function Withdraw({ id }: { readonly id: string }) {
  const t = useWords()
  const queries = useQueryClient()
  const may = useRight('open-data.withdraw')
  const [reason, setReason] = useState('')
  const withdraw = useMutation({
    mutationFn: () => api.post(`/api/open-data/manage/entries/${id}/withdrawal`, { reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['open-data'] }),
  })
  if (!may) return null
  return (
    <section>
      <h2>{t({ zh: '撤回', en: 'Withdraw' })}</h2>
      <Flex wrap gap="small">
        <Input
          style={{ maxWidth: 480 }}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          aria-label={t({ zh: '撤回原因（公开）', en: 'Why, shown to the public' })}
          placeholder={t({ zh: '撤回原因（公开）', en: 'Why, shown to the public' })}
        />
        <Popconfirm
          title={t({ zh: '立即从公开网站撤下？', en: 'Take it off the public site now?' })}
          onConfirm={() => withdraw.mutate()}
        >
          <Button danger disabled={reason.trim() === ''} loading={withdraw.isPending}>
            {t({ zh: '撤回', en: 'Withdraw' })}
          </Button>
        </Popconfirm>
      </Flex>
      {withdraw.error && <Failure error={withdraw.error} />}
    </section>
  )
}
