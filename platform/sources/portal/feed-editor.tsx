import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Flex, Form, Table } from 'antd'
import { api, Failure, useWords } from '#portal/ui'
import { FeedFields } from './feed-fields.tsx'
import { bodyOf, type FeedValues, pagesOf, valuesOf } from './feed-values.ts'
import type { Feed, SourceDetail } from './types.ts'

interface FeedEditorProps {
  readonly source: SourceDetail
  readonly feed?: Feed
  readonly from?: string
}

interface Preview {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The form of a feed, with a masked look at what would be collected. */
export function FeedEditor({ source, feed, from }: FeedEditorProps) {
  const t = useWords()
  const navigate = useNavigate()
  const [form] = Form.useForm<FeedValues>()
  const { kind } = source.connection
  const isHttp = kind === 'http'
  const preview = useMutation({
    mutationFn: (values: FeedValues) =>
      api.post<Preview>(`/api/sources/systems/${source.id}/preview`, {
        from: (values.from ?? '').replaceAll('{mark}', encodeURIComponent(values.firstMark ?? '')),
        dataset: values.dataset,
        ...(isHttp ? { pages: pagesOf(values) } : {}),
      }),
  })
  const save = useMutation({
    mutationFn: (values: FeedValues) =>
      api.put(`/api/sources/feeds/${source.id}.${values.name}`, bodyOf(source.id, values, isHttp, feed?.columns)),
    onSuccess: () => void navigate({ to: `/sources/systems/${source.id}` }),
  })
  const look = () =>
    void form.validateFields(['from', 'dataset']).then(
      () => preview.mutate(form.getFieldsValue(true) as FeedValues),
      () => undefined,
    )
  return (
    <Form<FeedValues>
      form={form}
      layout="vertical"
      initialValues={valuesOf(source.id, feed, from)}
      onFinish={(values) => save.mutate(values)}
    >
      <FeedFields source={source} isKnown={feed !== undefined} />
      <Flex vertical gap="middle">
        {preview.error && <Failure error={preview.error} />}
        {preview.data && <PreviewTable preview={preview.data} />}
        {save.error && <Failure error={save.error} />}
        <Flex gap="small" wrap>
          {kind !== 'push' && (
            <Button loading={preview.isPending} onClick={look}>
              {t({ zh: '看样例（脱敏）', en: 'See a masked sample' })}
            </Button>
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t({ zh: '保存', en: 'Save' })}
          </Button>
        </Flex>
      </Flex>
    </Form>
  )
}

function PreviewTable({ preview: { columns, rows } }: { readonly preview: Preview }) {
  const t = useWords()
  return (
    <Table
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      aria-label={t({ zh: '样例（脱敏）', en: 'Masked sample' })}
      rowKey="at"
      dataSource={rows.map((cells, at) => ({ at, cells }))}
      columns={columns.map((title, at) => ({
        key: title,
        title,
        render: (_: unknown, row: { readonly cells: readonly string[] }) => row.cells[at] ?? '',
      }))}
    />
  )
}
