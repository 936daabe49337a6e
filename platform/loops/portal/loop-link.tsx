import { PageLink, useWords } from '#portal/ui'
import type { LoopItem } from './loop-types.ts'
import './loops.css'

/** Link to the page of a matter, by its headline. */
export function LoopLink({ item }: { readonly item: Pick<LoopItem, 'id' | 'headline'> }) {
  const t = useWords()
  const headline = t(item.headline) || item.id
  return (
    <span className="dz-headline" title={headline}>
      <PageLink to={`/loops/${item.id}`}>{headline}</PageLink>
    </span>
  )
}
