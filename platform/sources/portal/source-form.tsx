import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { Connection } from '../contract.ts'

/** What is typed into the form; `secret` only when it is to change. */
export interface SourceValues {
  readonly id: string
  readonly title: Words
  readonly organisation: string
  readonly secret?: string
  readonly isOn: boolean
  readonly connection: Record<string, string | number | boolean | undefined>
}

interface SourceFieldsProps {
  readonly kind: Connection['kind']
  readonly inbox: string
  readonly hosts: readonly string[]
  /** The id cannot be changed any more. */
  readonly isKnown: boolean
  readonly hasSecret: boolean
}

const HOUR = 3_600_000

/** Fields of a source of one kind, within a `Form<SourceValues>`. */
export function SourceFields({ kind, inbox, hosts, isKnown, hasSecret }: SourceFieldsProps) {
  const t = useWords()
  const required = [{ required: true, message: t({ zh: '请填写', en: 'Please fill this in' }) }]
  return (
    <>
      <Form.Item
        name="id"
        label={t({ zh: '编号（小写字母、数字和 -）', en: 'Id (small letters, digits and -)' })}
        rules={[...required, { pattern: /^[a-z0-9][a-z0-9-]{0,59}$/ }]}
      >
        <Input disabled={isKnown} placeholder="civil-affairs" />
      </Form.Item>
      <Form.Item name={['title', 'zh']} label={t({ zh: '系统名称（中文）', en: 'Name in Chinese' })} rules={required}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={t({ zh: '系统名称（英文）', en: 'Name in English' })}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="organisation" label={t({ zh: '主管单位', en: 'Unit that answers for it' })} rules={required}>
        <OrganisationSelect />
      </Form.Item>
      {kind === 'folder' && (
        <Form.Item
          name={['connection', 'path']}
          label={t({ zh: '文件夹', en: 'Folder' })}
          extra={t({ zh: `在收件目录 ${inbox} 之下`, en: `Below the inbox ${inbox}` })}
          rules={required}
        >
          <Input placeholder="civil-affairs" />
        </Form.Item>
      )}
      {(kind === 'postgres' || kind === 'mysql') && <DatabaseFields kind={kind} hosts={hosts} />}
      {kind === 'http' && (
        <>
          <Form.Item
            name={['connection', 'address']}
            label={t({ zh: '接口地址的开头', en: 'Beginning of the address' })}
            extra={hostsHelp(t, hosts)}
            rules={required}
          >
            <Input placeholder="https://api.example/v1/" />
          </Form.Item>
          <Form.Item
            name={['connection', 'user']}
            label={t({ zh: '用户名（用令牌时不填）', en: 'User (empty for a token)' })}
          >
            <Input autoComplete="off" />
          </Form.Item>
        </>
      )}
      {kind !== 'folder' && kind !== 'push' && (
        <Form.Item
          name="secret"
          label={t({ zh: '密码或令牌', en: 'Password or token' })}
          extra={
            hasSecret
              ? t({ zh: '不填则沿用已加密保存的', en: 'Leave empty to keep the sealed one' })
              : t({ zh: '立即加密保存，以后不再显示', en: 'Sealed at once and never shown again' })
          }
        >
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
      )}
      <Form.Item name="isOn" label={t({ zh: '启用', en: 'In use' })} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}

const hostsHelp = (t: ReturnType<typeof useWords>, hosts: readonly string[]) =>
  hosts.length === 0
    ? t({
        zh: '尚未允许任何主机：请系统管理员设置 DAIZONG_SOURCE_HOSTS',
        en: 'No host is allowed yet: the operator sets DAIZONG_SOURCE_HOSTS',
      })
    : t({ zh: `允许的主机：${hosts.join('、')}`, en: `Allowed hosts: ${hosts.join(', ')}` })

function DatabaseFields({ kind, hosts }: Pick<SourceFieldsProps, 'hosts'> & { readonly kind: 'postgres' | 'mysql' }) {
  const t = useWords()
  const required = [{ required: true, message: t({ zh: '请填写', en: 'Please fill this in' }) }]
  return (
    <>
      <Form.Item
        name={['connection', 'host']}
        label={t({ zh: '主机', en: 'Host' })}
        extra={hostsHelp(t, hosts)}
        rules={required}
      >
        <Input />
      </Form.Item>
      <Form.Item name={['connection', 'port']} label={t({ zh: '端口', en: 'Port' })} rules={required}>
        <InputNumber min={1} max={65_535} placeholder={kind === 'postgres' ? '5432' : '3306'} />
      </Form.Item>
      <Form.Item name={['connection', 'database']} label={t({ zh: '数据库名', en: 'Database' })} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item
        name={['connection', 'user']}
        label={t({ zh: '用户名（只读）', en: 'User (read only)' })}
        rules={required}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name={['connection', 'tls']} label={t({ zh: '加密连接（TLS）', en: 'TLS' })} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}

interface Found {
  readonly rows: readonly { readonly id: string; readonly name: Words }[]
}

/** An organisation, found by a part of its name; a value of the surrounding form. */
function OrganisationSelect(props: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (id: string) => void
}) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  const { data, isFetching } = useQuery({
    queryKey: ['organisations', asked],
    queryFn: () => api.get<Found>('/api/identity/organisations', { search: asked || undefined, limit: 50 }),
    staleTime: HOUR,
  })
  return (
    <Select
      {...props}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={isFetching}
      options={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: t(name) }))}
    />
  )
}
