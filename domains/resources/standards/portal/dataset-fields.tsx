import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Tag, Tooltip } from 'antd'
import { api, DataState, PageLink, Rows, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { TakeBack } from './take-back.tsx'
import { elementPath, type Suggestion } from './types.ts'

interface Field {
  readonly field: string
  readonly title: Words
  readonly kind: string
  readonly element: string | null
  readonly declared: boolean
  readonly suggestions: readonly Suggestion[]
}

/** The fields of a dataset with their elements, or what is suggested. */
export function DatasetFields({ dataset }: { readonly dataset: string }) {
  const t = useWords()
  const queries = useQueryClient()
  const queryKey = ['standards', 'mapping', dataset]
  const query = useQuery({
    queryKey,
    queryFn: () => api.get<{ fields: Field[] }>('/api/standards/mappings', { dataset }),
  })
  const agree = useMutation({
    mutationFn: ({ field, slot, reasons }: Suggestion & { field: string }) =>
      api.post('/api/standards/mappings', {
        dataset,
        field,
        element: slot,
        reasons: reasons.map(({ zh }) => zh).join('；'),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  return (
    <>
      {agree.error && <Alert type="error" showIcon title={agree.error.message} />}
      <DataState query={query}>
        {({ fields }) => (
          <Rows<Field>
            rows={fields}
            rowKey={({ field }) => field}
            caption={{ zh: '字段', en: 'Fields' }}
            columns={[
              { id: 'title', title: { zh: '字段', en: 'Field' }, heading: true, show: ({ title }) => t(title) },
              {
                id: 'name',
                title: { zh: '英文名', en: 'Name in the system' },
                show: ({ field }) => <code>{field}</code>,
              },
              {
                id: 'element',
                title: { zh: '数据元', en: 'Element' },
                show: ({ field, element, declared }) =>
                  element ? (
                    <Flex gap={4} wrap>
                      <PageLink to={elementPath(element)}>{element}</PageLink>
                      {declared ? (
                        <Tag>{t({ zh: '系统声明', en: 'Declared' })}</Tag>
                      ) : (
                        <TakeBack
                          dataset={dataset}
                          field={field}
                          onDone={() => queries.invalidateQueries({ queryKey })}
                        />
                      )}
                    </Flex>
                  ) : (
                    <Tag color="orange">{t({ zh: '未对标', en: 'None yet' })}</Tag>
                  ),
              },
              {
                id: 'suggestions',
                title: { zh: '推荐', en: 'Suggested' },
                show: ({ field, suggestions }) => (
                  <Suggested
                    suggestions={suggestions}
                    isBusy={agree.isPending}
                    onAgree={(suggestion) => agree.mutate({ ...suggestion, field })}
                  />
                ),
              },
            ]}
          />
        )}
      </DataState>
    </>
  )
}

interface SuggestedProps {
  readonly suggestions: readonly Suggestion[]
  readonly isBusy: boolean
  readonly onAgree: (suggestion: Suggestion) => void
}

function Suggested({ suggestions, isBusy, onAgree }: SuggestedProps) {
  const t = useWords()
  const { sentences } = useMarks()
  return (
    <Flex gap={4} wrap>
      {suggestions.map((each) => (
        <Tooltip key={each.slot} title={each.reasons.map(t).join(sentences)}>
          <Button size="small" disabled={isBusy} onClick={() => onAgree(each)}>
            {`${each.slot} · ${Math.round(each.score * 100)}%`}
          </Button>
        </Tooltip>
      ))}
    </Flex>
  )
}
