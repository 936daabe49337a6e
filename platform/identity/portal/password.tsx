import { Form, Input } from 'antd'
import { api, sessionKey, useWords } from '#portal/ui'
import { FormDialog, needed } from './form-dialog.tsx'

interface Values {
  readonly current: string
  readonly password: string
  readonly again: string
}

/** Changes the reader's password; other sessions end. */
export function ChangePassword() {
  const t = useWords()
  const differs = t({ zh: '两次输入不一致', en: 'The two entries differ' })
  return (
    <FormDialog<Values>
      title={{ zh: '修改密码', en: 'Change password' }}
      save={({ current, password }) => api.put('/api/account/password', { current, password })}
      changes={[sessionKey[0], '/api/account/sessions']}
    >
      <Form.Item name="current" label={t({ zh: '当前密码', en: 'Present password' })} rules={needed}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="password" label={t({ zh: '新密码', en: 'New password' })} rules={needed}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t({ zh: '再输一次', en: 'Once more' })}
        dependencies={['password']}
        rules={[
          ...needed,
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === getFieldValue('password') ? Promise.resolve() : Promise.reject(differs),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  )
}
