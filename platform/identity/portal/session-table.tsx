import { Tag } from 'antd'
import { api, KeysetTable, useWords, When } from '#portal/ui'
import { ConfirmButton } from './confirm-button.tsx'

interface Session {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly seenAt: string
  readonly address: string
  readonly agent: string
  readonly isThis: boolean
}

/** Living sessions of a list, each with a button to end it. */
export function SessionTable({ path, withNames = false }: { readonly path: string; readonly withNames?: boolean }) {
  const t = useWords()
  return (
    <KeysetTable<Session>
      path={path}
      caption={{ zh: '登录情况', en: 'Sessions' }}
      rowKey={({ id }) => id}
      columns={[
        ...(withNames ? [{ id: 'name', title: { zh: '姓名', en: 'Name' }, show: (row: Session) => row.name }] : []),
        { id: 'agent', title: { zh: '设备', en: 'Device' }, show: ({ agent }) => deviceOf(agent) },
        { id: 'address', title: { zh: '网络地址', en: 'Address' }, show: ({ address }) => address },
        { id: 'begun', title: { zh: '登录时间', en: 'Signed in' }, show: ({ createdAt }) => <When at={createdAt} /> },
        {
          id: 'seen',
          title: { zh: '最近使用', en: 'Last used' },
          show: ({ seenAt }) => <When at={seenAt} show="relative" />,
        },
        {
          id: 'acts',
          title: { zh: '操作', en: 'Actions' },
          show: ({ id, isThis }) =>
            isThis ? (
              <Tag>{t({ zh: '当前登录', en: 'This one' })}</Tag>
            ) : (
              <ConfirmButton
                title={{ zh: '结束', en: 'End' }}
                question={{
                  zh: '该设备立即退出登录，确定吗？',
                  en: 'That device is signed out at once. Are you sure?',
                }}
                act={() => api.delete(`${path}/${id}`)}
                changes={[path]}
                danger
              />
            ),
        },
      ]}
    />
  )
}

/** Browser and system out of the long text that browsers send. */
function deviceOf(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari|MicroMessenger)\/[\d]+/.exec(agent)?.[0]?.replace('/', ' ')
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|HarmonyOS|Linux)/.exec(agent)?.[0]
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 40) || '—'
}
