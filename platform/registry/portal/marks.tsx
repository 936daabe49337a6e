import { Tag } from 'antd'
import { PageLink, useWords } from '#portal/ui'
import type { MarkView } from './types.ts'

/** What a reader must know of a row besides its values. */
export function Marks({ marks }: { readonly marks: readonly MarkView[] }) {
  const t = useWords()
  return marks.map(({ code, title, path }) => (
    <Tag key={code} color="orange">
      {path ? <PageLink to={path}>{t(title)}</PageLink> : t(title)}
    </Tag>
  ))
}
