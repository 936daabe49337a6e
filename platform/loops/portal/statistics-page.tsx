import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { api, type Column, DataState, PageFrame, PageLink, Rows, useLiveQueries, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { loopsKey } from './queries.ts'

interface Line {
  readonly definition: string
  readonly title: Words
  readonly division: string | null
  readonly open: number
  readonly overdue: number
  readonly ended: number
  readonly endedLate: number
  readonly meanHours: number | null
}

const number = (id: keyof Line, title: Words): Column<Line> => ({
  id,
  title,
  align: 'right',
  show: (line) => <span>{line[id] === null ? '—' : String(line[id])}</span>,
})

const columns: readonly Column<Line>[] = [
  { id: 'title', title: { zh: '类型', en: 'Kind' }, show: (line) => <Title line={line} /> },
  { id: 'division', title: { zh: '区划', en: 'Division' }, show: (line) => <span>{line.division ?? '—'}</span> },
  number('open', { zh: '在办', en: 'Open' }),
  number('overdue', { zh: '超期未办', en: 'Overdue' }),
  number('ended', { zh: '办结', en: 'Ended' }),
  number('endedLate', { zh: '超期办结', en: 'Ended late' }),
  number('meanHours', { zh: '平均用时（小时）', en: 'Mean hours' }),
]

function Title({ line: { definition, title } }: { readonly line: Line }) {
  const t = useWords()
  return <PageLink to={`/loops/mining?definition=${definition}`}>{t(title)}</PageLink>
}

/** How many matters are open, overdue and ended, by kind and county. */
export function StatisticsPage() {
  const t = useWords()
  const [days, setDays] = useState(30)
  useLiveQueries(['loops.'], loopsKey)
  const query = useQuery({
    queryKey: [...loopsKey, 'statistics', days],
    queryFn: () => api.get<readonly Line[]>('/api/loops/statistics', { days }),
  })
  return (
    <PageFrame title={{ zh: '事项统计', en: 'Statistics of matters' }}>
      <Segmented<number>
        aria-label={t({ zh: '办结时间', en: 'Ended within' })}
        value={days}
        onChange={setDays}
        options={[7, 30, 90, 365].map((n) => ({ value: n, label: t({ zh: `近${n}天`, en: `${n} days` }) }))}
      />
      <DataState query={query}>
        {(lines) => (
          <Rows
            rows={lines}
            columns={columns}
            rowKey={(line) => `${line.definition} ${line.division}`}
            caption={{ zh: '事项统计', en: 'Statistics of matters' }}
          />
        )}
      </DataState>
    </PageFrame>
  )
}
