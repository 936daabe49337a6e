import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Checkbox, DatePicker, Flex, Form, Input, InputNumber, Switch, Typography } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { FilterBar } from '#portal/registry'
import { api, DataState, Failure, PageFrame, PageLink, useMe, useWords } from '#portal/ui'
import { useShared } from './dataset-page.tsx'
import type { DatasetView, Way } from './types.ts'
import { SharingTag, WAYS } from './words.tsx'

interface Filled {
  readonly fields: readonly string[]
  readonly whole?: readonly string[]
  readonly purpose: string
  readonly basis: string
  readonly until: dayjs.Dayjs
  readonly quota: number
  readonly ways: readonly Way[]
  readonly returnFlow?: boolean
}
interface Applied {
  readonly request: string
  readonly grant: string | null
}

/** A unit applies for fields of a dataset: which, of which rows, what for, on what basis, until when, how. */
export function ApplyPage() {
  const { dataset: id = '' } = useParams({ strict: false }) as { dataset?: string }
  const query = useShared(id)
  const t = useWords()
  return (
    <PageFrame
      title={{ zh: '申请共享数据', en: 'Apply for data' }}
      {...(query.data ? { about: query.data.title } : {})}
      above={[
        { title: { zh: '数据目录', en: 'Datasets' }, path: '/data' },
        { title: query.data ? t(query.data.title) : id, path: `/exchange/datasets/${encodeURIComponent(id)}` },
      ]}
    >
      <DataState query={query}>{(dataset) => <Application dataset={dataset} />}</DataState>
    </PageFrame>
  )
}

function Application({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const [form] = Form.useForm<Filled>()
  const [where, setWhere] = useState<readonly string[]>([])
  const send = useMutation({
    mutationFn: ({ until, ...filled }: Filled) =>
      api.post<Applied>('/api/exchange/requests', {
        ...filled,
        dataset: dataset.id,
        until: until.format('YYYY-MM-DD'),
        rows: rowsOf(where),
      }),
  })
  if (send.data) return <Done applied={send.data} />
  return (
    <Form<Filled>
      form={form}
      // No form element: the conditions on rows are a form of their own within it.
      component={false}
      layout="vertical"
      initialValues={{ until: dayjs().add(1, 'year'), quota: 1000, ways: ['query'] }}
      onFinish={(filled) => send.mutate(filled)}
    >
      <div style={{ maxWidth: 760 }}>
        <FieldsItem dataset={dataset} />
        <RowsItem dataset={dataset} where={where} onChange={setWhere} />
        <Reasons />
        {send.error && <Failure error={send.error} />}
        <Button type="primary" onClick={form.submit} loading={send.isPending} style={{ marginTop: 16 }}>
          {t({ zh: '提交申请', en: 'Send' })}
        </Button>
      </div>
    </Form>
  )
}

function Done({ applied: { request, grant } }: { readonly applied: Applied }) {
  const t = useWords()
  return (
    <Alert
      type="success"
      showIcon
      title={
        grant
          ? t({ zh: '这些字段无条件共享，已直接授权。', en: 'These fields are shared freely; they are granted.' })
          : t({ zh: '申请已送提供单位，将限时答复。', en: 'Sent to the owner, who answers within the statutory time.' })
      }
      description={
        <Flex gap="middle">
          <PageLink to={`/loops/${request}`}>{t({ zh: '查看办理进度', en: 'See how it is handled' })}</PageLink>
          {grant && <PageLink to={`/exchange/grants/${grant}`}>{t({ zh: '查看授权', en: 'Open the grant' })}</PageLink>}
        </Flex>
      }
    />
  )
}

function FieldsItem({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const chosen = (Form.useWatch('fields') ?? []) as readonly string[]
  const personal = dataset.fields.filter(({ name, personal: is }) => is && chosen.includes(name))
  return (
    <>
      <Form.Item
        name="fields"
        label={t({ zh: '需要的字段（至少一个，够用即可）', en: 'Fields (one or more, no more than needed)' })}
        rules={[atLeastOne(t({ zh: '至少选一个字段', en: 'Choose at least one' }))]}
      >
        <Checkbox.Group style={{ display: 'grid', gap: 8 }}>
          {dataset.fields.map(({ name, title, sharing }) => (
            <Checkbox key={name} value={name} disabled={sharing === 'none'}>
              <Flex gap="small" wrap>
                {t(title)}
                <SharingTag sharing={sharing} />
              </Flex>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
      {personal.length > 0 && (
        <Form.Item
          name="whole"
          label={t({ zh: '其中需要看到完整内容的（其余脱敏）', en: 'Of these shown whole (others are masked)' })}
        >
          <Checkbox.Group options={personal.map(({ name, title }) => ({ value: name, label: t(title) }))} />
        </Form.Item>
      )}
    </>
  )
}

/** A group of boxes knows no "required", which screen readers would be told of. */
const atLeastOne = (message: string) => ({
  validator: async (_: unknown, value?: readonly string[]) => {
    if (!value?.length) throw new TypeError(message)
  },
})

interface RowsProps {
  readonly dataset: DatasetView
  readonly where: readonly string[]
  readonly onChange: (where: readonly string[]) => void
}

function RowsItem({ dataset, where, onChange }: RowsProps) {
  const t = useWords()
  const me = useMe()
  const isReturned = Form.useWatch('returnFlow') as boolean | undefined
  const hasDivision = dataset.fields.some(({ kind }) => kind === 'division')
  const isCounty = me.organisation?.startsWith('county.') ?? false
  return (
    <>
      {hasDivision && isCounty && (
        <Form.Item
          name="returnFlow"
          valuePropName="checked"
          label={t({ zh: '数据回流：只取本县区的数据', en: 'Return flow: the rows of our own county' })}
        >
          <Switch aria-label={t({ zh: '数据回流', en: 'Return flow' })} />
        </Form.Item>
      )}
      {!isReturned && (
        <Form.Item label={t({ zh: '数据范围（不加条件则为全部）', en: 'Rows (all, if no condition is added)' })}>
          <FilterBar
            fields={dataset.fields.map((field) => ({ ...field, sealed: field.kind === 'identity', choices: null }))}
            add={{ zh: '加条件', en: 'Add' }}
            where={where}
            onChange={onChange}
          />
        </Form.Item>
      )}
    </>
  )
}

function Reasons() {
  const t = useWords()
  const needed = [{ required: true, whitespace: true, message: t({ zh: '必填', en: 'Required' }) }]
  return (
    <>
      <Form.Item name="purpose" label={t({ zh: '用途', en: 'Purpose' })} rules={needed}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <Form.Item name="basis" label={t({ zh: '法定依据', en: 'Legal basis' })} rules={needed}>
        <Input.TextArea rows={2} maxLength={1000} placeholder={t({ zh: '法律、条款', en: 'Law and clause' })} />
      </Form.Item>
      <Form.Item
        name="ways"
        label={t({ zh: '使用方式（至少一种）', en: 'Ways (one or more)' })}
        rules={[atLeastOne(t({ zh: '至少选一种方式', en: 'Choose at least one' }))]}
      >
        <Checkbox.Group options={Object.entries(WAYS).map(([value, title]) => ({ value, label: t(title) }))} />
      </Form.Item>
      <Flex wrap gap="large">
        <Form.Item name="until" label={t({ zh: '使用至', en: 'Until' })} rules={[{ required: true }]}>
          <DatePicker minDate={dayjs()} maxDate={dayjs().add(3, 'year')} allowClear={false} />
        </Form.Item>
        <Form.Item name="quota" label={t({ zh: '每日调用上限（次）', en: 'Calls a day' })} rules={[{ required: true }]}>
          <InputNumber min={1} max={50_000_000} style={{ width: 160 }} />
        </Form.Item>
      </Flex>
      <Typography.Paragraph type="secondary">
        {t({
          zh: '无条件共享的字段立即授权；其余由提供单位在法定期限内答复（期限见规则包，待核对）。',
          en: 'What is shared freely is granted at once; the owner answers the rest in the statutory time (to be checked).',
        })}
      </Typography.Paragraph>
    </>
  )
}

/** `division~prefix~3709` as the condition that the server takes. */
function rowsOf(where: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    where.map((text) => {
      const [name = '', operator = '', ...rest] = text.split('~')
      const value = rest.join('~')
      if (operator === 'blank') return [name, { blank: true }]
      if (operator !== 'range') return [name, { [operator]: value }]
      const [from = '', to = ''] = value.split(',')
      return [name, { ...(from ? { from } : {}), ...(to ? { to } : {}) }]
    }),
  )
}
