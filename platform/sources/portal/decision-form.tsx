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

const NOTE = { zh: '说明（记入审计日志）', en: 'Note (goes into the audit log)' }
const NOTE_TOLD = {
  zh: '说明（记入审计日志；拒绝时推送方也会看到）',
  en: 'Note (goes into the audit log; if you refuse, the other system is told too)',
}

/** Accept what came and go on, or refuse it: then nothing of it is written, of pushed batches none. */
export function DecisionForm({ run, columns, again }: DecisionFormProps) {
  const t = useWords()
  const { message } = App.useApp()
  const { waitingBatches: batches } = run
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
        <Form.Item label={t(batches > 0 ? NOTE_TOLD : NOTE)} htmlFor="drift-note">
          <Input id="drift-note" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Form.Item>
        {batches > 0 && (
          <p>
            {t({
              zh: `接受或拒绝对这次采集中还没有入库的 ${batches} 批一并生效。拒绝后，其中没有问题的批次也不写入，对方须把这些批次全部用新的 Idempotency-Key 重新推送。`,
              en: `Your decision is for all ${batches} batches of this run that are not stored yet. If you refuse, good ones among them are not written either, and the other system has to push all of them again with new Idempotency-Keys.`,
            })}
          </p>
        )}
        <Flex gap="small" wrap>
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t({ zh: '接受并继续入库', en: 'Accept and store' })}
          </Button>
          <Button danger loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {batches > 0
              ? t({ zh: `全部拒绝（${batches} 批都不写入）`, en: `Refuse all ${batches} batches` })
              : t({ zh: '拒绝，不写入', en: 'Refuse, write nothing' })}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}
