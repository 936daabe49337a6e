import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, type InputRef } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiError, api, sessionKey, useWords } from '#portal/ui'

interface Fields {
  readonly account: string
  readonly password: string
  readonly code?: string
}

/** Asks for the code of the second factor only when the server wants one. */
export function SignInForm({ start }: { readonly start: Fields | undefined }) {
  const t = useWords()
  const queries = useQueryClient()
  const [needsCode, setNeedsCode] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const code = useRef<InputRef>(null)
  useEffect(() => {
    if (needsCode) code.current?.focus()
  }, [needsCode])
  const signIn = async (fields: Fields) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await api.post('/api/session', fields)
      await queries.resetQueries({ queryKey: sessionKey })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.problem.code === 'code-needed') setNeedsCode(true)
      else setProblem(error.problem.title)
    } finally {
      setBusy(false)
    }
  }
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const required = (message: string) => [{ required: true, message }]
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => void signIn(fields)}
      {...(start ? { initialValues: start } : {})}
    >
      <div role="alert">{problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}</div>
      <Form.Item
        name="account"
        label={t({ zh: '账号', en: 'Account' })}
        rules={required(t({ zh: '请输入账号', en: 'Enter your account' }))}
      >
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} size="large" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t({ zh: '密码', en: 'Password' })}
        rules={required(t({ zh: '请输入密码', en: 'Enter your password' }))}
        {...(capsLock ? { extra: t({ zh: '大写锁定已打开', en: 'Caps lock is on' }) } : {})}
      >
        <Input.Password autoComplete="current-password" size="large" onKeyUp={noteCapsLock} />
      </Form.Item>
      {needsCode && (
        <Form.Item
          name="code"
          label={t({ zh: '动态验证码（手机验证器上的 6 位数字）', en: 'Code (6 digits of your authenticator)' })}
          rules={[{ required: true, pattern: /^\d{6}$/, message: t({ zh: '请输入 6 位数字', en: 'Enter 6 digits' }) }]}
        >
          <Input ref={code} inputMode="numeric" autoComplete="one-time-code" maxLength={6} size="large" />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t({ zh: '登录', en: 'Sign in' })}
      </Button>
    </Form>
  )
}
