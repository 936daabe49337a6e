import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, PageFrame, useWords } from '#portal/ui'
import type { DatasetDefinition } from '../server/datasets/definition.ts'
import { FieldEditor } from './field-editor.tsx'
import { useDataset } from './use-dataset.ts'
import { LEVELS, OPENING, SHARING } from './words.ts'

/** A steward defines a dataset, or adds fields to one. */
export function DefinePage() {
  const { dataset } = useSearch({ strict: false }) as { dataset?: string }
  return (
    <PageFrame
      title={{ zh: '定义数据集', en: 'Define a dataset' }}
      about={{
        zh: '定义后即可录入和导入；已有字段不能删除或改变类型，可以增加字段。',
        en: 'Rows can be written and imported at once; fields can be added, but neither taken away nor change their kind.',
      }}
      above={[{ title: { zh: '数据目录', en: 'Datasets' }, path: '/data' }]}
    >
      {dataset ? <Known id={dataset} /> : <DefineForm />}
    </PageFrame>
  )
}

function Known({ id }: { readonly id: string }) {
  const query = useDataset(id)
  return (
    <DataState query={query}>
      {({ definition }) => <DefineForm {...(definition ? { before: definition } : {})} />}
    </DataState>
  )
}

const FRESH: Partial<DatasetDefinition> = {
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 10,
  fields: [{ name: 'code', kind: 'text', title: { zh: '编号', en: 'Code' }, required: true }],
  key: ['code'],
}

function DefineForm({ before }: { readonly before?: DatasetDefinition }) {
  const t = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [form] = Form.useForm<DatasetDefinition>()
  const [error, setError] = useState<unknown>()
  const fields = Form.useWatch('fields', form) ?? before?.fields ?? FRESH.fields ?? []
  const names = fields
    .filter((field) => field?.name)
    .map(({ name, title }) => ({ value: name, label: (title && t(title)) || name }))
  const required = { required: true, message: t({ zh: '必填', en: 'Required' }) }
  const options = (words: Readonly<Record<string, { zh: string; en: string }>>) =>
    Object.entries(words).map(([value, title]) => ({ value, label: t(title) }))
  const save = async (values: DatasetDefinition) => {
    setError(undefined)
    try {
      const { id } = await api.post<{ id: string }>('/api/registry/definitions', {
        ...values,
        ...(values.about.en ? {} : { about: { ...values.about, en: '' } }),
      })
      await queries.invalidateQueries({ queryKey: ['registry'] })
      await navigate({ to: `/data/${encodeURIComponent(id)}` })
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <Form<DatasetDefinition>
      form={form}
      layout="vertical"
      initialValues={before ?? FRESH}
      onFinish={save}
      scrollToFirstError
    >
      <Form.Item
        name="name"
        label={t({ zh: '标识（小写字母、数字、连字符）', en: 'Identifier (small letters, digits, hyphens)' })}
        rules={[required, { pattern: /^[a-z][a-z0-9-]{1,39}$/ }]}
      >
        <Input disabled={before !== undefined} />
      </Form.Item>
      <Form.Item name={['title', 'zh']} label={t({ zh: '中文名称', en: 'Chinese name' })} rules={[required]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={t({ zh: '英文名称', en: 'English name' })} rules={[required]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={['about', 'zh']} label={t({ zh: '说明', en: 'About' })} rules={[required]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      <Form.Item
        name="source"
        label={t({ zh: '来源单位（机构标识）', en: 'Source (id of an organisation)' })}
        rules={[required]}
      >
        <Input placeholder="city.big-data" />
      </Form.Item>
      <Form.Item name="level" label={t({ zh: '分级', en: 'Level' })} rules={[required]}>
        <Select options={options(LEVELS)} />
      </Form.Item>
      <Form.Item name="sharing" label={t({ zh: '共享', en: 'Sharing' })} rules={[required]}>
        <Select options={options(SHARING)} />
      </Form.Item>
      <Form.Item name="opening" label={t({ zh: '开放', en: 'Opening' })} rules={[required]}>
        <Select options={options(OPENING)} />
      </Form.Item>
      <Form.Item
        name="retentionYears"
        label={t({ zh: '保存年数（0 为永久）', en: 'Years kept (0 for ever)' })}
        rules={[required]}
      >
        <InputNumber min={0} max={200} />
      </Form.Item>
      <FieldEditor {...(before ? { kept: before.fields.length } : {})} />
      <Form.Item name="key" label={t({ zh: '主键', en: 'Key' })} rules={[required]}>
        <Select mode="multiple" options={names} disabled={before !== undefined} />
      </Form.Item>
      <Form.Item name="indexed" label={t({ zh: '可排序和查找的字段', en: 'Fields to order and search by' })}>
        <Checkbox.Group options={names} />
      </Form.Item>
      {error !== undefined && <Failure error={error} />}
      <Button type="primary" htmlType="submit">
        {t({ zh: '保存', en: 'Save' })}
      </Button>
    </Form>
  )
}
