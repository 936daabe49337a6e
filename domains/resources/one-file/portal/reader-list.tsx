import { KeysetTable, useMarks, useWords, When } from '#portal/ui'
import type { Reader } from '../types.ts'

/** Who opened a file, read a record of it or got one, when, which fields, and why. */
export function ReaderList({ path }: { readonly path: string }) {
  const t = useWords()
  const { list } = useMarks()
  return (
    <KeysetTable<Reader>
      path={path}
      rowKey={({ id }) => id}
      caption={{ zh: '谁看过或取得过其中的数据', en: 'Who saw or got what is in it' }}
      empty={{ zh: '还没有人看过或取得过', en: 'Nobody saw or got it yet' }}
      columns={[
        { id: 'at', title: { zh: '时间', en: 'When' }, show: ({ at }) => <When at={at} /> },
        { id: 'who', title: { zh: '谁', en: 'Who' }, show: ({ name }) => name ?? t({ zh: '系统', en: 'A system' }) },
        { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ organisation }) => organisation ?? '—' },
        { id: 'what', title: { zh: '做了什么', en: 'What' }, show: ({ what }) => t(what) },
        {
          id: 'data',
          title: { zh: '哪些数据', en: 'Which data' },
          show: ({ dataset, fields }) => (
            <>
              {t(dataset ?? { zh: '整份档案', en: 'The whole file' })}
              {fields.length > 0 && (
                <div style={{ maxWidth: '24em', whiteSpace: 'normal' }}>{fields.map(t).join(list)}</div>
              )}
            </>
          ),
        },
        { id: 'why', title: { zh: '目的', en: 'Purpose' }, show: ({ purpose }) => purpose ?? '—' },
      ]}
    />
  )
}
