import { Card } from 'antd'
import type { ReactNode } from 'react'
import { PageLink, useRight, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

/** A part of a page with its heading. */
export function Section({ title, children }: { readonly title: Words; readonly children: ReactNode }) {
  const t = useWords()
  return (
    <Card size="small" title={<h2 style={{ fontSize: 16, margin: 0 }}>{t(title)}</h2>}>
      {children}
    </Card>
  )
}

/** Leads to a row of a source, for those who may see rows. */
export function RowLink({
  dataset,
  row,
  before = '',
}: {
  readonly dataset: string
  readonly row: number | string
  /** Sign before it, shown only where the link is. */
  readonly before?: string
}) {
  const t = useWords()
  if (!useRight('registry.read')) return null
  return (
    <>
      {before}
      <PageLink to={`/data/${encodeURIComponent(dataset)}/rows/${row}`}>{t({ zh: '原始记录', en: 'Row' })}</PageLink>
    </>
  )
}
