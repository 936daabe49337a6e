import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Select, Typography } from 'antd'
import { api, Failure, Rows, useWords } from '#portal/ui'
import { useShared } from './dataset-page.tsx'
import type { FieldView, GrantDetail } from './types.ts'

interface Answer {
  readonly groups: readonly {
    readonly by: Readonly<Record<string, unknown>>
    readonly values: readonly (number | null)[]
  }[]
  readonly receipt: string
}
interface Question {
  readonly by: readonly string[]
  readonly sums: readonly string[]
}
const NUMBERS = new Set(['integer', 'decimal'])

/** A person has totals computed where the data lie; of single records nothing is shown. */
export function GrantTotals({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const fields = (useShared(grant.dataset).data?.fields ?? []).filter(({ name }) => grant.fields.includes(name))
  const options = (some: typeof fields) => some.map(({ name, title }) => ({ value: name, label: t(title) }))
  const ask = useMutation({
    mutationFn: async ({ by, sums }: Question) => {
      const measures = [{ of: 'count' }, ...sums.map((field) => ({ of: 'sum', field }))]
      return { by, sums, ...(await api.post<Answer>(`/api/exchange/grants/${grant.id}/compute`, { by, measures })) }
    },
  })
  const isWhole = ({ name, personal }: FieldView) => !personal || grant.whole.includes(name)
  const titleOf = (name: string) => fields.find((field) => field.name === name)?.title ?? { zh: name, en: name }
  const select = { mode: 'multiple' as const, style: { minWidth: 200 } }
  return (
    <Flex vertical gap="middle">
      <Form layout="inline" onFinish={ask.mutate} initialValues={{ by: [], sums: [] }} style={{ rowGap: 8 }}>
        <Form.Item name="by" label={t({ zh: '按什么分组', en: 'Group by' })}>
          <Select {...select} maxCount={3} options={options(fields.filter(isWhole))} />
        </Form.Item>
        <Form.Item name="sums" label={t({ zh: '合计哪些数', en: 'Sums of' })}>
          <Select {...select} maxCount={9} options={options(fields.filter(({ kind }) => NUMBERS.has(kind)))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t({ zh: '计算', en: 'Compute' })}
        </Button>
      </Form>
      {ask.error && <Failure error={ask.error} />}
      {ask.data && (
        <>
          <Rows
            rows={ask.data.groups}
            rowKey={({ by }) => JSON.stringify(by)}
            caption={{ zh: '汇总结果', en: 'Totals' }}
            empty={{ zh: '没有可以显示的分组', en: 'No group can be shown' }}
            columns={[
              ...ask.data.by.map((name) => ({
                id: name,
                title: titleOf(name),
                show: ({ by }: Answer['groups'][number]) => String(by[name] ?? '—'),
              })),
              ...['', ...ask.data.sums].map((name, at) => ({
                id: `values.${at}`,
                title: name === '' ? { zh: '条数', en: 'Rows' } : titleOf(name),
                show: ({ values }: Answer['groups'][number]) => values[at]?.toLocaleString() ?? '—',
              })),
            ]}
          />
          <Typography.Text type="secondary">
            {t({
              zh: `为保护个人，条数相差不超过 2，合计相差不超过其中最大的一个数；少于 10 条的分组不显示；“—”表示一条记录所占过大。回执 ${ask.data.receipt}`,
              en: `To protect single persons, counts are off by up to 2 and sums by up to their largest value; groups of fewer than 10 are not shown; "—": one record makes too much of the sum. Receipt ${ask.data.receipt}`,
            })}
          </Typography.Text>
        </>
      )}
    </Flex>
  )
}
