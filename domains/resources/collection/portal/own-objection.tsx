import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Card, Form, Input, Select } from 'antd'
import { Unproven, useOwnProof } from '#portal/identity'
import { api, DataState, Failure, useMe, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Table {
  readonly dataset: string
  readonly title: Words
  readonly fields: readonly Words[]
}

interface Values {
  readonly dataset: string
  readonly field?: string
  readonly claim: string
}

/** A resident or firm, proven to be that, says what is wrong with the own data. */
export function OwnObjection({ done }: { readonly done: () => void }) {
  const query = useOwnProof()
  return (
    <DataState query={query}>{({ proof }) => (proof ? <Claim proof={proof} done={done} /> : <Unproven />)}</DataState>
  )
}

interface ClaimProps {
  readonly proof: { readonly number: string; readonly name: string }
  readonly done: () => void
}

function Claim({ proof, done }: ClaimProps) {
  const t = useWords()
  const isFirm = useMe().kind === 'firm'
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const chosen = Form.useWatch('dataset', form)
  const tables = useQuery({
    queryKey: ['collection', 'objection-tables'],
    queryFn: () => api.get<{ readonly rows: readonly Table[] }>('/api/collection/own-objections/tables'),
  })
  const send = useMutation({
    mutationFn: (values: Values) => api.post('/api/collection/own-objections', values),
    onSuccess: () => {
      void message.success(t({ zh: '已提交，来源单位将核实答复', en: 'Sent; the source will look into it' }))
      form.resetFields()
      done()
    },
  })
  const required = { required: true, whitespace: true, message: t({ zh: '必填', en: 'Required' }) }
  const fields = tables.data?.rows.find(({ dataset }) => dataset === chosen)?.fields ?? []
  return (
    <Card
      title={t(
        isFirm
          ? { zh: '对本企业数据提出异议', en: 'Object to data of your firm' }
          : { zh: '对本人数据提出异议', en: 'Object to your own data' },
      )}
    >
      <Form<Values> form={form} layout="vertical" onFinish={(values) => send.mutate(values)} style={{ maxWidth: 640 }}>
        <Form.Item label={t(isFirm ? { zh: '企业', en: 'Firm' } : { zh: '本人', en: 'You' })}>
          <span lang="zh">{`${proof.name} ${proof.number}`}</span>
        </Form.Item>
        <Form.Item
          name="dataset"
          label={t({ zh: '哪项数据', en: 'Which data' })}
          rules={[required]}
          extra={t({
            zh: '能在“我的档案”中看到的记录，请在那里对那一条提出，来源单位才知道是哪一条',
            en: 'Object to a record that you see in "My file" there, so that the source knows which it is',
          })}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={tables.isFetching}
            options={(tables.data?.rows ?? []).map(({ dataset, title }) => ({ value: dataset, label: t(title) }))}
          />
        </Form.Item>
        <Form.Item name="field" label={t({ zh: '哪一项有误', en: 'Which item is wrong' })}>
          <Select allowClear options={fields.map((title) => ({ value: title.zh, label: t(title) }))} />
        </Form.Item>
        <Form.Item
          name="claim"
          label={t({ zh: '错在哪里，应当是什么', en: 'What is wrong, and what would be right' })}
          rules={[required]}
        >
          <Input.TextArea rows={4} maxLength={4000} />
        </Form.Item>
        {send.error && <Failure error={send.error} />}
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t({ zh: '提交异议', en: 'Send' })}
        </Button>
      </Form>
    </Card>
  )
}
