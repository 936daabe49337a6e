import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Flex, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { api, type KeysetPage, KeysetTable, PageFrame, useRight, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { FormDialog, needed } from './form-dialog.tsx'
import { NameFields } from './organisations.tsx'
import { OrganisationPicker, PersonPicker } from './pickers.tsx'

interface Post {
  readonly id: string
  readonly title: Words
  readonly organisationName: Words
  readonly isClosed: boolean
  readonly roles: readonly { readonly id: string; readonly title: Words }[]
  readonly holders: readonly { readonly account: string; readonly name: string; readonly until: string | null }[]
}

const PATH = '/api/identity/posts'

/** Posts of the organisations in reach, their holders and roles. */
export function PostsPage() {
  const t = useWords()
  const given = new URLSearchParams(useLocation().searchStr).get('organisation') ?? undefined
  const [organisation, setOrganisation] = useState(given)
  const [search, setSearch] = useState('')
  return (
    <PageFrame
      title={{ zh: '岗位与任职', en: 'Posts and holders' }}
      about={{
        zh: '权限和待办都挂在岗位上，人员变动不影响工作',
        en: 'Rights and matters hang on posts; people come and go',
      }}
      extra={useRight('identity.post.write') && <AddPost organisation={organisation} />}
    >
      <Flex wrap gap="small">
        <OrganisationPicker
          label={t({ zh: '组织', en: 'Organisation' })}
          {...(organisation ? { value: organisation } : {})}
          onChange={setOrganisation}
        />
        <Input.Search
          aria-label={t({ zh: '查找岗位', en: 'Find a post' })}
          placeholder={t({ zh: '岗位或组织名称', en: 'Post or organisation' })}
          allowClear
          onSearch={setSearch}
          style={{ maxWidth: 320 }}
        />
      </Flex>
      <KeysetTable<Post>
        path={PATH}
        query={{ organisation, below: organisation ? true : undefined, search: search || undefined }}
        caption={{ zh: '岗位', en: 'Posts' }}
        rowKey={({ id }) => id}
        columns={[
          { id: 'title', title: { zh: '岗位', en: 'Post' }, show: ({ title }) => t(title) },
          {
            id: 'place',
            title: { zh: '组织', en: 'Organisation' },
            show: ({ organisationName }) => t(organisationName),
          },
          { id: 'holders', title: { zh: '任职', en: 'Holders' }, show: (post) => <Holders post={post} /> },
          {
            id: 'roles',
            title: { zh: '角色', en: 'Roles' },
            show: ({ roles }) => roles.map(({ id, title }) => <Tag key={id}>{t(title)}</Tag>),
          },
          { id: 'acts', title: { zh: '操作', en: 'Actions' }, show: (post) => <Acts post={post} /> },
        ]}
      />
    </PageFrame>
  )
}

function Holders({ post }: { readonly post: Post }) {
  const mayWrite = useRight('identity.post.write')
  return (
    <Flex vertical gap={4}>
      {post.holders.map(({ account, name }) => (
        <Flex key={account} gap="small" align="center">
          {name}
          {mayWrite && (
            <ConfirmButton
              title={{ zh: '免职', en: 'End' }}
              question={{ zh: `${name} 不再担任该岗位？`, en: `${name} gives up this post?` }}
              act={() => api.delete(`${PATH}/${post.id}/holders/${account}`)}
              changes={[PATH]}
            />
          )}
        </Flex>
      ))}
    </Flex>
  )
}

function Acts({ post }: { readonly post: Post }) {
  const t = useWords()
  const mayWrite = useRight('identity.post.write')
  const mayGrant = useRight('identity.role.grant')
  return (
    <Flex wrap gap="small">
      {mayWrite && (
        <FormDialog<{ account: string }>
          title={{ zh: '任命', en: 'Appoint' }}
          button={{ size: 'small' }}
          save={(values) => api.post(`${PATH}/${post.id}/holders`, values)}
          changes={[PATH]}
        >
          <Form.Item name="account" label={t({ zh: '人员', en: 'Person' })} rules={needed}>
            <PersonPicker />
          </Form.Item>
        </FormDialog>
      )}
      {mayGrant && (
        <FormDialog<{ roles: string[] }>
          title={{ zh: '授予角色', en: 'Grant roles' }}
          button={{ size: 'small' }}
          initial={{ roles: post.roles.map(({ id }) => id) }}
          save={(values) => api.put(`${PATH}/${post.id}/roles`, values)}
          changes={[PATH]}
        >
          <Form.Item name="roles" label={t({ zh: '角色', en: 'Roles' })}>
            <RolePicker />
          </Form.Item>
        </FormDialog>
      )}
      {mayWrite && (
        <ConfirmButton
          title={post.isClosed ? { zh: '恢复', en: 'Open again' } : { zh: '撤销', en: 'Close' }}
          question={{ zh: '撤销的岗位不再有权限，确定吗？', en: 'A closed post has no rights. Are you sure?' }}
          act={() => api.patch(`${PATH}/${post.id}`, { isClosed: !post.isClosed })}
          changes={[PATH]}
          danger={!post.isClosed}
        />
      )}
    </Flex>
  )
}

interface RolePickerProps {
  readonly id?: string
  readonly value?: string[]
  readonly onChange?: (value: string[]) => void
}

function RolePicker(props: RolePickerProps) {
  const t = useWords()
  const path = '/api/identity/roles'
  const { data, isFetching } = useQuery({
    queryKey: [path, 'pick'],
    queryFn: () => api.get<KeysetPage<{ id: string; title: Words }>>(path, { limit: 200 }),
  })
  return (
    <Select
      {...props}
      mode="multiple"
      loading={isFetching}
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.rows.map(({ id, title }) => ({ value: id, label: t(title) })) ?? []}
    />
  )
}

function AddPost({ organisation }: { readonly organisation: string | undefined }) {
  const t = useWords()
  return (
    <FormDialog<{ organisation: string; zh: string; en: string }>
      title={{ zh: '新建岗位', en: 'Add a post' }}
      button={{ type: 'primary' }}
      {...(organisation ? { initial: { organisation } } : {})}
      save={({ organisation, zh, en }) => api.post(PATH, { organisation, title: { zh, en } })}
      changes={[PATH]}
    >
      <Form.Item name="organisation" label={t({ zh: '组织', en: 'Organisation' })} rules={needed}>
        <OrganisationPicker />
      </Form.Item>
      <NameFields />
    </FormDialog>
  )
}
