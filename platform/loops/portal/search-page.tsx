import { Flex, Segmented } from 'antd'
import { useState } from 'react'
import { PageFrame, useWords } from '#portal/ui'
import { type Filters, LoopFilters } from './filters.tsx'
import { LoopList } from './loop-list.tsx'
import { OpenLoop } from './open-loop.tsx'

type State = 'all' | 'open' | 'ended'

/** Every matter that the reader may see. */
export function SearchPage() {
  const t = useWords()
  const [filters, setFilters] = useState<Filters>({})
  const [state, setState] = useState<State>('open')
  const ended = state === 'all' ? {} : { ended: state === 'ended' }
  return (
    <PageFrame
      title={{ zh: '事项查询', en: 'Find matters' }}
      about={{ zh: '您有权查看的全部事项', en: 'Every matter that you may see' }}
      extra={<OpenLoop />}
    >
      <Flex wrap gap="small">
        <Segmented<State>
          aria-label={t({ zh: '办理状态', en: 'State' })}
          value={state}
          onChange={setState}
          options={[
            { value: 'open', label: t({ zh: '在办', en: 'Open' }) },
            { value: 'ended', label: t({ zh: '已结束', en: 'Ended' }) },
            { value: 'all', label: t({ zh: '全部', en: 'All' }) },
          ]}
        />
        <LoopFilters value={filters} onChange={setFilters} />
      </Flex>
      <LoopList filter={{ ...filters, ...ended }} empty={{ zh: '没有符合条件的事项', en: 'No matter fits' }} />
    </PageFrame>
  )
}
