import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Tag, Typography } from 'antd'
import { api, KeysetTable, PageFrame, PageLink, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

interface NoticeRow {
  readonly id: number
  readonly at: string
  readonly title: Words
  readonly body: Words
  readonly link: string | null
  readonly urgency: 'normal' | 'urgent'
  readonly read: boolean
}

/** What the person was told, newest first. */
export function NoticesPage() {
  const t = useWords()
  const queries = useQueryClient()
  const refresh = () =>
    Promise.all(['notices', '/api/notices'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  const mark = useMutation({
    mutationFn: (ids?: readonly number[]) => api.post('/api/notices/read', ids ? { ids } : {}),
    onSuccess: refresh,
  })
  useLiveQueries(['notices.'], ['/api/notices'])
  return (
    <PageFrame
      title={{ zh: '通知', en: 'Notices' }}
      extra={
        <>
          <PageLink to="/notices/settings">{t({ zh: '通知设置', en: 'Notice settings' })}</PageLink>
          <Button onClick={() => mark.mutate(undefined)} loading={mark.isPending}>
            {t({ zh: '全部标为已读', en: 'Mark all as read' })}
          </Button>
        </>
      }
    >
      <KeysetTable<NoticeRow>
        path="/api/notices"
        caption={{ zh: '我的通知', en: 'My notices' }}
        empty={{
          zh: '没有通知。有待办、预警或答复时会出现在这里。',
          en: 'No notices. To-dos, warnings and answers will show up here.',
        }}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'title',
            title: { zh: '内容', en: 'Notice' },
            heading: true,
            show: (row) => <NoticeText notice={row} />,
          },
          {
            id: 'at',
            title: { zh: '时间', en: 'Time' },
            width: 170,
            show: (row) => <When at={row.at} show="relative" />,
          },
          {
            id: 'read',
            title: { zh: '状态', en: 'State' },
            width: 150,
            show: (row) =>
              row.read ? (
                t({ zh: '已读', en: 'Read' })
              ) : (
                <Button size="small" onClick={() => mark.mutate([row.id])}>
                  {t({ zh: '标为已读', en: 'Mark as read' })}
                </Button>
              ),
          },
        ]}
      />
    </PageFrame>
  )
}

function NoticeText({ notice }: { readonly notice: NoticeRow }) {
  const t = useWords()
  const title = <Typography.Text strong={!notice.read}>{t(notice.title)}</Typography.Text>
  return (
    <Flex vertical>
      <Flex gap="small" align="center" wrap>
        {notice.urgency === 'urgent' && <Tag color="red">{t({ zh: '紧急', en: 'Urgent' })}</Tag>}
        {notice.link ? <PageLink to={notice.link}>{title}</PageLink> : title}
      </Flex>
      <Typography.Text type="secondary">{t(notice.body)}</Typography.Text>
    </Flex>
  )
}
