import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Card, DatePicker, Flex, Form, Input } from 'antd'
import type { Dayjs } from 'dayjs'
import { api, DataState, Failure, PageFrame, PageLink, useWords } from '#portal/ui'
import { formatName, sizeText } from './names.ts'
import type { DatasetView } from './types.ts'

interface Grant {
  readonly id: string
  readonly entry: string
  readonly use: string
  readonly until: string
}

/** Applies for a dataset that is opened on application; whoever has a grant downloads here. */
export function ApplyPage() {
  const { id = '' } = useParams({ strict: false })
  const dataset = useQuery({
    queryKey: ['open-data', 'dataset', id],
    queryFn: () => api.get<DatasetView>(`/api/open-data/datasets/${id}`),
  })
  const grants = useQuery({
    queryKey: ['open-data', 'grants'],
    queryFn: () => api.get<{ readonly rows: readonly Grant[] }>('/api/open-data/my-grants'),
  })
  const grant = grants.data?.rows.find(({ entry }) => entry === id)
  return (
    <PageFrame
      title={{ zh: '申请使用数据', en: 'Apply for data' }}
      {...(dataset.data ? { about: dataset.data.title } : {})}
    >
      <DataState query={dataset} isEmpty={() => false}>
        {(found) => (
          <Flex vertical gap="middle">
            {grant && <Granted dataset={found} grant={grant} />}
            <Apply id={id} />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Granted({ dataset, grant }: { readonly dataset: DatasetView; readonly grant: Grant }) {
  const t = useWords()
  return (
    <Card size="small" title={t({ zh: `已获准使用，有效期至 ${grant.until}`, en: `Granted until ${grant.until}` })}>
      <Flex wrap gap="small">
        {dataset.current.files.map((file) => (
          <Button key={file.name} href={`/api/open-data/granted/${dataset.id}/${dataset.current.number}/${file.name}`}>
            {formatName(file.format)} ({sizeText(file.size)})
          </Button>
        ))}
      </Flex>
    </Card>
  )
}

interface Application {
  readonly use: string
  readonly safety: string
  readonly until: Dayjs
}

function Apply({ id }: { readonly id: string }) {
  const t = useWords()
  const apply = useMutation({
    mutationFn: ({ use, safety, until }: Application) =>
      api.post<{ readonly loop: string }>(`/api/open-data/datasets/${id}/applications`, {
        use,
        safety,
        until: until.format('YYYY-MM-DD'),
      }),
  })
  if (apply.data)
    return (
      <Alert
        type="success"
        showIcon
        title={t({ zh: '申请已提交，形式审查 5 个工作日', en: 'Sent; the formal check takes five working days' })}
        description={
          <PageLink to={`/loops/${apply.data.loop}`}>{t({ zh: '查看办理进度', en: 'See how it is handled' })}</PageLink>
        }
      />
    )
  return (
    <Form<Application> layout="vertical" onFinish={(given) => apply.mutate(given)} style={{ maxWidth: 720 }}>
      <Form.Item name="use" label={t({ zh: '用途', en: 'What for' })} rules={[{ required: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item
        name="safety"
        label={t({ zh: '安全措施', en: 'How you keep the data safe' })}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="until" label={t({ zh: '使用到', en: 'Until' })} rules={[{ required: true }]}>
        <DatePicker />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={apply.isPending}>
        {t({ zh: '提交申请', en: 'Send' })}
      </Button>
      {apply.error && <Failure error={apply.error} />}
    </Form>
  )
}
