import { Flex, Tag, Typography } from 'antd'
import { LightTag, useWords } from '#portal/ui'
import { Due } from './due.tsx'
import type { LoopClock } from './loop-types.ts'

const OVER = {
  matter: { zh: '全程期限', en: 'Whole matter' },
  place: { zh: '本环节期限', en: 'This step' },
  beside: { zh: '同时应守的期限', en: 'To be kept as well' },
} as const

/** The clocks of a matter: light, what is left in words, the limit and its legal basis. */
export function Clocks({ clocks }: { readonly clocks: readonly LoopClock[] }) {
  const t = useWords()
  if (clocks.length === 0) return <span>{t({ zh: '没有时限', en: 'No limit' })}</span>
  return (
    <Flex vertical gap="small">
      {clocks.map((clock) => (
        <div key={clock.over}>
          <Flex wrap gap="small" align="center">
            <Typography.Text strong>{t(OVER[clock.over])}</Typography.Text>
            {clock.ended ? (
              <Tag>{t(clock.remaining)}</Tag>
            ) : (
              <>
                <LightTag light={clock.light} />
                <span>{t(clock.remaining)}</span>
              </>
            )}
            {clock.due && (
              <span>
                {t({ zh: '截止 ', en: 'until ' })}
                <Due at={clock.due} />
              </span>
            )}
          </Flex>
          {clock.basis && <Typography.Text type="secondary">{t(clock.basis)}</Typography.Text>}
          {clock.provisional && (
            <Typography.Text type="secondary">
              {t({ zh: '（节假日安排公布后可能调整）', en: ' (may move with the next notice of holidays)' })}
            </Typography.Text>
          )}
        </div>
      ))}
    </Flex>
  )
}
