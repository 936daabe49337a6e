import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Element } from './types.ts'

interface Values {
  readonly title: string
  readonly titleEn: string
  readonly definition: string
  readonly max?: number
  readonly synonyms: readonly string[]
  readonly begins: Dayjs
  readonly reason: string
}

/** Proposes new values of an element; everybody who uses it is asked before they begin. */
export function ChangeButton({ element }: { readonly element: Element }) {
  const t = useWords()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const change = useMutation({
    mutationFn: ({ begins, reason, max, ...rest }: Values) =>
      api.post<{ loop: string }>(`/api/standards/elements/${encodeURIComponent(element.id)}/changes`, {
        changes: { ...rest, ...(max === undefined || max === null ? {} : { max }) },
        begins: begins.format('YYYY-MM-DD'),
        reason,
        key,
      }),
    onSuccess: ({ loop }) => navigate({ to: `/loops/${loop}` as string }),
  })
  const required = [{ required: true, message: t({ zh: '必填', en: 'Required' }) }]
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t({ zh: '提出变更', en: 'Propose a change' })}</Button>
      <Modal
        open={isOpen}
        title={t({ zh: '变更数据元', en: 'Change of an element' })}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <Form<Values> layout="vertical" initialValues={element} onFinish={(values) => change.mutate(values)}>
          <Form.Item name="title" label={t({ zh: '名称', en: 'Name' })} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="titleEn" label={t({ zh: '英文名称', en: 'English name' })} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="definition" label={t({ zh: '定义', en: 'Definition' })} rules={required}>
            <Input.TextArea rows={3} maxLength={1000} />
          </Form.Item>
          <Form.Item name="max" label={t({ zh: '最大长度', en: 'Longest' })}>
            <InputNumber min={1} max={20_000} />
          </Form.Item>
          <Form.Item name="synonyms" label={t({ zh: '同义名称', en: 'Synonyms' })}>
            <Select mode="tags" open={false} />
          </Form.Item>
          <Form.Item
            name="begins"
            label={t({ zh: '生效日期', en: 'Begins on' })}
            extra={t({
              zh: '使用单位会先收到征求意见，生效前须留足告知时间',
              en: 'Units that use it are asked first, and need notice before it begins',
            })}
            rules={required}
          >
            <DatePicker />
          </Form.Item>
          <Form.Item name="reason" label={t({ zh: '变更理由', en: 'Why' })} rules={required}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          {change.error && <Alert type="error" showIcon title={change.error.message} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t({ zh: '提交变更', en: 'Propose' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
