import { useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import type { Outcome } from './act-on-each.ts'

/** What became of each of several matters. */
export function Outcomes({ outcomes, done }: { readonly outcomes: readonly Outcome[]; readonly done: Words }) {
  const t = useWords()
  const { colon } = useMarks()
  return (
    <div role="status">
      <ul>
        {outcomes.map(({ item, why }) => (
          <li key={item.id}>
            {t(item.headline)}
            {colon}
            {why === null ? t(done) : <strong>{t({ zh: `没有办成，${why}`, en: `not done, ${why}` })}</strong>}
          </li>
        ))}
      </ul>
    </div>
  )
}
