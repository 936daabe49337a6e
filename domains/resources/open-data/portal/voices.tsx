import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Collapse, Empty, Flex, Skeleton, Tag, Typography } from 'antd'
import { api, Failure, type KeysetPage, PageLink, useWords, When } from '#portal/ui'
import { VOICES } from './names.ts'
import type { VoiceView } from './types.ts'
import { VoiceForm } from './voice-form.tsx'

/** What readers sent and were answered, about one dataset or on the whole board, and a form to send more. */
export function Voices({ entry, kind }: { readonly entry?: string; readonly kind?: string }) {
  const t = useWords()
  const list = useInfiniteQuery({
    queryKey: ['open-data', 'voices', entry, kind],
    queryFn: ({ pageParam }) =>
      api.get<KeysetPage<VoiceView>>('/api/open-data/voices', { entry, kind, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const voices = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Flex vertical gap="middle">
      <Collapse
        items={[
          {
            key: 'send',
            label: entry
              ? t({ zh: '提出纠错、需求或应用案例', en: 'Send a correction, a request or an app' })
              : t({ zh: '提出数据需求', en: 'Ask for data' }),
            children: <VoiceForm {...(entry ? { entry } : {})} />,
          },
        ]}
      />
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active />}
      {list.data && voices.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t({ zh: '还没有来件', en: 'Nothing yet' })} />
      )}
      {voices.map((voice) => (
        <Voice key={voice.id} voice={voice} withEntry={entry === undefined} />
      ))}
      {list.hasNextPage && (
        <Button block onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}

function Voice({ voice, withEntry }: { readonly voice: VoiceView; readonly withEntry: boolean }) {
  const t = useWords()
  return (
    <Card size="small">
      <Flex vertical gap="small">
        <Flex wrap gap="small" align="center">
          <Tag color="blue">{t(VOICES[voice.kind] ?? { zh: voice.kind, en: voice.kind })}</Tag>
          <strong lang="zh">{voice.title}</strong>
          <Typography.Text type="secondary">
            <When at={voice.madeAt} show="day" />
          </Typography.Text>
          {withEntry && voice.entry && <PageLink to={`/open-data/datasets/${voice.entry}`}>{voice.entry}</PageLink>}
        </Flex>
        <Typography.Paragraph lang="zh" style={{ margin: 0, whiteSpace: 'pre-wrap' }}>
          {voice.text}
        </Typography.Paragraph>
        {voice.url && (
          <a href={voice.url} rel="nofollow ugc noopener">
            {voice.url}
          </a>
        )}
        {voice.answer ? (
          <Alert
            type="success"
            title={t({ zh: '公开答复', en: 'Answer' })}
            description={
              <span lang="zh" style={{ whiteSpace: 'pre-wrap' }}>
                {voice.answer}
              </span>
            }
          />
        ) : (
          <Typography.Text type="secondary">
            {t({ zh: '责任单位正在办理', en: 'The owner is working on it' })}
          </Typography.Text>
        )}
      </Flex>
    </Card>
  )
}
