import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Flex, Form, Select, Spin } from 'antd'
import { useState } from 'react'
import { api, Failure, PageLink, useWords } from '#portal/ui'
import { AskPurpose, isPurposeAsked } from './evidence-dialog.tsx'
import type { Catalogue, Expression, Segment } from './types.ts'

const PARTS = [
  ['all', { zh: '须有以下全部标签', en: 'Has all of these tags' }],
  ['any', { zh: '至少有以下一个标签', en: 'Has at least one of these' }],
  ['none', { zh: '不得有以下标签', en: 'Has none of these' }],
] as const
const SHOWN = 5

interface Counted {
  readonly count: number
  readonly rows: readonly { readonly key: string; readonly name: string }[]
}

interface BuilderProps {
  readonly catalogue: Catalogue
  readonly subject: string
  /** What the segment is for: tags that may not be used for it cannot be chosen. */
  readonly kind: Segment['kind']
  readonly expression: Expression
  readonly onChange: (expression: Expression) => void
}

/** Chooses tags to have, one of which to have, and not to have; counts at once who fits. */
export function SegmentBuilder({ catalogue, subject, kind, expression, onChange }: BuilderProps) {
  const t = useWords()
  const [purpose, setPurpose] = useState<string>()
  const isReady = expression.all.length + expression.any.length > 0
  const counted = useQuery({
    queryKey: ['/api/tag-segments/query', subject, kind, expression, purpose],
    queryFn: () => api.post<Counted>('/api/tag-segments/query', { subject, kind, expression }, purpose),
    retry: false,
    enabled: isReady,
    placeholderData: keepPreviousData,
  })
  const page = catalogue.subjects.find(({ id }) => id === subject)?.page ?? ''
  const options = catalogue.tags.map(({ id, title, carriers, uses }) => ({
    value: id,
    disabled: !uses.includes(kind),
    label: [
      t(title),
      t({ zh: `${carriers?.toLocaleString() ?? '—'} 个`, en: `${carriers?.toLocaleString() ?? '—'} carry it` }),
      ...(uses.includes(kind) ? [] : [t({ zh: '未登记这一用途，不能选', en: 'not declared for this use' })]),
    ].join(' · '),
  }))
  return (
    <Flex vertical gap="small" style={{ marginBottom: 16 }}>
      {PARTS.map(([part, title]) => (
        <Form.Item
          key={part}
          label={t(title)}
          htmlFor={`segment-${part}`}
          layout="vertical"
          style={{ marginBottom: 0 }}
        >
          <Select
            id={`segment-${part}`}
            mode="multiple"
            aria-label={t(title)}
            style={{ width: '100%' }}
            value={[...expression[part]]}
            options={options}
            optionFilterProp="label"
            onChange={(ids: string[]) => onChange({ ...expression, [part]: ids })}
          />
        </Form.Item>
      ))}
      {isReady &&
        counted.isError &&
        (isPurposeAsked(counted.error) ? <AskPurpose onState={setPurpose} /> : <Failure error={counted.error} />)}
      {isReady && counted.data && !counted.isError && (
        <div role="status">
          <strong>
            {t({
              zh: `符合条件：${counted.data.count.toLocaleString()} 个`,
              en: `${counted.data.count.toLocaleString()} fit`,
            })}
          </strong>{' '}
          {counted.isFetching && <Spin size="small" />}
          <ul className="dz-plain-list">
            {counted.data.rows.slice(0, SHOWN).map(({ key, name }) => (
              <li key={key}>
                <PageLink to={page.replace('$key', encodeURIComponent(key))}>{name}</PageLink> {key}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Flex>
  )
}
