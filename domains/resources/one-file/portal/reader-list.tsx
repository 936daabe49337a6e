import { KeysetTable, useWords, When } from '#portal/ui'

interface Reader {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly name: string
  readonly organisation: string | null
  readonly purpose: string | null
}

const EVENTS: Readonly<Record<string, { zh: string; en: string }>> = {
  'one-file.person.read': { zh: '查看档案', en: 'Opened the file' },
  'one-file.firm.read': { zh: '查看档案', en: 'Opened the file' },
  'one-file.own.read': { zh: '本人（本企业）查看', en: 'Seen by the subject' },
  'collection.objection.made': { zh: '提出异议', en: 'Objected' },
}

/** Who opened a file, when, and why. */
export function ReaderList({ path }: { readonly path: string }) {
  const t = useWords()
  return (
    <KeysetTable<Reader>
      path={path}
      rowKey={({ id }) => id}
      caption={{ zh: '谁看过这份档案', en: 'Who opened this file' }}
      empty={{ zh: '还没有人看过', en: 'Nobody opened it yet' }}
      columns={[
        { id: 'at', title: { zh: '时间', en: 'When' }, show: ({ at }) => <When at={at} /> },
        { id: 'who', title: { zh: '谁', en: 'Who' }, show: ({ name }) => name },
        { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ organisation }) => organisation ?? '—' },
        {
          id: 'what',
          title: { zh: '做了什么', en: 'What' },
          show: ({ event }) => t(EVENTS[event] ?? { zh: event, en: event }),
        },
        { id: 'why', title: { zh: '目的', en: 'Purpose' }, show: ({ purpose }) => purpose ?? '—' },
      ]}
    />
  )
}
