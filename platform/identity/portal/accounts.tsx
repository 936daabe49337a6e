import { Flex, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { api, KeysetTable, OrganisationName, PageFrame, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { FormDialog, needed } from './form-dialog.tsx'
import { OrganisationPicker } from './pickers.tsx'

type Kind = 'staff' | 'resident' | 'firm'
interface Account {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly kind: Kind
  readonly organisation: string | null
  readonly isDisabled: boolean
  readonly lockedUntil: string | null
  readonly hasTotp: boolean
  readonly lastSeen: string | null
  readonly posts: readonly { readonly id: string; readonly title: Words }[]
}

const PATH = '/api/identity/accounts'
const KINDS: Readonly<Record<Kind, Words>> = {
  staff: { zh: '工作人员', en: 'Staff' },
  resident: { zh: '居民', en: 'Resident' },
  firm: { zh: '企业', en: 'Firm' },
}

/** Accounts in reach: made, reset, unlocked, disabled. */
export function AccountsPage() {
  const t = useWords()
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<Kind>()
  const mayWrite = useRight('identity.account.write')
  return (
    <PageFrame title={{ zh: '账号', en: 'Accounts' }} extra={mayWrite && <AddAccount />}>
      <Flex wrap gap="small">
        <Input.Search
          aria-label={t({ zh: '查找账号', en: 'Find an account' })}
          placeholder={t({ zh: '账号或姓名', en: 'Account or name' })}
          allowClear
          onSearch={setSearch}
          style={{ maxWidth: 320 }}
        />
        <Select<Kind>
          aria-label={t({ zh: '类别', en: 'Kind' })}
          allowClear
          placeholder={t({ zh: '全部类别', en: 'Every kind' })}
          onChange={setKind}
          style={{ minWidth: 140 }}
          options={Object.entries(KINDS).map(([value, label]) => ({ value: value as Kind, label: t(label) }))}
        />
      </Flex>
      <KeysetTable<Account>
        path={PATH}
        query={{ search: search || undefined, kind }}
        caption={{ zh: '账号', en: 'Accounts' }}
        rowKey={({ id }) => id}
        columns={[
          { id: 'account', title: { zh: '账号', en: 'Account' }, show: ({ account }) => account },
          { id: 'name', title: { zh: '姓名', en: 'Name' }, show: ({ name }) => name },
          { id: 'kind', title: { zh: '类别', en: 'Kind' }, show: ({ kind }) => t(KINDS[kind]) },
          {
            id: 'place',
            title: { zh: '所属', en: 'Belongs to' },
            show: (row) => <OrganisationName id={row.organisation} />,
          },
          {
            id: 'posts',
            title: { zh: '岗位', en: 'Posts' },
            show: ({ posts }) => posts.map(({ id, title }) => <Tag key={id}>{t(title)}</Tag>),
          },
          { id: 'state', title: { zh: '状态', en: 'State' }, show: (row) => <State account={row} /> },
          {
            id: 'seen',
            title: { zh: '最近使用', en: 'Last seen' },
            show: (row) => <When at={row.lastSeen} show="relative" />,
          },
          {
            id: 'acts',
            title: { zh: '操作', en: 'Actions' },
            show: (row) => (mayWrite ? <Acts account={row} /> : '—'),
          },
        ]}
      />
    </PageFrame>
  )
}

function State({ account }: { readonly account: Account }) {
  const t = useWords()
  if (account.isDisabled) return <Tag>{t({ zh: '已停用', en: 'Disabled' })}</Tag>
  if (account.lockedUntil) return <Tag color="error">{t({ zh: '已锁定', en: 'Locked' })}</Tag>
  return <Tag>{t({ zh: '正常', en: 'In use' })}</Tag>
}

function Acts({ account: { id, name, isDisabled, lockedUntil, hasTotp } }: { readonly account: Account }) {
  const t = useWords()
  return (
    <Flex wrap gap="small">
      <FormDialog<{ password: string }>
        title={{ zh: '重置密码', en: 'Reset password' }}
        button={{ size: 'small' }}
        save={(values) => api.put(`${PATH}/${id}/password`, values)}
        changes={[PATH]}
      >
        <Form.Item
          name="password"
          label={t({
            zh: `${name} 的初始密码，首次登录须修改`,
            en: `First password of ${name}, to be changed at once`,
          })}
          rules={needed}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </FormDialog>
      {lockedUntil && (
        <ConfirmButton
          title={{ zh: '解锁', en: 'Unlock' }}
          question={{ zh: '已确认是本人？', en: 'Are you sure that it is the person?' }}
          act={() => api.post(`${PATH}/${id}/unlock`)}
          changes={[PATH]}
        />
      )}
      {hasTotp && (
        <ConfirmButton
          title={{ zh: '取消动态码', en: 'Remove second factor' }}
          question={{ zh: '已确认是本人？', en: 'Are you sure that it is the person?' }}
          act={() => api.delete(`${PATH}/${id}/totp`)}
          changes={[PATH]}
        />
      )}
      <ConfirmButton
        title={isDisabled ? { zh: '启用', en: 'Enable' } : { zh: '停用', en: 'Disable' }}
        question={
          isDisabled
            ? { zh: `启用 ${name} 的账号？`, en: `Enable the account of ${name}?` }
            : { zh: `停用后 ${name} 立即退出登录，确定吗？`, en: `${name} is signed out at once. Are you sure?` }
        }
        act={() => api.patch(`${PATH}/${id}`, { isDisabled: !isDisabled })}
        changes={[PATH]}
        danger={!isDisabled}
      />
    </Flex>
  )
}

interface Added {
  readonly account: string
  readonly name: string
  readonly kind: Kind
  readonly organisation?: string
  readonly password: string
}

function AddAccount() {
  const t = useWords()
  return (
    <FormDialog<Added>
      title={{ zh: '新建账号', en: 'Add an account' }}
      button={{ type: 'primary' }}
      initial={{ kind: 'staff' }}
      save={(values) => api.post(PATH, values)}
      changes={[PATH]}
    >
      <Form.Item name="account" label={t({ zh: '账号', en: 'Account' })} rules={needed}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t({ zh: '姓名或名称', en: 'Name' })} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="kind" label={t({ zh: '类别', en: 'Kind' })} rules={needed}>
        <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label: t(label) }))} />
      </Form.Item>
      <Form.Item name="organisation" label={t({ zh: '所属组织', en: 'Organisation' })}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item
        name="password"
        label={t({ zh: '初始密码，首次登录须修改', en: 'First password, to be changed at the first sign-in' })}
        rules={needed}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  )
}
