import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Radio } from 'antd'
import { api, Failure, useWords } from '#portal/ui'
import { VOICES } from './names.ts'

interface Sent {
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly url?: string
}

/** Sends a request, a correction or an app; nobody signs in, and nothing about the sender is kept. */
export function VoiceForm({ entry }: { readonly entry?: string }) {
  const t = useWords()
  const [form] = Form.useForm<Sent>()
  const kind = Form.useWatch('kind', form)
  const send = useMutation({
    mutationFn: (sent: Sent) => api.post('/api/open-data/voices', { ...sent, ...(entry ? { entry } : {}) }),
    onSuccess: () => form.resetFields(),
  })
  const kinds = entry ? ['correction', 'request', 'app'] : ['request']
  return (
    <Form<Sent> form={form} layout="vertical" initialValues={{ kind: kinds[0] }} onFinish={(sent) => send.mutate(sent)}>
      <Form.Item name="kind" label={t({ zh: '类别', en: 'Kind' })}>
        <Radio.Group
          options={kinds.map((each) => ({ value: each, label: t(VOICES[each] ?? { zh: each, en: each }) }))}
        />
      </Form.Item>
      <Form.Item name="title" label={t({ zh: '标题', en: 'Title' })} rules={[{ required: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="text"
        label={t({ zh: '内容', en: 'Text' })}
        extra={t({ zh: '会公开显示，请不要写个人信息', en: 'It will be shown to all; write nothing personal' })}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      {kind === 'app' && (
        <Form.Item name="url" label={t({ zh: '应用网址', en: 'Address of the app' })} rules={[{ type: 'url' }]}>
          <Input maxLength={300} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t({ zh: '提交', en: 'Send' })}
      </Button>
      {send.error && <Failure error={send.error} />}
      {send.isSuccess && (
        <Alert
          type="success"
          showIcon
          title={t({ zh: '已收到，审核后公开并答复', en: 'Received; it is shown and answered after a check' })}
        />
      )}
    </Form>
  )
}
