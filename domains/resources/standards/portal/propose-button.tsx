import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Form, Input, Modal } from 'antd'
import type { Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import { ApiError, api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Terms {
  readonly begins: Dayjs
  readonly reason: string
}

interface Props<V> {
  readonly label: Words
  readonly title: Words
  /** Where the proposal is sent. */
  readonly path: string
  readonly initial?: object
  /** What is proposed, of what was filled in. */
  readonly bodyOf: (values: V) => object
  /** What has to be known of the day. */
  readonly notice: Words
  /** Fields of the form before day and reasons. */
  readonly children?: ReactNode
}

/** Faults that the server found, at the fields of the form: `/element/title` is the field `title`. */
const faultsIn = (error: Error) =>
  (error instanceof ApiError ? (error.problem.issues ?? []) : []).map(({ path, message }) => ({
    name: path.replace(/^\/(element|changes)(?=\/)/, '').split('/')[1] ?? '',
    errors: [message],
  }))

/** Proposes a change of the standards with its day and reasons, and goes to its matter. */
export function ProposeButton<V extends object>({ label, title, path, initial, bodyOf, notice, children }: Props<V>) {
  const t = useWords()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const [form] = Form.useForm()
  const propose = useMutation({
    mutationFn: ({ begins, reason, ...values }: V & Terms) =>
      api.post<{ loop: string }>(path, {
        ...bodyOf(values as unknown as V),
        begins: begins.format('YYYY-MM-DD'),
        reason,
        key,
      }),
    onSuccess: ({ loop }) => navigate({ to: `/loops/${loop}` as string }),
    onError: (error) => form.setFields(faultsIn(error)),
  })
  const required = useRequired()
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(label)}</Button>
      <Modal open={isOpen} title={t(title)} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <Form<V & Terms>
          form={form}
          layout="vertical"
          {...(initial ? { initialValues: initial } : {})}
          onFinish={(values) => propose.mutate(values)}
        >
          {children}
          <Form.Item name="begins" label={t({ zh: '生效日期', en: 'Begins on' })} extra={t(notice)} rules={required}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="reason" label={t({ zh: '理由和依据', en: 'Why, and on what basis' })} rules={required}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          {propose.error && <Alert type="error" showIcon title={propose.error.message} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" loading={propose.isPending}>
            {t({ zh: '提交', en: 'Propose' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}

/** The rule of a field that has to be filled in. */
export function useRequired() {
  const t = useWords()
  return [{ required: true, message: t({ zh: '必填', en: 'Required' }) }]
}

export const NOTICE: Words = {
  zh: '使用单位会先收到征求意见，生效前须留足告知时间',
  en: 'Units that use it are asked first, and need notice before it begins',
}
