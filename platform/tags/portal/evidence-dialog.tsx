import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Table, Typography } from 'antd'
import { useState } from 'react'
import { ApiError, api, DataState, useWords } from '#portal/ui'
import type { EvidenceRows } from './types.ts'

interface EvidenceOf {
  readonly tag: string
  readonly title: string
  readonly member: string
  readonly personal: boolean
}

/** The rows behind one member's tag; where they name people a purpose is asked for first. */
export function EvidenceDialog({
  of,
  onClose,
  onObject,
}: {
  readonly of: EvidenceOf
  readonly onClose: () => void
  readonly onObject: () => void
}) {
  const t = useWords()
  const [purpose, setPurpose] = useState(of.personal ? undefined : '')
  return (
    <Modal
      open
      width={900}
      title={t({ zh: `“${of.title}”的依据`, en: `Evidence of “${of.title}”` })}
      onCancel={onClose}
      footer={<Button onClick={onObject}>{t({ zh: '标签不对，提出异议', en: 'It is wrong: object' })}</Button>}
      destroyOnHidden
    >
      {purpose === undefined ? <AskPurpose onState={setPurpose} /> : <Evidence of={of} purpose={purpose} />}
    </Modal>
  )
}

/** Whether the server asks for a purpose first. */
export const isPurposeAsked = (error: unknown): boolean =>
  error instanceof ApiError && error.problem.code === 'purpose-needed'

/** Asks what personal data or sensitive tags are read for. */
export function AskPurpose({ onState }: { readonly onState: (purpose: string) => void }) {
  const t = useWords()
  return (
    <Form layout="vertical" onFinish={({ purpose }: { purpose: string }) => onState(purpose.trim())}>
      <p>
        {t({
          zh: '这里含个人信息或敏感标签。请说明查看目的，它会和您的姓名一起记入审计日志。',
          en: 'This holds personal data or sensitive tags. Say what you read it for; it goes into the audit log with your name.',
        })}
      </p>
      <Form.Item
        name="purpose"
        label={t({ zh: '查看目的', en: 'Purpose' })}
        rules={[{ required: true, whitespace: true, message: t({ zh: '请填写查看目的', en: 'State the purpose' }) }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t({ zh: '查看', en: 'Show' })}
      </Button>
    </Form>
  )
}

function Evidence({ of, purpose }: { readonly of: EvidenceOf; readonly purpose: string }) {
  const path = `/api/tags/${encodeURIComponent(of.tag)}/evidence/${encodeURIComponent(of.member)}`
  const query = useQuery({ queryKey: [path, purpose], queryFn: () => api.get<EvidenceRows>(path, {}, purpose) })
  return (
    <DataState
      query={query}
      empty={{ zh: '没有记录：标签说的正是没有', en: 'No rows: the tag says that there are none' }}
    >
      {(rows) => <EvidenceTable evidence={rows} />}
    </DataState>
  )
}

export function EvidenceTable({ evidence: { columns, rows, cut } }: { readonly evidence: EvidenceRows }) {
  const t = useWords()
  return (
    <>
      <Table
        size="small"
        aria-label={t({ zh: '依据', en: 'Evidence' })}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={rows.map((cells, key) => ({ key, cells }))}
        columns={columns.map(({ name }, at) => ({
          key: name,
          title: name,
          render: (_: unknown, { cells }: { readonly cells: EvidenceRows['rows'][number] }) =>
            cells[at] === null || cells[at] === undefined ? '—' : String(cells[at]),
        }))}
      />
      {cut && (
        <Typography.Text type="secondary">
          {t({ zh: '还有更多行，未全部显示', en: 'There are more rows than are shown' })}
        </Typography.Text>
      )}
    </>
  )
}
