import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Select } from 'antd'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

export interface LiveFields {
  readonly indicator?: string
  readonly member?: string
  readonly target?: number
  readonly better?: 'higher' | 'lower'
}
interface Named {
  readonly id: string
  readonly title: Words
}

/** The indicator that closes a milestone by itself, if any: which, of whom, and the value to reach. */
export function LiveTarget() {
  const t = useWords()
  const indicator: string | undefined = Form.useWatch(['live', 'indicator'])
  const all = useQuery({
    queryKey: ['indicators'],
    queryFn: () => api.get<{ indicators: Named[] }>('/api/indicators'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const one = useQuery({
    queryKey: ['indicators', indicator],
    queryFn: () => api.get<{ members: Named[] }>(`/api/indicators/${indicator}`),
    enabled: Boolean(indicator),
  })
  const options = (rows: readonly Named[] = []) => rows.map(({ id, title }) => ({ value: id, label: t(title) }))
  const required = [{ required: true }]
  return (
    <>
      <Form.Item
        name={['live', 'indicator']}
        label={t({
          zh: '由指标自动办结（不选则由他人核验）',
          en: 'Closed by an indicator (else checked by another person)',
        })}
      >
        <Select allowClear showSearch optionFilterProp="label" options={options(all.data?.indicators)} />
      </Form.Item>
      {indicator && (
        <>
          <Form.Item name={['live', 'member']} label={t({ zh: '对象', en: 'Of' })} rules={required}>
            <Select showSearch optionFilterProp="label" loading={one.isFetching} options={options(one.data?.members)} />
          </Form.Item>
          <Form.Item
            name={['live', 'better']}
            label={t({ zh: '达标条件', en: 'Reached when' })}
            rules={required}
            initialValue="higher"
          >
            <Select
              options={[
                { value: 'higher', label: t({ zh: '不低于目标值', en: 'at or above the target' }) },
                { value: 'lower', label: t({ zh: '不高于目标值', en: 'at or below the target' }) },
              ]}
            />
          </Form.Item>
          <Form.Item name={['live', 'target']} label={t({ zh: '目标值', en: 'Target' })} rules={required}>
            <InputNumber style={{ width: '100%' }} />
          </Form.Item>
        </>
      )}
    </>
  )
}
