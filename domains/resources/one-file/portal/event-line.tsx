import { Timeline, Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { LifeEvent } from '../types.ts'
import { RowLink } from './section.tsx'

const COLOURS: Readonly<Record<string, string>> = {
  death: 'gray',
  'struck-off': 'gray',
  closed: 'gray',
  penalty: 'red',
  merged: 'gray',
}

/** What happened, each with the row that tells it. */
export function EventLine({ events }: { readonly events: readonly LifeEvent[] }) {
  const t = useWords()
  if (events.length === 0)
    return <Typography.Text type="secondary">{t({ zh: '没有记录', en: 'Nothing known' })}</Typography.Text>
  return (
    <Timeline
      items={events.map(({ kind, title, on, detail, dataset, row }) => ({
        key: `${kind}/${dataset}/${row}`,
        color: COLOURS[kind] ?? 'blue',
        content: (
          <>
            <strong>{on ?? t({ zh: '日期不详', en: 'Day unknown' })}</strong> {t(title)}{' '}
            {detail && <span>{detail}</span>} <RowLink dataset={dataset} row={row} />
          </>
        ),
      }))}
    />
  )
}
