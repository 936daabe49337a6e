import { Flex, Tag } from 'antd'
import { LightTag, useWords } from '#portal/ui'
import type { LoopItem } from './loop-types.ts'

const OUTCOMES = {
  done: { zh: '已办结', en: 'Done' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  refused: { zh: '不予办理', en: 'Refused' },
} as const

/** Light of a matter with what is left in words, or how it ended. */
export function LoopLight({
  item,
}: {
  readonly item: Pick<LoopItem, 'light' | 'remaining' | 'outcome' | 'supervised'>
}) {
  const t = useWords()
  if (item.outcome) return <Tag>{t(OUTCOMES[item.outcome])}</Tag>
  return (
    <Flex wrap gap={4} align="center">
      <LightTag light={item.light} />
      {item.remaining && <span>{t(item.remaining)}</span>}
      {item.supervised && <Tag color="magenta">{t({ zh: '督办', en: 'Supervised' })}</Tag>}
    </Flex>
  )
}
