import { Tag } from 'antd'
import { api, KeysetTable, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'

type State = 'coming' | 'running' | 'over' | 'revoked'
interface Delegation {
  readonly id: string
  readonly title: Words
  readonly organisationName: Words
  readonly from: { readonly id: string; readonly name: string }
  readonly to: { readonly id: string; readonly name: string }
  readonly begins: string
  readonly ends: string
  readonly reason: string
  readonly state: State
}

const STATES: Readonly<Record<State, Words>> = {
  coming: { zh: '未开始', en: 'To come' },
  running: { zh: '代理中', en: 'Running' },
  over: { zh: '已结束', en: 'Over' },
  revoked: { zh: '已收回', en: 'Taken back' },
}

/** Lent posts of a list, with a button to take them back where the reader may. */
export function DelegationTable({
  path,
  mayEnd,
}: {
  readonly path: string
  readonly mayEnd: (row: Delegation) => boolean
}) {
  const t = useWords()
  return (
    <KeysetTable<Delegation>
      path={path}
      caption={{ zh: '岗位代理', en: 'Delegations' }}
      empty={{ zh: '没有岗位代理', en: 'No post is lent' }}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'post',
          title: { zh: '岗位', en: 'Post' },
          show: (row) => `${t(row.organisationName)} · ${t(row.title)}`,
        },
        { id: 'from', title: { zh: '委托人', en: 'From' }, show: ({ from }) => from.name },
        { id: 'to', title: { zh: '代理人', en: 'To' }, show: ({ to }) => to.name },
        { id: 'begins', title: { zh: '开始', en: 'Begins' }, show: ({ begins }) => <When at={begins} /> },
        { id: 'ends', title: { zh: '结束', en: 'Ends' }, show: ({ ends }) => <When at={ends} /> },
        { id: 'reason', title: { zh: '事由', en: 'Reason' }, show: ({ reason }) => reason },
        {
          id: 'state',
          title: { zh: '状态', en: 'State' },
          show: ({ state }) => <Tag>{t(STATES[state])}</Tag>,
        },
        {
          id: 'acts',
          title: { zh: '操作', en: 'Actions' },
          show: (row) =>
            mayEnd(row) && (row.state === 'running' || row.state === 'coming') ? (
              <ConfirmButton
                title={{ zh: '收回', en: 'Take back' }}
                question={{ zh: '代理人立即失去该岗位，确定吗？', en: 'The post is taken back at once. Are you sure?' }}
                act={() => api.delete(`${path}/${row.id}`)}
                changes={[path]}
                danger
              />
            ) : (
              '—'
            ),
        },
      ]}
    />
  )
}
