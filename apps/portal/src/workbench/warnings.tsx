import { useQuery } from '@tanstack/react-query'
import { Flex, Tag } from 'antd'
import { api, DataState, PageLink, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Warning {
  readonly id: string
  readonly title: Words
  readonly memberTitle: Words
  readonly level: 'blue' | 'yellow' | 'orange' | 'red'
  readonly openedAt: string
  readonly loop: string | null
}

const SHOWN = 6
const LEVELS = {
  blue: { color: 'blue', words: { zh: '蓝色', en: 'Blue' } },
  yellow: { color: 'gold', words: { zh: '黄色', en: 'Yellow' } },
  orange: { color: 'orange', words: { zh: '橙色', en: 'Orange' } },
  red: { color: 'red', words: { zh: '红色', en: 'Red' } },
} as const

/** Warnings that last, newest first. */
export function Warnings() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['/api/warnings', { lasting: true, limit: SHOWN }],
    queryFn: () => api.get<{ readonly rows: readonly Warning[] }>('/api/warnings', { lasting: true, limit: SHOWN }),
  })
  useLiveQueries(['indicators.'], ['/api/warnings'])
  return (
    <DataState query={query} empty={{ zh: '现在没有预警。', en: 'There is no warning at present.' }}>
      {({ rows }) => (
        <ul className="dz-plain-list">
          {rows.map((warning) => (
            <li key={warning.id}>
              <Flex gap="small" wrap align="center">
                <Tag color={LEVELS[warning.level].color}>{t(LEVELS[warning.level].words)}</Tag>
                {warning.loop ? (
                  <PageLink to={`/loops/${warning.loop}`}>{t(warning.memberTitle)}</PageLink>
                ) : (
                  t(warning.memberTitle)
                )}
                <span>{t(warning.title)}</span>
                <When at={warning.openedAt} show="relative" />
              </Flex>
            </li>
          ))}
        </ul>
      )}
    </DataState>
  )
}
