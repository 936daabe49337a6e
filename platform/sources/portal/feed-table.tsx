import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Flex, Tag } from 'antd'
import { api, PageLink, Rows, useRight, useWords, When } from '#portal/ui'
import { canTakeWhole } from '../definition.ts'
import { FeedSlots } from './feed-slots.tsx'
import { SourceLight } from './light.tsx'
import type { Feed, SourceDetail } from './types.ts'
import { MODES, STATES } from './words.ts'

/** Feeds of a source, each with its light, how fresh it is, and a button to collect now. */
export function FeedTable({ source: { feedList } }: { readonly source: SourceDetail }) {
  const t = useWords()
  return (
    <Rows<Feed>
      rows={feedList}
      rowKey={({ id }) => id}
      caption={{ zh: '采集任务', en: 'Feeds' }}
      empty={{ zh: '还没有采集任务', en: 'No feeds yet' }}
      columns={[
        { id: 'title', title: { zh: '任务', en: 'Feed' }, heading: true, show: ({ title }) => t(title) },
        {
          id: 'light',
          title: { zh: '状况', en: 'State' },
          show: ({ light, lastRun, ...feed }) => (
            <>
              <SourceLight light={light} />
              {lastRun?.problem && <div>{t(lastRun.problem)}</div>}
              <FeedSlots feed={feed} />
            </>
          ),
        },
        {
          id: 'dataset',
          title: { zh: '进入数据集', en: 'Into dataset' },
          show: ({ dataset }) => <PageLink to={`/data/${dataset}`}>{dataset}</PageLink>,
        },
        { id: 'from', title: { zh: '取自', en: 'From' }, show: ({ from }) => from || '—' },
        {
          id: 'mode',
          title: { zh: '方式', en: 'How' },
          show: ({ mode, schedule }) => `${t(MODES[mode])} · ${t(scheduleWords(schedule))}`,
        },
        {
          id: 'fresh',
          title: { zh: '最近成功 / 承诺期限', en: 'Last good / promised until' },
          show: ({ lastGoodAt, dueAt }) => (
            <>
              {lastGoodAt ? <When at={lastGoodAt} /> : '—'} / {dueAt ? <When at={dueAt} /> : '—'}
            </>
          ),
        },
        {
          id: 'run',
          title: { zh: '最近一次', en: 'Last run' },
          show: ({ lastRun }) =>
            lastRun ? (
              <PageLink to={`/sources/runs/${lastRun.id}`}>
                <Tag color={STATES[lastRun.state].colour}>{t(STATES[lastRun.state].words)}</Tag>
              </PageLink>
            ) : (
              '—'
            ),
        },
        {
          id: 'act',
          title: { zh: '操作', en: 'Actions' },
          show: (feed) => <Actions feed={feed} />,
        },
      ]}
    />
  )
}

function scheduleWords(schedule: Feed['schedule']) {
  if (!schedule) return { zh: '手动', en: 'on demand' }
  if ('cron' in schedule) return { zh: schedule.cron, en: schedule.cron }
  const { everyMinutes: minutes } = schedule
  return { zh: `每 ${minutes} 分钟`, en: `every ${minutes} minutes` }
}

function Actions({ feed }: { readonly feed: Feed }) {
  const t = useWords()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: (whole: boolean) => api.post<{ run: number }>(`/api/sources/feeds/${feed.id}/runs`, { whole }),
    onSuccess: ({ run }) => {
      void queries.invalidateQueries({ queryKey: ['/api/sources/runs'] })
      void navigate({ to: `/sources/runs/${run}` })
    },
    onError: (error) => void message.error(error.message),
  })
  const [mayRun, mayDefine] = [useRight('sources.run'), useRight('sources.define')]
  const change = { to: `/sources/systems/${feed.source}/feed`, search: { feed: feed.id } }
  return (
    <Flex gap="small">
      {mayRun && (
        <Button size="small" disabled={!feed.isOn} loading={start.isPending} onClick={() => start.mutate(false)}>
          {t({ zh: '立即采集', en: 'Collect now' })}
        </Button>
      )}
      {mayRun && canTakeWhole(feed) && (
        <Button size="small" disabled={!feed.isOn} loading={start.isPending} onClick={() => start.mutate(true)}>
          {t({ zh: '全量核对', en: 'Compare all' })}
        </Button>
      )}
      {mayDefine && (
        <Button size="small" onClick={() => void navigate(change)}>
          {t({ zh: '修改', en: 'Change' })}
        </Button>
      )}
    </Flex>
  )
}
