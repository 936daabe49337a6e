import { Flex, Form, Input, Modal, QRCode, Typography } from 'antd'
import { useState } from 'react'
import { api, sessionKey, useMe, useWords } from '#portal/ui'
import { FormDialog, needed } from './form-dialog.tsx'

interface Pending {
  readonly secret: string
  readonly uri: string
}

/** Sets or removes the reader's second factor. */
export function SecondFactor() {
  const t = useWords()
  const { hasTotp } = useMe()
  const [pending, setPending] = useState<Pending>()
  const current = (
    <Form.Item name="current" label={t({ zh: '当前密码', en: 'Present password' })} rules={needed}>
      <Input.Password autoComplete="current-password" />
    </Form.Item>
  )
  if (hasTotp)
    return (
      <FormDialog<{ current: string }>
        title={{ zh: '取消动态验证码', en: 'Remove second factor' }}
        save={(values) => api.post('/api/account/totp/removal', values)}
        changes={[sessionKey[0]]}
      >
        {current}
      </FormDialog>
    )
  return (
    <>
      <FormDialog<{ current: string }>
        title={{ zh: '启用动态验证码', en: 'Set up second factor' }}
        save={async (values) => setPending(await api.post<Pending>('/api/account/totp', values))}
        changes={[]}
      >
        {current}
      </FormDialog>
      {pending && <Confirm pending={pending} onClose={() => setPending(undefined)} />}
    </>
  )
}

function Confirm({ pending, onClose }: { readonly pending: Pending; readonly onClose: () => void }) {
  const t = useWords()
  return (
    <Modal
      open
      footer={null}
      onCancel={onClose}
      title={t({ zh: '用验证器扫码，再输入显示的六位数', en: 'Scan it with an authenticator, then enter its code' })}
    >
      <Flex vertical align="center" gap="middle">
        <QRCode value={pending.uri} aria-label={t({ zh: '二维码', en: 'QR code' })} />
        <Typography.Text copyable>{pending.secret}</Typography.Text>
        <FormDialog<{ code: string }>
          title={{ zh: '输入验证码', en: 'Enter the code' }}
          button={{ type: 'primary' }}
          save={async (values) => {
            await api.put('/api/account/totp', values)
            onClose()
          }}
          changes={[sessionKey[0]]}
        >
          <Form.Item name="code" label={t({ zh: '六位验证码', en: 'Code of six digits' })} rules={needed}>
            <Input inputMode="numeric" maxLength={6} autoComplete="one-time-code" />
          </Form.Item>
        </FormDialog>
      </Flex>
    </Modal>
  )
}
