import { Alert, Button, Form, Input } from 'antd'
import { useWords } from '#portal/ui'

/** Asks what personal data is read for, before any of it is shown. */
export function AskPurpose({ onState }: { readonly onState: (purpose: string) => void }) {
  const t = useWords()
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t({
          zh: '这里含有个人信息。请说明查看目的，它会和您的姓名一起记入审计日志。',
          en: 'This is personal data. Say what you read it for; it goes into the audit log with your name.',
        })}
      />
      <Form
        layout="vertical"
        onFinish={({ purpose }: { purpose: string }) => onState(purpose.trim())}
        style={{ maxWidth: 480 }}
      >
        <Form.Item
          name="purpose"
          label={t({ zh: '查看目的', en: 'Purpose' })}
          rules={[{ required: true, whitespace: true, message: t({ zh: '请填写查看目的', en: 'State the purpose' }) }]}
        >
          <Input
            maxLength={200}
            placeholder={t({ zh: '例如：核实低保申请', en: 'e.g. checking an application for aid' })}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t({ zh: '查看数据', en: 'Show the data' })}
        </Button>
      </Form>
    </>
  )
}
