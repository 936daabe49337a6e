import { Tag } from 'antd'
import { useWords } from '#portal/ui'
import type { TagSummary } from './types.ts'
import { KINDS } from './words.ts'

const COLOURS = { fact: 'blue', statistic: 'geekblue', model: 'purple' } as const

/** Whether a tag is a fact, a statistic or an estimate: in words, never by colour alone. */
export function KindTag({ kind }: { readonly kind: TagSummary['kind'] }) {
  const t = useWords()
  return <Tag color={COLOURS[kind]}>{t(KINDS[kind])}</Tag>
}
