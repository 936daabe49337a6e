import { Tag } from 'antd'
import { KeysetTable, PageLink, useLiveQueries, useWords, When } from '#portal/ui'
import type { Run } from './types.ts'
import { STATES } from './words.ts'

/** Runs, latest first, of a source or of all. */
export function RunTable({ source }: { readonly source?: string }) {
  const t = useWords()
  useLiveQueries(['sources.'], ['/api/sources/runs'])
  return (
    <KeysetTable<Run>
      path="/api/sources/runs"
      query={{ source }}
      rowKey={({ id }) => id}
      caption={{ zh: '采集记录', en: 'Runs' }}
      empty={{ zh: '还没有采集过', en: 'Nothing has been collected yet' }}
      columns={[
        {
          id: 'run',
          title: { zh: '采集', en: 'Run' },
          heading: true,
          show: ({ id, feedTitle }) => <PageLink to={`/sources/runs/${id}`}>{`${t(feedTitle)} #${id}`}</PageLink>,
        },
        {
          id: 'state',
          title: { zh: '状态', en: 'State' },
          show: ({ state }) => <Tag color={STATES[state].colour}>{t(STATES[state].words)}</Tag>,
        },
        { id: 'rows', title: { zh: '行数', en: 'Rows' }, align: 'right', show: ({ rows }) => rows.toLocaleString() },
        {
          id: 'what',
          title: { zh: '结果', en: 'Result' },
          show: ({ reconciliation, problem, remark, drift }) => {
            if (problem) return t(problem)
            if (remark) return t(remark)
            const halting = drift?.findings.find(({ halts }) => halts)
            if (!reconciliation) return halting ? t(halting.message) : '—'
            const { inserted, changed, refused, removed } = reconciliation
            return t({
              zh: `新增 ${inserted}，更新 ${changed}，未通过 ${refused}，删除 ${removed}`,
              en: `${inserted} new, ${changed} changed, ${refused} refused, ${removed} deleted`,
            })
          },
        },
        { id: 'at', title: { zh: '时间', en: 'When' }, show: ({ startedAt }) => <When at={startedAt} /> },
      ]}
    />
  )
}
