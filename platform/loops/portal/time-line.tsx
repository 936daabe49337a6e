import { PaperClipOutlined } from '@ant-design/icons'
import { Timeline, Typography } from 'antd'
import { PageLink, useMarks, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { TimeLineEntry } from './loop-types.ts'

/** What has been done with a matter, newest first. */
export function LoopTimeLine({
  entries,
  places,
}: {
  readonly entries: readonly TimeLineEntry[]
  readonly places: Readonly<Record<string, Words>>
}) {
  return (
    <Timeline
      items={entries.toReversed().map((entry) => ({
        key: entry.revision,
        content: <Entry entry={entry} places={places} />,
        color: entry.actor === null ? 'gray' : 'blue',
      }))}
    />
  )
}

function Entry({ entry, places }: { readonly entry: TimeLineEntry; readonly places: Readonly<Record<string, Words>> }) {
  const t = useWords()
  const { inBrackets, colon } = useMarks()
  const place = (id: string) => t(places[id] ?? { zh: id, en: id })
  const who = entry.actor ?? t({ zh: '系统自动', en: 'By the system' })
  return (
    <article>
      <Typography.Text strong>{t(entry.title)}</Typography.Text>{' '}
      <Typography.Text type="secondary">
        {who}
        {entry.post ? inBrackets(t(entry.post)) : ''} · <When at={entry.at} />
      </Typography.Text>
      {entry.from !== entry.to && (
        <div>{entry.from === null ? place(entry.to) : `${place(entry.from)} → ${place(entry.to)}`}</div>
      )}
      {entry.restricted && (
        <Typography.Text type="secondary">
          {t({ zh: '内容仅限指定人员查看', en: 'For named readers only' })}
        </Typography.Text>
      )}
      {entry.fields.map((field) => (
        <div key={field.name} className="dz-log-field">
          <Typography.Text type="secondary">
            {t(field.title)}
            {colon}
          </Typography.Text>
          {field.matter ? (
            <PageLink to={`/loops/${field.matter}`}>{t(field.value)}</PageLink>
          ) : (
            <span style={{ whiteSpace: 'pre-wrap' }}>{t(field.value)}</span>
          )}
        </div>
      ))}
      {entry.note && <div style={{ whiteSpace: 'pre-wrap' }}>{entry.note}</div>}
      {entry.evidence.map((file) => (
        <div key={file.id}>
          <a href={`/api/files/${file.id}`}>
            <PaperClipOutlined aria-hidden /> {file.name}
          </a>
        </div>
      ))}
    </article>
  )
}
