import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Select } from 'antd'
import { api, DataState, Failure, PageFrame, PageLink, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Values {
  readonly field?: string
  readonly claim: string
}

/** A user of a record says what is wrong with it. */
export function ObjectPage() {
  const t = useWords()
  const { dataset, row } = useSearch({ strict: false }) as { dataset?: string; row?: string | number }
  return (
    <PageFrame
      title={{ zh: '提出数据异议', en: 'Object to a record' }}
      above={[{ title: { zh: '数据异议', en: 'Objections to data' }, path: '/objections' }]}
    >
      {dataset && row !== undefined ? (
        <ObjectForm dataset={dataset} row={Number(row)} />
      ) : (
        <Alert
          type="info"
          showIcon
          title={t({
            zh: '请先打开有误的数据，在它的页面上提出异议',
            en: 'Open the record that is wrong, and object on its page',
          })}
          description={<PageLink to="/objections">{t({ zh: '我提出的异议', en: 'My objections' })}</PageLink>}
        />
      )}
    </PageFrame>
  )
}

function ObjectForm({ dataset, row }: { readonly dataset: string; readonly row: number }) {
  const t = useWords()
  const navigate = useNavigate()
  const detail = useQuery({
    queryKey: ['registry', 'dataset', dataset],
    queryFn: () =>
      api.get<{ readonly title: Words; readonly fields: readonly { readonly name: string; readonly title: Words }[] }>(
        `/api/registry/datasets/${encodeURIComponent(dataset)}`,
      ),
  })
  const send = useMutation({
    mutationFn: (values: Values) =>
      api.post<{ readonly loop: string }>('/api/collection/objections', { dataset, row, ...values }),
    onSuccess: ({ loop }) => void navigate({ to: `/loops/${loop}` }),
  })
  return (
    <DataState query={detail}>
      {({ title, fields }) => (
        <Form<Values> layout="vertical" onFinish={(values) => send.mutate(values)} style={{ maxWidth: 640 }}>
          <Form.Item label={t({ zh: '数据', en: 'Record' })}>
            <PageLink to={`/data/${encodeURIComponent(dataset)}/rows/${row}`}>
              {t({ zh: `${title.zh}第 ${row} 号`, en: `${title.en}, row ${row}` })}
            </PageLink>
          </Form.Item>
          <Form.Item name="field" label={t({ zh: '哪一项有误', en: 'Which item is wrong' })}>
            <Select allowClear options={fields.map((field) => ({ value: field.title.zh, label: t(field.title) }))} />
          </Form.Item>
          <Form.Item
            name="claim"
            label={t({ zh: '错在哪里，应当是什么', en: 'What is wrong, and what would be right' })}
            rules={[{ required: true, whitespace: true, message: t({ zh: '必填', en: 'Required' }) }]}
          >
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
          {send.error && <Failure error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t({ zh: '提交异议', en: 'Send' })}
          </Button>
        </Form>
      )}
    </DataState>
  )
}
