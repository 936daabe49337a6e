import { PageLink, Rows, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { RunDetail } from './types.ts'
import { sizeOf } from './words.ts'

type Part = RunDetail['parts'][number]

const LABELS: Readonly<Record<Part['kind'], (name: string) => Words>> = {
  rows: (name) => ({ zh: name, en: name }),
  increment: (name) => ({ zh: `${name}（先入库的增量）`, en: `${name} (increment, stored first)` }),
  deletes: (name) => ({ zh: `${name}（删除）`, en: `${name} (deletions)` }),
  unreadable: (name) => ({
    zh: `${name}（原样保存，有读不出的部分）`,
    en: `${name} (kept as it came, not all of it readable)`,
  }),
}

/** The raw bytes of a run, each with its SM3 and the import that stored it. */
export function PartTable({ parts }: { readonly parts: readonly Part[] }) {
  const t = useWords()
  return (
    <section>
      <h2>{t({ zh: '原始数据', en: 'Raw data' })}</h2>
      <Rows<Part>
        rows={parts}
        rowKey={({ ordinal }) => ordinal}
        caption={{ zh: '原始数据', en: 'Raw data' }}
        columns={[
          {
            id: 'name',
            title: { zh: '文件', en: 'File' },
            heading: true,
            show: ({ name, kind, problem, fromRun }) => (
              <>
                {t(LABELS[kind](name))}
                {fromRun !== null && (
                  <div>{t({ zh: `第 ${fromRun} 次采集的，再存一遍`, en: `of run ${fromRun}, stored once more` })}</div>
                )}
                {problem && <div>{t(problem)}</div>}
              </>
            ),
          },
          {
            id: 'rows',
            title: { zh: '行数', en: 'Rows' },
            align: 'right',
            show: ({ rows }) => rows?.toLocaleString() ?? '—',
          },
          { id: 'size', title: { zh: '大小', en: 'Size' }, align: 'right', show: ({ bytes }) => sizeOf(bytes) },
          {
            id: 'refused',
            title: { zh: '待更正', en: 'To correct' },
            align: 'right',
            show: ({ load }) => load?.refused.toLocaleString() ?? '—',
          },
          {
            id: 'load',
            title: { zh: '导入记录', en: 'Import' },
            show: ({ load }) => (load ? <PageLink to={`/imports/${load.id}`}>{`#${load.id}`}</PageLink> : '—'),
          },
          {
            id: 'sm3',
            title: { zh: '摘要（SM3）', en: 'Digest (SM3)' },
            show: ({ file, goneAt }) => (
              <>
                <code title={file}>{`${file.slice(0, 12)}…`}</code>
                {goneAt && (
                  <>
                    {t({ zh: ' 保存期满，已删除 ', en: ' deleted at the end of its term ' })}
                    <When at={goneAt} />
                  </>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}
