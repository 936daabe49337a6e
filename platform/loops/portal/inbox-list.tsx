import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Empty, Flex, Skeleton, Typography } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Failure, OrganisationName, useWords, When } from '#portal/ui'
import type { Filters } from './filters.tsx'
import { LoopLight } from './loop-light.tsx'
import { LoopLink } from './loop-link.tsx'
import type { LoopItem } from './loop-types.ts'
import { MergeSelected } from './merge/merge-dialog.tsx'
import { useLoopList } from './queries.ts'
import { SignAll } from './sign-all.tsx'

export type InboxTab = 'todo' | 'watching' | 'done'

const EMPTY = {
  todo: { zh: '没有待办事项', en: 'Nothing to do' },
  watching: { zh: '没有关注的事项', en: 'Nothing watched' },
  done: { zh: '还没有办过事项', en: 'Nothing done yet' },
} as const

/** One tab of the inbox: rows that the keyboard walks, a selection to sign for together, more at a press. */
export function InboxList({ tab, filters }: { readonly tab: InboxTab; readonly filters: Filters }) {
  const t = useWords()
  const navigate = useNavigate()
  const list = useLoopList('/api/loops/inbox', { tab, ...filters })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const place = useRef<HTMLUListElement>(null)
  if (list.isError && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active />
  const items = list.data.pages.flatMap((page) => page.rows)
  const chosen = items.filter((item) => selected.has(item.id))
  if (items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(EMPTY[tab])} />

  const toggle = (id: string) =>
    setSelected((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]))
  const onKey = (event: KeyboardEvent) => {
    const rows = [...(place.current?.querySelectorAll<HTMLElement>('[data-loop]') ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
    const id = rows[at]?.dataset.loop
    if (step !== undefined) rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus()
    else if (event.target !== rows[at]) return
    else if (event.key === 'Enter' && id) void navigate({ to: `/loops/${id}` as string })
    else if (event.key === ' ' && id && tab === 'todo') toggle(id)
    else return
    event.preventDefault()
  }
  return (
    <Flex vertical gap="small">
      {tab === 'todo' && (
        <Flex wrap gap="small">
          <SignAll items={chosen} onDone={() => setSelected(new Set())} />
          <MergeSelected items={chosen} onDone={() => setSelected(new Set())} />
        </Flex>
      )}
      <Typography.Text type="secondary" className="dz-keys">
        {t({ zh: '键盘：J、K 上下移动，空格选中，回车打开', en: 'Keys: J and K move, space selects, enter opens' })}
      </Typography.Text>
      <ul ref={place} className="dz-inbox" onKeyDown={onKey}>
        {items.map((item) => (
          <InboxRow
            key={item.id}
            item={item}
            {...(tab === 'todo' ? { selected: selected.has(item.id), onSelect: () => toggle(item.id) } : {})}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage} block>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
    </Flex>
  )
}

interface RowProps {
  readonly item: LoopItem
  readonly selected?: boolean
  readonly onSelect?: () => void
}

function InboxRow({ item, selected = false, onSelect }: RowProps) {
  const t = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard walks the rows
    <li data-loop={item.id} tabIndex={0}>
      {onSelect && (
        <Checkbox
          checked={selected}
          onChange={onSelect}
          aria-label={t({ zh: `选择：${item.headline.zh}`, en: `Select: ${item.headline.en}` })}
        />
      )}
      <div className="dz-grow">
        <LoopLink item={item} />
        <div>
          <Typography.Text type="secondary">
            {item.unit && (
              <>
                <OrganisationName id={item.unit} /> ·{' '}
              </>
            )}
            {t(item.definitionTitle)} · {t(item.placeTitle)} · <When at={item.since} show="relative" />
            {item.signedBy && ` · ${t({ zh: `${item.signedBy}已签收`, en: `signed by ${item.signedBy}` })}`}
          </Typography.Text>
        </div>
      </div>
      <LoopLight item={item} />
    </li>
  )
}
