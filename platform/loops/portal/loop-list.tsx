import { Button, Flex, Skeleton } from 'antd'
import { type Column, Failure, Rows, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { Due } from './due.tsx'
import { LoopLight } from './loop-light.tsx'
import { LoopLink } from './loop-link.tsx'
import type { LoopItem } from './loop-types.ts'
import { type LoopFilter, useLoopList } from './queries.ts'

export interface LoopListProps {
  /** `/api/loops` (all that the reader may see) unless said, or `/api/loops/inbox`. */
  readonly path?: string
  /** e.g. `{ origin: 'warning:17' }`, `{ definition: 'air.exceedance', ended: false }` */
  readonly filter?: LoopFilter
  readonly caption?: Words
  readonly empty?: Words
}

const columns: readonly Column<LoopItem>[] = [
  { id: 'headline', title: { zh: '事项', en: 'Matter' }, show: (item) => <LoopLink item={item} />, heading: true },
  { id: 'kind', title: { zh: '类型', en: 'Kind' }, show: (item) => <Text words={item.definitionTitle} /> },
  { id: 'place', title: { zh: '环节', en: 'Step' }, show: (item) => <Text words={item.placeTitle} /> },
  { id: 'light', title: { zh: '时限', en: 'Limit' }, show: (item) => <LoopLight item={item} /> },
  { id: 'due', title: { zh: '到期', en: 'Due' }, show: (item) => <Due at={item.due} /> },
  { id: 'opened', title: { zh: '发起', en: 'Opened' }, show: (item) => <When at={item.openedAt} /> },
]

function Text({ words }: { readonly words: Words }) {
  const t = useWords()
  return <span>{t(words)}</span>
}

/** Matters of one filter, live, for pages of other systems too. */
export function LoopList({ path = '/api/loops', filter = {}, caption, empty }: LoopListProps) {
  const t = useWords()
  const list = useLoopList(path, filter)
  if (list.isError && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active />
  return (
    <Flex vertical gap="middle">
      <Rows
        rows={list.data.pages.flatMap((page) => page.rows)}
        columns={columns}
        rowKey={(item) => item.id}
        caption={caption ?? { zh: '事项', en: 'Matters' }}
        {...(empty ? { empty } : {})}
      />
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage} block>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}
