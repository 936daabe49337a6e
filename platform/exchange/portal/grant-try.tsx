import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Select, Tag, Typography } from 'antd'
import { api, Failure, Rows, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { useShared } from './dataset-page.tsx'
import type { GrantDetail } from './types.ts'

interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** What one has to know of a row; `at` is its place. */
  readonly marks?: readonly { readonly at: number; readonly code: string; readonly title: Words }[]
  readonly next: number | null
  readonly receipt: string
}

/** A person looks a record up under the grant; each look-up is counted and receipted like a machine's. */
export function GrantTry({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const shared = useShared(grant.dataset)
  const titleOf = (name: string) =>
    shared.data?.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name }
  const ask = useMutation({
    mutationFn: ({ field, value }: { field: string; value: string }) =>
      api.post<Answer>(`/api/exchange/grants/${grant.id}/query`, {
        where: { [field]: { is: value.trim() } },
        limit: 20,
      }),
  })
  const marks = ask.data?.marks
  return (
    <Flex vertical gap="middle">
      <Form layout="inline" onFinish={ask.mutate} initialValues={{ field: grant.fields[0] }} style={{ rowGap: 8 }}>
        <Form.Item name="field">
          <Select
            aria-label={t({ zh: '查询字段', en: 'Field' })}
            style={{ minWidth: 160 }}
            options={grant.fields.map((name) => ({ value: name, label: t(titleOf(name)) }))}
          />
        </Form.Item>
        <Form.Item name="value" rules={[{ required: true, message: t({ zh: '请填写', en: 'Required' }) }]}>
          <Input
            aria-label={t({ zh: '完整内容', en: 'Whole value' })}
            placeholder={t({ zh: '完整内容', en: 'Whole value' })}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t({ zh: '查询', en: 'Query' })}
        </Button>
      </Form>
      {ask.error && <Failure error={ask.error} />}
      {ask.data && (
        <>
          <Rows
            rows={ask.data.rows.map((value, at) => ({ at, value }))}
            rowKey={({ at }) => at}
            caption={{ zh: '查询结果', en: 'Answer' }}
            empty={{ zh: '授权范围内没有这样的数据', en: 'No such row within the grant' }}
            columns={[
              ...grant.fields.map((name) => ({
                id: name,
                title: titleOf(name),
                show: ({ value }: Shown) => shown(value[name]),
              })),
              ...(marks
                ? [{ id: 'marks', title: MARKS, show: ({ at }: Shown) => <Marks at={at} marks={marks} /> }]
                : []),
            ]}
          />
          <Typography.Text type="secondary">{`${t({ zh: '回执编号', en: 'Receipt' })} ${ask.data.receipt}`}</Typography.Text>
        </>
      )}
    </Flex>
  )
}

const MARKS: Words = { zh: '数据状态', en: 'State' }

interface Shown {
  readonly at: number
  readonly value: Readonly<Record<string, unknown>>
}

function Marks({ at, marks }: Pick<Shown, 'at'> & Required<Pick<Answer, 'marks'>>) {
  const t = useWords()
  return marks
    .filter((mark) => mark.at === at)
    .map(({ code, title }) => (
      <Tag key={code} color="orange">
        {t(title)}
      </Tag>
    ))
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value)
