import { useMutation } from '@tanstack/react-query'
import { App, Button, Card, Col, Flex, Form, Input, Row, Typography } from 'antd'
import { useState } from 'react'
import { api, useMarks, useWords } from '#portal/ui'
import type { LoadView, Reason } from './types.ts'

export interface Correction {
  readonly id: number
  readonly line: number
  readonly cells: readonly string[]
  readonly reasons: readonly Reason[]
}

interface CorrectionFormProps {
  readonly load: LoadView
  readonly correction: Correction
  readonly done: () => void
}

/** One failed row: its cells as fields, wrong ones with their reason. */
export function CorrectionForm({ load, correction, done }: CorrectionFormProps) {
  const t = useWords()
  const { sentences } = useMarks()
  const { message } = App.useApp()
  const [cells, setCells] = useState(() => load.reading.header.map((_, at) => correction.cells[at] ?? ''))
  const [reasons, setReasons] = useState(correction.reasons)
  const path = `/api/registry/loads/${load.id}/corrections/${correction.id}`
  const fail = (error: Error) => void message.error(error.message)
  const submit = useMutation({
    mutationFn: () => api.post<{ done: boolean; reasons: Reason[] }>(path, { cells }),
    onSuccess: (answer) => (answer.done ? done() : setReasons(answer.reasons)),
    onError: fail,
  })
  const drop = useMutation({ mutationFn: () => api.delete(path), onSuccess: done, onError: fail })
  const whole = reasons.filter(({ column }) => column < 0)
  return (
    <Card size="small" title={t({ zh: `第 ${correction.line} 行`, en: `Line ${correction.line}` })}>
      {whole.map(({ message: reason }) => (
        <Typography.Text key={reason.zh} type="danger">
          {t(reason)}
        </Typography.Text>
      ))}
      <Form layout="vertical" onFinish={() => submit.mutate()}>
        <Row gutter={12}>
          {load.reading.header.map((title, at) => {
            const wrong = reasons.filter(({ column }) => column === at)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file have no other name that is theirs alone
              <Col key={at} xs={24} sm={12} md={8} lg={6}>
                <Form.Item
                  label={title || t({ zh: `第 ${at + 1} 列`, en: `Column ${at + 1}` })}
                  validateStatus={wrong.length > 0 ? 'error' : ''}
                  help={wrong.map(({ message: reason }) => t(reason)).join(sentences) || undefined}
                  htmlFor={`cell-${correction.id}-${at}`}
                >
                  <Input
                    id={`cell-${correction.id}-${at}`}
                    value={cells[at]}
                    onChange={(event) => setCells(cells.with(at, event.target.value))}
                  />
                </Form.Item>
              </Col>
            )
          })}
        </Row>
        <Flex gap="small">
          <Button type="primary" htmlType="submit" loading={submit.isPending}>
            {t({ zh: '更正并提交', en: 'Correct and submit' })}
          </Button>
          <Button danger loading={drop.isPending} onClick={() => drop.mutate()}>
            {t({ zh: '放弃这一行', en: 'Drop this row' })}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}
