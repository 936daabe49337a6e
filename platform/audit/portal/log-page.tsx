import { Button } from 'antd'
import { useState } from 'react'
import {
  address,
  type Column,
  KeysetTable,
  OrganisationName,
  PageFrame,
  PageLink,
  PersonName,
  useWords,
  When,
} from '#portal/ui'
import { LogFilter, type LogQuery } from './log-filter.tsx'
import { type Event, useVocabulary } from './vocabulary.ts'

interface Entry {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly actorKind: 'person' | 'machine' | 'system' | 'visitor'
  readonly actor: string
  readonly onBehalfOf: string | null
  readonly organisation: string | null
  readonly subjectKind: string | null
  readonly subject: string | null
  readonly purpose: string | null
  readonly details: object | null
}

/** The log for those who check; reading it is recorded too. */
export function LogPage() {
  const t = useWords()
  const vocabulary = useVocabulary()
  const [query, setQuery] = useState<LogQuery>({})
  const events = vocabulary.data?.rows ?? []
  return (
    <PageFrame
      title={{ zh: '审计日志', en: 'Audit log' }}
      about={{
        zh: '谁在何时做了什么、看了谁的资料；查阅本身也会记录',
        en: 'Who did what and read whose data, and when; reading here is recorded too',
      }}
      extra={
        <>
          <PageLink to="/admin/audit/events">{t({ zh: '事件词表', en: 'Vocabulary' })}</PageLink>
          <Button href={address('/api/audit/export', query)} download>
            {t({ zh: '导出 CSV', en: 'Export CSV' })}
          </Button>
        </>
      }
    >
      <LogFilter events={events} onChange={setQuery} />
      <KeysetTable<Entry>
        path="/api/audit"
        query={query}
        rowKey={({ id }) => id}
        caption={{ zh: '审计记录', en: 'Audit records' }}
        columns={columnsWith(events)}
      />
    </PageFrame>
  )
}

const columnsWith = (events: readonly Event[]): readonly Column<Entry>[] => [
  { id: 'at', title: { zh: '时间', en: 'Time' }, show: ({ at }) => <When at={at} />, width: 150 },
  {
    id: 'event',
    title: { zh: '事件', en: 'Event' },
    show: ({ event }) => <EventTitle event={events.find(({ id }) => id === event)} id={event} />,
    heading: true,
  },
  { id: 'actor', title: { zh: '操作人', en: 'By' }, show: (entry) => <Actor entry={entry} /> },
  {
    id: 'organisation',
    title: { zh: '单位', en: 'Organisation' },
    show: ({ organisation }) => <OrganisationName id={organisation} />,
  },
  {
    id: 'subject',
    title: { zh: '对象', en: 'Subject' },
    show: ({ subjectKind, subject }) => (subject ? `${subjectKind} ${subject}` : '—'),
  },
  { id: 'purpose', title: { zh: '目的', en: 'Purpose' }, show: ({ purpose }) => purpose ?? '—' },
  {
    id: 'details',
    title: { zh: '详情', en: 'Details' },
    show: ({ details }) => (details ? <code>{JSON.stringify(details)}</code> : '—'),
  },
]

function EventTitle({ event, id }: { readonly event: Event | undefined; readonly id: string }) {
  const t = useWords()
  return <span title={id}>{event ? t(event.title) : id}</span>
}

function Actor({ entry }: { readonly entry: Entry }) {
  const t = useWords()
  if (entry.actorKind !== 'person') return <span>{entry.actor}</span>
  return (
    <>
      <PersonName id={entry.actor} />
      {entry.onBehalfOf && (
        <>
          {t({ zh: '（代 ', en: ' (for ' })}
          <PersonName id={entry.onBehalfOf} />
          {t({ zh: '）', en: ')' })}
        </>
      )}
    </>
  )
}
