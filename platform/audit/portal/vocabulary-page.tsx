import { DataState, PageFrame, Rows, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { type Event, KINDS, useVocabulary } from './vocabulary.ts'

/** What the log can say, for auditors. */
export function VocabularyPage() {
  const vocabulary = useVocabulary()
  return (
    <PageFrame
      title={{ zh: '审计事件词表', en: 'Vocabulary of audit events' }}
      above={[{ title: { zh: '审计日志', en: 'Audit log' }, path: '/admin/audit' }]}
    >
      <DataState query={vocabulary}>
        {({ rows }) => (
          <Rows<Event>
            rows={rows}
            rowKey={(event) => event.id}
            caption={{ zh: '审计事件', en: 'Audit events' }}
            columns={[
              { id: 'title', title: { zh: '事件', en: 'Event' }, show: ({ title }) => <Text words={title} /> },
              { id: 'id', title: { zh: '代码', en: 'Code' }, show: ({ id }) => <code>{id}</code> },
              { id: 'kind', title: { zh: '类别', en: 'Kind' }, show: ({ kind }) => <Text words={KINDS[kind]} /> },
              { id: 'module', title: { zh: '模块', en: 'Module' }, show: ({ module }) => <Text words={module} /> },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}

const Text = ({ words }: { readonly words: Words }) => <>{useWords()(words)}</>
