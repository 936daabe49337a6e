import { useMutation } from '@tanstack/react-query'
import { DatePicker, Flex, Tag } from 'antd'
import dayjs from 'dayjs'
import { api, Failure, PersonName, useRight, useWords, When } from '#portal/ui'
import type { LastUse } from './types.ts'

interface LastUseViewProps {
  readonly use: LastUse
  readonly of: { readonly system: string; readonly table?: string; readonly kind: 'used' | 'called' | 'read' }
  readonly changed: () => void
}

/** The day, and whether the platform saw it itself or who said so; what it does not see, an officer may say. */
export function LastUseView({ use, of, changed }: LastUseViewProps) {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  const save = useMutation({
    mutationFn: (on: string) => api.put('/api/collection/inventory/uses', { ...of, on }),
    onSuccess: changed,
  })
  if (use.isSeen)
    return (
      <Flex wrap gap="small" align="center">
        {use.on ?? t({ zh: '尚无记录', en: 'Not yet' })}
        <Tag color="blue">{t({ zh: '平台记录', en: 'Seen by the platform' })}</Tag>
      </Flex>
    )
  return (
    <Flex wrap gap="small" align="center">
      {mayDeclare ? (
        <DatePicker
          size="small"
          aria-label={t({ zh: '填报日期', en: 'Say the day' })}
          value={use.on ? dayjs(use.on) : null}
          allowClear={false}
          maxDate={dayjs()}
          disabled={save.isPending}
          onChange={(day) => day && save.mutate(day.format('YYYY-MM-DD'))}
        />
      ) : (
        (use.on ?? '—')
      )}
      {use.by && (
        <span>
          {t({ zh: '填报：', en: 'said by ' })}
          <PersonName id={use.by} /> <When at={use.at} />
        </span>
      )}
      {save.error && <Failure error={save.error} />}
    </Flex>
  )
}
