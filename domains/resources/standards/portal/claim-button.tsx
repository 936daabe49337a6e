import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Element } from './types.ts'

/** Claims an element for the unit of the reader's post. */
export function ClaimButton({ element }: { readonly element: Element }) {
  const t = useWords()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const claim = useMutation({
    mutationFn: (form: { basis: string }) =>
      api.post<{ loop: string }>(`/api/standards/elements/${encodeURIComponent(element.id)}/claims`, { ...form, key }),
    onSuccess: ({ loop }) => navigate({ to: `/loops/${loop}` as string }),
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t({ zh: '认领为来源单位', en: 'Claim as the source' })}</Button>
      <Modal
        open={isOpen}
        title={t({ zh: '认领数据元', en: 'Claim an element' })}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <Form layout="vertical" onFinish={(form: { basis: string }) => claim.mutate(form)}>
          <Form.Item
            name="basis"
            label={t({ zh: '职责依据', en: 'Duty it follows from' })}
            extra={t({
              zh: '写明“三定”规定或法规的条款；现来源单位会先答复',
              en: 'Name the decree or law and its clause; the present source is asked first',
            })}
            rules={[{ required: true, message: t({ zh: '请填写依据', en: 'Say what it follows from' }) }]}
          >
            <Input.TextArea rows={4} maxLength={2000} />
          </Form.Item>
          {claim.error && <Alert type="error" showIcon title={claim.error.message} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" loading={claim.isPending}>
            {t({ zh: '提交认领', en: 'Claim' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
