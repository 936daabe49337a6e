import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'

interface Props {
  readonly dataset: string
  readonly field: string
  readonly onDone: () => void
}

/** Takes back the element that somebody agreed to for a field, with the reason. */
export function TakeBack({ dataset, field, onDone }: Props) {
  const t = useWords()
  const [isOpen, setOpen] = useState(false)
  const takeBack = useMutation({
    mutationFn: ({ reason }: { reason: string }) =>
      api.post('/api/standards/mappings/withdrawal', { dataset, field, reason }),
    onSuccess: () => {
      setOpen(false)
      onDone()
    },
  })
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t({ zh: '收回', en: 'Take back' })}
      </Button>
      <Modal
        open={isOpen}
        title={t({ zh: '收回字段的数据元', en: 'Take back the element of a field' })}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <Form layout="vertical" onFinish={(form: { reason: string }) => takeBack.mutate(form)}>
          <Form.Item
            name="reason"
            label={t({ zh: '理由', en: 'Why' })}
            rules={[{ required: true, message: t({ zh: '请填写理由', en: 'Say why' }) }]}
          >
            <Input.TextArea rows={3} maxLength={1000} />
          </Form.Item>
          {takeBack.error && (
            <Alert type="error" showIcon title={takeBack.error.message} style={{ marginBottom: 16 }} />
          )}
          <Button type="primary" htmlType="submit" loading={takeBack.isPending}>
            {t({ zh: '收回', en: 'Take back' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
