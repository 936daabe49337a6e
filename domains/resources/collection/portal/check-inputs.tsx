import { useQuery } from '@tanstack/react-query'
import { Flex, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

export interface FieldChoice {
  readonly name: string
  readonly title: Words
  readonly kind: string
  readonly sealed?: boolean
}

const NUMBERS = new Set(['integer', 'decimal'])
const DAYS = new Set(['date', 'instant'])

/** What a check of this kind has to know. */
export function CheckInputs({ kind, fields }: { readonly kind: string; readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const open = fields.filter(({ sealed }) => !sealed)
  const parts: Readonly<Record<string, ReactNode>> = {
    required: <FieldSelect name="field" fields={fields} />,
    range: <Range fields={open.filter((field) => NUMBERS.has(field.kind) || DAYS.has(field.kind))} />,
    codes: <Codes fields={open} />,
    pattern: (
      <>
        <FieldSelect name="field" fields={open} />
        <Text
          name="pattern"
          label={t({ zh: '格式（正则表达式，匹配全部内容）', en: 'Pattern (regular expression of the whole value)' })}
        />
      </>
    ),
    unique: <FieldSelect name="fields" fields={fields} many />,
    reference: <Reference fields={open} />,
    compare: <Compare fields={open} />,
    fresh: <Fresh fields={open.filter((field) => DAYS.has(field.kind))} />,
    condition: (
      <Text
        name="sql"
        label={t({
          zh: '合格条件（只能使用本行的列，例如 opened_on <= closed_on）',
          en: 'Condition of good rows (columns of the row alone, e.g. opened_on <= closed_on)',
        })}
      />
    ),
  }
  return parts[kind]
}

const useRequired = () => {
  const t = useWords()
  return { required: true, message: t({ zh: '必填', en: 'Required' }) }
}

interface FieldSelectProps {
  readonly name: string
  readonly fields: readonly FieldChoice[]
  readonly many?: boolean
  readonly label?: string
  readonly optional?: boolean
}

function FieldSelect({ name, fields, many, label, optional }: FieldSelectProps) {
  const t = useWords()
  const required = useRequired()
  return (
    <Form.Item
      name={['check', name]}
      label={label ?? t({ zh: '字段', en: 'Field' })}
      rules={optional ? [] : [required]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        allowClear={optional === true}
        {...(many ? { mode: 'multiple' as const, maxCount: 5 } : {})}
        options={fields.map((field) => ({ value: field.name, label: t(field.title) }))}
      />
    </Form.Item>
  )
}

function Text({ name, label }: { readonly name: string; readonly label: string }) {
  const required = useRequired()
  return (
    <Form.Item name={['check', name]} label={label} rules={[required]}>
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} style={{ fontFamily: 'monospace' }} />
    </Form.Item>
  )
}

function Range({ fields }: { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const chosen = Form.useWatch(['check', 'field'])
  const isDay = DAYS.has(fields.find(({ name }) => name === chosen)?.kind ?? '')
  const input = isDay ? <Input placeholder="2026-03-01 / today" /> : <InputNumber style={{ width: '100%' }} />
  return (
    <>
      <FieldSelect name="field" fields={fields} />
      <Flex gap="middle">
        <Form.Item name={['check', 'from']} label={t({ zh: '不小于（不早于）', en: 'Not below (before)' })}>
          {input}
        </Form.Item>
        <Form.Item name={['check', 'to']} label={t({ zh: '不大于（不晚于，today 为当天）', en: 'Not above (after)' })}>
          {input}
        </Form.Item>
      </Flex>
    </>
  )
}

function Codes({ fields }: { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const required = useRequired()
  const { data } = useQuery({
    queryKey: ['registry', 'code-lists'],
    queryFn: () =>
      api.get<{ readonly lists: readonly { readonly id: string; readonly title: Words }[] }>(
        '/api/registry/code-lists',
      ),
  })
  return (
    <>
      <FieldSelect name="field" fields={fields} />
      <Form.Item name={['check', 'codes']} label={t({ zh: '代码表', en: 'Code list' })} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.lists ?? []).map(({ id, title }) => ({ value: id, label: `${t(title)} ${id}` }))}
        />
      </Form.Item>
    </>
  )
}

interface DatasetChoice {
  readonly id: string
  readonly title: Words
  readonly rows: boolean
}

function Reference({ fields }: { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const required = useRequired()
  const chosen: string | undefined = Form.useWatch(['check', 'dataset'])
  const { data } = useQuery({
    queryKey: ['registry', 'datasets'],
    queryFn: () => api.get<{ readonly datasets: readonly DatasetChoice[] }>('/api/registry/datasets'),
  })
  const other = useQuery({
    queryKey: ['registry', 'dataset', chosen],
    queryFn: () =>
      api.get<{ readonly fields: readonly FieldChoice[] }>(
        `/api/registry/datasets/${encodeURIComponent(chosen ?? '')}`,
      ),
    enabled: chosen !== undefined,
  })
  return (
    <>
      <FieldSelect name="field" fields={fields} />
      <Form.Item name={['check', 'dataset']} label={t({ zh: '另一数据集', en: 'Other dataset' })} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.datasets ?? [])
            .filter(({ rows }) => rows)
            .map(({ id, title }) => ({ value: id, label: t(title) }))}
        />
      </Form.Item>
      <FieldSelect
        name="other"
        label={t({ zh: '其中的字段', en: 'Field there' })}
        fields={(other.data?.fields ?? []).filter(({ sealed }) => !sealed)}
      />
    </>
  )
}

const OPERATORS = ['<', '<=', '=', '>=', '>', '<>']

function Compare({ fields }: { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const required = useRequired()
  return (
    <>
      <FieldSelect name="field" fields={fields} />
      <Form.Item name={['check', 'operator']} label={t({ zh: '应', en: 'must be' })} rules={[required]}>
        <Select options={OPERATORS.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <FieldSelect name="other" label={t({ zh: '另一字段', en: 'Other field' })} fields={fields} />
    </>
  )
}

function Fresh({ fields }: { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const required = useRequired()
  return (
    <>
      <Form.Item
        name={['check', 'days']}
        label={t({ zh: '最新数据不超过（天）', en: 'Newest row at most (days old)' })}
        rules={[required]}
      >
        <InputNumber min={1} max={3660} precision={0} />
      </Form.Item>
      <FieldSelect
        name="field"
        optional
        label={t({ zh: '按哪个日期（不选则按入库时间）', en: 'By which day (else the time of storing)' })}
        fields={fields}
      />
    </>
  )
}
