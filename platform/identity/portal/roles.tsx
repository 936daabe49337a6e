import { useQuery } from '@tanstack/react-query'
import { Flex, Form, Input, Tag, Tooltip } from 'antd'
import { api, KeysetTable, PageFrame, PageLink, useRight, useWords } from '#portal/ui'
import type { Reach } from '../../runtime/actor.ts'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { FormDialog, needed } from './form-dialog.tsx'
import { NameFields } from './organisations.tsx'
import { REACH, RightReaches } from './reach.tsx'

type Rights = Readonly<Record<string, Reach>>
interface Role {
  readonly id: string
  readonly title: Words
  readonly origin: 'declared' | 'own'
  readonly rights: Rights
  readonly posts: number
}
interface Right {
  readonly id: string
  readonly title: Words
  readonly module: Words
}

const PATH = '/api/identity/roles'

/** Every declared right, by its title. */
export const useRights = () =>
  useQuery({
    queryKey: ['/api/identity/rights'],
    queryFn: async () => (await api.get<{ readonly rows: readonly Right[] }>('/api/identity/rights')).rows,
    staleTime: 3_600_000,
  })

/** Roles with the rights in them; declared ones are fixed, own ones can be made and changed. */
export function RolesPage() {
  const t = useWords()
  const mayWrite = useRight('identity.role.write')
  const rights = useRights().data ?? []
  return (
    <PageFrame
      title={{ zh: '角色与权限', en: 'Roles and rights' }}
      about={{
        zh: '内置角色由系统声明，自建角色可组合任何权限',
        en: 'Declared roles are fixed; own roles combine any rights',
      }}
      extra={mayWrite && <RoleForm rights={rights} />}
    >
      <KeysetTable<Role>
        path={PATH}
        caption={{ zh: '角色', en: 'Roles' }}
        rowKey={({ id }) => id}
        columns={[
          { id: 'title', title: { zh: '角色', en: 'Role' }, show: ({ title }) => t(title) },
          {
            id: 'origin',
            title: { zh: '来源', en: 'Origin' },
            show: ({ origin }) => t(origin === 'own' ? { zh: '自建', en: 'Own' } : { zh: '内置', en: 'Declared' }),
          },
          { id: 'posts', title: { zh: '岗位数', en: 'Posts' }, show: ({ posts }) => posts, align: 'right' },
          {
            id: 'rights',
            title: { zh: '权限与范围', en: 'Rights and reach' },
            show: (role) => <RightTags rights={rights} given={role.rights} />,
          },
          {
            id: 'acts',
            title: { zh: '操作', en: 'Actions' },
            show: (role) => (mayWrite && role.origin === 'own' ? <Acts role={role} rights={rights} /> : '—'),
          },
        ]}
      />
    </PageFrame>
  )
}

/** Rights with their reach as tags; each leads to who holds it. */
export function RightTags({ rights, given }: { readonly rights: readonly Right[]; readonly given: Rights }) {
  const t = useWords()
  const titles = new Map(rights.map(({ id, title }) => [id, title]))
  return (
    <Flex wrap gap={4} style={{ maxWidth: 720 }}>
      {Object.entries(given).map(([id, reach]) => (
        <Tooltip key={id} title={id}>
          <Tag>
            <PageLink to={`/admin/holders?right=${id}`}>{t(titles.get(id) ?? { zh: id, en: id })}</PageLink>
            {` · ${t(REACH[reach])}`}
          </Tag>
        </Tooltip>
      ))}
    </Flex>
  )
}

function Acts({ role, rights }: { readonly role: Role; readonly rights: readonly Right[] }) {
  return (
    <Flex wrap gap="small">
      <RoleForm role={role} rights={rights} />
      <ConfirmButton
        title={{ zh: '停用', en: 'Retire' }}
        question={{ zh: '停用后所有岗位失去这些权限，确定吗？', en: 'All posts lose these rights. Are you sure?' }}
        act={() => api.delete(`${PATH}/${role.id}`)}
        changes={[PATH]}
        danger
      />
    </Flex>
  )
}

interface Values {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly rights?: Rights
}

function RoleForm({ role, rights }: { readonly role?: Role; readonly rights: readonly Right[] }) {
  const t = useWords()
  return (
    <FormDialog<Values>
      title={role ? { zh: '修改', en: 'Change' } : { zh: '新建角色', en: 'Add a role' }}
      button={role ? { size: 'small' } : { type: 'primary' }}
      initial={role ? { ...role.title, id: role.id, rights: role.rights } : { id: 'own.', rights: {} }}
      save={({ id, zh, en, rights = {} }) =>
        role
          ? api.put(`${PATH}/${role.id}`, { title: { zh, en }, rights })
          : api.post(PATH, { id, title: { zh, en }, rights })
      }
      changes={[PATH]}
    >
      <Form.Item name="id" label={t({ zh: '编号', en: 'Id' })} rules={needed}>
        <Input disabled={Boolean(role)} maxLength={60} />
      </Form.Item>
      <NameFields />
      <Form.Item name="rights" label={t({ zh: '权限', en: 'Rights' })}>
        <RightReaches rights={rights} />
      </Form.Item>
    </FormDialog>
  )
}
