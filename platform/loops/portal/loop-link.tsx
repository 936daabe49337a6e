import { PageLink, useWords } from '#portal/ui'
import type { LoopItem } from './loop-types.ts'

/** Link to the page of a matter, by its headline. */
export function LoopLink({ item }: { readonly item: Pick<LoopItem, 'id' | 'headline'> }) {
  const t = useWords()
  return <PageLink to={`/loops/${item.id}`}>{t(item.headline) || item.id}</PageLink>
}
