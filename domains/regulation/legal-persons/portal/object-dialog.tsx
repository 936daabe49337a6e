import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Result } from 'antd'
import { api, Failure, PageLink, useWords } from '#portal/ui'

interface ObjectDialogProps {
  readonly title: string
  readonly path: string
  readonly body?: Readonly<Record<string, string>>
  readonly onClose: () => void
}

/** Says why a tag is wrong; its owner must answer within the term. */
export function ObjectDialog({ title, path, body = {}, onClose }: ObjectDialogProps) {
  const t = useWords()
  const send = useMutation({
    mutationFn: (form: { reason: string }) => api.post<{ matter: string }>(path, { ...body, ...form }),
  })
  return (
    <Modal
      open
      title={t({ zh: `对“${title}”提出异议`, en: `Object to “${title}”` })}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {send.data ? (
        <Result
          status="success"
          title={t({
            zh: '已转标签责任单位，十个工作日内答复',
            en: 'Passed to the owner of the tag, who answers within ten working days',
          })}
          extra={
            <PageLink to={`/loops/${send.data.matter}`}>
              {t({ zh: '查看办理进度', en: 'See how it is handled' })}
            </PageLink>
          }
        />
      ) : (
        <Form layout="vertical" onFinish={(form: { reason: string }) => send.mutate(form)}>
          <Form.Item
            name="reason"
            label={t({ zh: '哪里不对，为什么', en: 'What is wrong, and why' })}
            rules={[
              { required: true, whitespace: true, min: 2, message: t({ zh: '请写明理由', en: 'Give the reason' }) },
            ]}
          >
            <Input.TextArea rows={4} maxLength={2000} />
          </Form.Item>
          {send.isError && <Failure error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t({ zh: '提交异议', en: 'Send the objection' })}
          </Button>
        </Form>
      )}
    </Modal>
  )
}
