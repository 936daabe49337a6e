import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Typography } from 'antd'
import { api, type KeysetPage, useWords, When } from '#portal/ui'
import type { PastQuestion } from './types.ts'

const SHOWN = 10

/** What one asked last, to be asked again; read again when `after` changes. */
export function PastQuestions({
  after,
  onChoose,
}: {
  readonly after: string
  readonly onChoose: (sql: string) => void
}) {
  const t = useWords()
  const { data } = useQuery({
    queryKey: ['/api/analytics/questions', after],
    placeholderData: keepPreviousData,
    queryFn: () => api.get<KeysetPage<PastQuestion>>('/api/analytics/questions'),
  })
  if (!data || data.rows.length === 0) return null
  return (
    <section aria-label={t({ zh: '我最近的查询', en: 'My last questions' })}>
      <h2>{t({ zh: '我最近的查询', en: 'My last questions' })}</h2>
      <ul className="dz-plain-list">
        {data.rows.slice(0, SHOWN).map(({ id, sql, purpose, askedAt }) => (
          <li key={id}>
            <Button
              block
              style={{ height: 'auto', paddingBlock: 6, textAlign: 'start', justifyContent: 'start' }}
              onClick={() => onChoose(sql)}
            >
              <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                <code>{sql.length > 120 ? `${sql.slice(0, 120)}…` : sql}</code>
              </span>
            </Button>
            <Typography.Text type="secondary">
              {purpose} · <When at={askedAt} />
            </Typography.Text>
          </li>
        ))}
      </ul>
    </section>
  )
}
