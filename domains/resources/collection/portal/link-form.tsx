import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select } from 'antd'
import { api, Failure, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { TableView } from './types.ts'
import { REASONS } from './words.ts'

interface Suggested {
  readonly columns: readonly {
    readonly name: string
    readonly field: string | null
    readonly reasons: readonly Words[]
  }[]
}

interface Values {
  readonly dataset?: string
  readonly reason?: string
  readonly basis?: string
  readonly plannedUntil?: string
  readonly fields?: Readonly<Record<string, string | undefined>>
}

/** Says of a table which dataset collects it, column by column, or why none does. */
export function LinkForm({ table, done }: { readonly table: TableView; readonly done: () => void }) {
  const t = useWords()
  const [form] = Form.useForm<Values>()
  const dataset = Form.useWatch('dataset', form) ?? table.dataset
  const reason = Form.useWatch('reason', form) ?? table.reason
  const datasets = useQuery({
    queryKey: ['registry', 'datasets'],
    queryFn: () =>
      api.get<{ readonly datasets: readonly { readonly id: string; readonly title: Words; readonly rows: boolean }[] }>(
        '/api/registry/datasets',
      ),
  })
  const save = useMutation({
    mutationFn: ({ fields, ...rest }: Values) =>
      api.put('/api/collection/inventory/links', {
        system: table.system,
        name: table.name,
        ...given(rest),
        ...(fields
          ? { fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field ?? ''])) }
          : {}),
      }),
    onSuccess: done,
  })
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{
        ...table,
        fields: Object.fromEntries(table.fields.flatMap(({ name, field }) => (field ? [[name, field]] : []))),
      }}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item name="dataset" label={t({ zh: '汇聚数据集（没有则不选）', en: 'Dataset that collects it, if any' })}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(datasets.data?.datasets ?? [])
            .filter(({ rows }) => rows)
            .map(({ id, title }) => ({ value: id, label: t(title) }))}
        />
      </Form.Item>
      {!dataset && (
        <>
          <Form.Item
            name="reason"
            label={t({ zh: '未汇聚原因', en: 'Why it is not collected' })}
            rules={[{ required: true, message: t({ zh: '必填', en: 'Required' }) }]}
          >
            <Select options={Object.entries(REASONS).map(([value, title]) => ({ value, label: t(title) }))} />
          </Form.Item>
          <Form.Item name="basis" label={t({ zh: '依据', en: 'Basis' })}>
            <Input maxLength={200} />
          </Form.Item>
          {reason === 'planned' && (
            <Form.Item
              name="plannedUntil"
              label={t({ zh: '计划汇聚日期', en: 'Planned until' })}
              rules={[{ required: true, message: t({ zh: '必填', en: 'Required' }) }]}
            >
              <Input type="date" />
            </Form.Item>
          )}
        </>
      )}
      {dataset && table.fields.length > 0 && <Columns table={table} dataset={dataset} />}
      {save.error && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t({ zh: '保存', en: 'Save' })}
      </Button>
    </Form>
  )
}

const given = (values: object) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== null),
  )

/** Each column with the field it goes into; the system suggests, a person agrees. */
function Columns({ table, dataset }: { readonly table: TableView; readonly dataset: string }) {
  const t = useWords()
  const { sentences } = useMarks()
  const form = Form.useFormInstance<Values>()
  const detail = useQuery({
    queryKey: ['registry', 'dataset', dataset],
    queryFn: () =>
      api.get<{ readonly fields: readonly { readonly name: string; readonly title: Words }[] }>(
        `/api/registry/datasets/${encodeURIComponent(dataset)}`,
      ),
  })
  const suggest = useMutation({
    mutationFn: () =>
      api.get<Suggested>('/api/collection/inventory/suggestions', { system: table.system, table: table.name, dataset }),
    onSuccess: ({ columns }) => {
      for (const { name, field } of columns)
        if (field && !form.getFieldValue(['fields', name])) form.setFieldValue(['fields', name], field)
    },
  })
  const why = new Map(suggest.data?.columns.map(({ name, reasons }) => [name, reasons]))
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t({ zh: '各列进入数据集的哪个字段', en: 'Which field each column goes into' })}
        action={
          <Button size="small" loading={suggest.isPending} onClick={() => suggest.mutate()}>
            {t({ zh: '给出建议', en: 'Suggest' })}
          </Button>
        }
        style={{ marginBottom: 16 }}
      />
      {suggest.error && <Failure error={suggest.error} />}
      {table.fields.map(({ name, title }) => (
        <Form.Item
          key={name}
          name={['fields', name]}
          label={<span lang="zh">{title && title !== name ? `${name}（${title}）` : name}</span>}
          extra={(why.get(name) ?? []).map((reason) => t(reason)).join(sentences)}
        >
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(detail.data?.fields ?? []).map((field) => ({ value: field.name, label: t(field.title) }))}
          />
        </Form.Item>
      ))}
    </>
  )
}
