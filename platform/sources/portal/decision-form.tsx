import { useMutation } from '@tanstack/react-query'
import { App, Button, Card, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { RunDetail } from './types.ts'

interface DecisionFormProps {
  readonly run: RunDetail
  readonly columns: Readonly<Record<string, string | null>>
  readonly again: () => void
}

/** Accept what came and go on, or refuse it: then nothing of it is written. */
export function DecisionForm({ run, columns, again }: DecisionFormProps) {
  const t = useWords()
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const decide = useMutation({
    mutationFn: (accepted: boolean) =>
      api.post(`/api/sources/runs/${run.id}/decision`, {
        accepted,
        note,
        ...(accepted && Object.keys(columns).length > 0 ? { columns } : {}),
      }),
    onSuccess: again,
    onError: (error) => void message.error(error.message),
  })
  return (
    <Card size="small" title={t({ zh: '请处置', en: 'Your decision' })}>
      <Form layout="vertical">
        <Form.Item label={t({ zh: '说明（记入审计日志）', en: 'Note (goes into the audit log)' })} htmlFor="drift-note">
          <Input id="drift-note" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Form.Item>
        <Flex gap="small" wrap>
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t({ zh: '接受并继续入库', en: 'Accept and store' })}
          </Button>
          <Button danger loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {t({ zh: '拒绝，不写入', en: 'Refuse, write nothing' })}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}
