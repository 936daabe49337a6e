import { Tag } from 'antd'
import { PageLink, useWords } from '#portal/ui'
import { WARNING_NAMES } from './names.ts'

/** Says that values were recorded elsewhere. */
export function ReplayTag() {
  const t = useWords()
  return <Tag>{t({ zh: '回放数据（北京 2016-12 至 2017-02）', en: 'Replayed (Beijing, 2016-12 to 2017-02)' })}</Tag>
}

/** The warning that lasts, leading to its matter. */
export function WarningLink({ level, loop }: { readonly level: string | null; readonly loop: string | null }) {
  const t = useWords()
  if (!level) return <span>—</span>
  const name = t(WARNING_NAMES[level] ?? { zh: level, en: level })
  return loop ? <PageLink to={`/loops/${loop}`}>{name}</PageLink> : <span>{name}</span>
}
