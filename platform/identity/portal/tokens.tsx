import { App, DatePicker, Form, Input, Tag, Typography } from 'antd'
import type { Dayjs } from 'dayjs'
import { api, KeysetTable, PageFrame, useMe, useWords, When } from '#portal/ui'
import type { Reach } from '../../runtime/actor.ts'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { FormDialog, needed } from './form-dialog.tsx'
import { OrganisationPicker } from './pickers.tsx'
import { RightReaches } from './reach.tsx'
import { RightTags, useRights } from './roles.tsx'

type Rights = Readonly<Record<string, Reach>>
interface Token {
  readonly id: string
  readonly name: string
  readonly organisationName: Words
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly usedAt: string | null
  readonly rights: Rights
}

const PATH = '/api/identity/tokens'

/** Tokens of machines. */
export function TokensPage() {
  const t = useWords()
  const rights = useRights().data ?? []
  return (
    <PageFrame
      title={{ zh: '接口令牌', en: 'API tokens' }}
      about={{
        zh: '供其他系统调用接口，权限不超过签发人',
        en: 'For other systems; never with more rights than the maker holds',
      }}
      extra={<AddToken />}
    >
      <KeysetTable<Token>
        path={PATH}
        caption={{ zh: '接口令牌', en: 'API tokens' }}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', title: { zh: '名称', en: 'Name' }, show: ({ name }) => name },
          { id: 'place', title: { zh: '组织', en: 'Organisation' }, show: (row) => t(row.organisationName) },
          {
            id: 'rights',
            title: { zh: '权限', en: 'Rights' },
            show: (row) => <RightTags rights={rights} given={row.rights} />,
          },
          {
            id: 'used',
            title: { zh: '最近使用', en: 'Last used' },
            show: ({ usedAt }) => <When at={usedAt} show="relative" />,
          },
          {
            id: 'ends',
            title: { zh: '有效期至', en: 'Valid until' },
            show: ({ expiresAt }) => <When at={expiresAt} show="day" />,
          },
          {
            id: 'acts',
            title: { zh: '操作', en: 'Actions' },
            show: ({ id, revokedAt }) =>
              revokedAt ? (
                <Tag>{t({ zh: '已吊销', en: 'Revoked' })}</Tag>
              ) : (
                <ConfirmButton
                  title={{ zh: '吊销', en: 'Revoke' }}
                  question={{
                    zh: '使用它的系统立即无法调用，确定吗？',
                    en: 'Its system cannot call any more. Are you sure?',
                  }}
                  act={() => api.delete(`${PATH}/${id}`)}
                  changes={[PATH]}
                  danger
                />
              ),
          },
        ]}
      />
    </PageFrame>
  )
}

interface Values {
  readonly name: string
  readonly organisation: string
  readonly rights?: Rights
  readonly expires: Dayjs
}

function AddToken() {
  const t = useWords()
  const me = useMe()
  const { modal } = App.useApp()
  const own = (useRights().data ?? []).filter(({ id }) => me.rights[id])
  const save = async ({ name, organisation, rights = {}, expires }: Values) => {
    const expiresAt = expires.endOf('day').toISOString()
    const { token } = await api.post<{ readonly token: string }>(PATH, { name, organisation, rights, expiresAt })
    modal.success({
      title: t({ zh: '请立即保存，令牌只显示这一次', en: 'Keep it now; the token is shown only once' }),
      content: <Typography.Text copyable>{token}</Typography.Text>,
    })
  }
  return (
    <FormDialog<Values>
      title={{ zh: '签发令牌', en: 'Make a token' }}
      button={{ type: 'primary' }}
      initial={me.organisation ? { organisation: me.organisation } : {}}
      save={save}
      changes={[PATH]}
    >
      <Form.Item name="name" label={t({ zh: '用途', en: 'What for' })} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="organisation" label={t({ zh: '组织', en: 'Organisation' })} rules={needed}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item name="expires" label={t({ zh: '有效期至', en: 'Valid until' })} rules={needed}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="rights" label={t({ zh: '权限', en: 'Rights' })}>
        <RightReaches rights={own} />
      </Form.Item>
    </FormDialog>
  )
}
