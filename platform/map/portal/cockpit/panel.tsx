import type { ReactNode } from 'react'
import { useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'

/** One framed part of the wall. */
export function Panel(props: { readonly title: Words; readonly extra?: ReactNode; readonly children: ReactNode }) {
  const t = useWords()
  return (
    <section className="wall-panel" aria-label={t(props.title)}>
      <h2>
        {t(props.title)} {props.extra}
      </h2>
      <div className="wall-panel-body">{props.children}</div>
    </section>
  )
}

/** What a panel says while it has nothing to show. */
export const Nothing = ({ children }: { readonly children: ReactNode }) => <p className="wall-nothing">{children}</p>
