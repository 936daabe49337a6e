import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { api, useRight, useWords, When } from '#portal/ui'
import type { Feed } from './types.ts'
import { sizeOf } from './words.ts'

type Slot = Feed['slots'][number]

/** What the source keeps for a feed that is collected by replication, and what is left of it to be cleared away. */
export function FeedSlots({ feed }: { readonly feed: Pick<Feed, 'id' | 'source' | 'slots'> }) {
  return feed.slots.map((slot) => <FeedSlot key={slot.name} slot={slot} feed={feed.id} source={feed.source} />)
}

function FeedSlot({
  slot: { name, lagBytes, behindSince, isFarBehind, problem },
  feed,
  source,
}: {
  readonly slot: Slot
  readonly feed: string
  readonly source: string
}) {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const mayDefine = useRight('sources.define')
  const forget = useMutation({
    mutationFn: () => api.delete(`/api/sources/feeds/${feed}/slots/${name}`),
    onSuccess: () => void queries.invalidateQueries({ queryKey: [`/api/sources/systems/${source}`] }),
    onError: (error) => void message.error(error.message),
  })
  if (problem)
    return (
      <Alert
        type="error"
        title={t(problem)}
        action={
          mayDefine && (
            <Button size="small" loading={forget.isPending} onClick={() => forget.mutate()}>
              {t({ zh: '已删除', en: 'It is gone' })}
            </Button>
          )
        }
      />
    )
  return (
    <div>
      {isFarBehind && <strong>{t({ zh: '复制落后过多：', en: 'Replication is far behind: ' })}</strong>}
      {lagBytes !== null && `${t({ zh: '来源保留日志', en: 'log kept at the source' })} ${sizeOf(lagBytes)}；`}
      {t({ zh: '变更取至', en: 'changes taken until' })} <When at={behindSince} />
    </div>
  )
}
