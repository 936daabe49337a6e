import { DatePicker, Form, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { api, useMe, useWords } from '#portal/ui'
import { FormDialog, needed } from './form-dialog.tsx'
import { PersonPicker } from './pickers.tsx'

interface Values {
  readonly post: string
  readonly to: string
  readonly period: readonly [Dayjs, Dayjs]
  readonly reason: string
}

const PATH = '/api/account/delegations'

/** Lends a post of the reader for a time. */
export function LendPost() {
  const t = useWords()
  const { posts } = useMe()
  const held = posts.filter((post) => !post.onBehalfOf)
  const [first] = held
  if (!first) return null
  const save = ({ post, to, period: [begins, ends], reason }: Values) =>
    api.post(PATH, { post, to, reason, begins: begins.toISOString(), ends: ends.toISOString() })
  return (
    <FormDialog<Values>
      title={{ zh: '委托代理', en: 'Lend a post' }}
      button={{ type: 'primary' }}
      initial={{ post: first.id }}
      save={save}
      changes={[PATH]}
    >
      <Form.Item name="post" label={t({ zh: '岗位', en: 'Post' })} rules={needed}>
        <Select
          options={held.map((post) => ({ value: post.id, label: `${t(post.organisationName)} · ${t(post.title)}` }))}
        />
      </Form.Item>
      <Form.Item name="to" label={t({ zh: '代理人', en: 'To whom' })} rules={needed}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="period" label={t({ zh: '起止时间', en: 'From and until' })} rules={needed}>
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reason" label={t({ zh: '事由', en: 'Reason' })} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
