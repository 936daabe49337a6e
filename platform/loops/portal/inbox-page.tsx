import { Badge, Flex, Tabs } from 'antd'
import { useState } from 'react'
import { type Light, LightTag, PageFrame, useWords } from '#portal/ui'
import { type Filters, LoopFilters } from './filters.tsx'
import { InboxList, type InboxTab } from './inbox-list.tsx'
import type { InboxCounts } from './loop-types.ts'
import { OpenLoop } from './open-loop.tsx'
import { useInboxCounts } from './queries.ts'
import './loops.css'

const ORDER: readonly Light[] = ['red', 'yellow', 'green', 'grey']

/** What the reader has to do, watches and has done. */
export function InboxPage() {
  const t = useWords()
  const [tab, setTab] = useState<InboxTab>('todo')
  const [filters, setFilters] = useState<Filters>({})
  const counts = useInboxCounts().data
  const label = (zh: string, en: string) => t({ zh, en })
  return (
    <PageFrame
      title={{ zh: '我的事项', en: 'My matters' }}
      about={{
        zh: '按到期先后排列',
        en: 'Sorted by limit',
      }}
      extra={<OpenLoop />}
    >
      {counts && counts.total > 0 && <Counts counts={counts} filters={filters} onChange={setFilters} />}
      <LoopFilters value={filters} onChange={setFilters} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setTab(key as InboxTab)}
        items={[
          {
            key: 'todo',
            label: (
              <span>
                {label('待办', 'To do')}{' '}
                <Badge
                  count={counts?.more ? `${counts.total}+` : (counts?.total ?? 0)}
                  overflowCount={99_999}
                  color="#14508c"
                />
              </span>
            ),
            children: <InboxList tab="todo" filters={filters} />,
          },
          {
            key: 'watching',
            label: label('关注', 'Watching'),
            children: <InboxList tab="watching" filters={filters} />,
          },
          { key: 'done', label: label('已办', 'Done'), children: <InboxList tab="done" filters={filters} /> },
        ]}
      />
    </PageFrame>
  )
}

/** How many there are of each light; a press shows only those. */
function Counts({
  counts: { total, more, byLight },
  filters,
  onChange,
}: {
  readonly counts: InboxCounts
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
}) {
  const t = useWords()
  const toggle = (light: Light) => {
    const { light: before, ...rest } = filters
    onChange(before === light ? rest : { ...rest, light })
  }
  return (
    <Flex wrap gap="small" role="group" aria-label={t({ zh: '按时限统计', en: 'By limit' })}>
      {ORDER.filter((light) => byLight[light] > 0).map((light) => (
        <button
          key={light}
          type="button"
          className="dz-count"
          aria-pressed={filters.light === light}
          onClick={() => toggle(light)}
        >
          <LightTag light={light} />
          <strong>{byLight[light]}</strong>
        </button>
      ))}
      {more && (
        <span>{t({ zh: `只统计最先到期的 ${total} 件`, en: `Only the ${total} that are due first are counted` })}</span>
      )}
    </Flex>
  )
}
