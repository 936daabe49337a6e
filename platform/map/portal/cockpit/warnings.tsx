import { PageLink, useWords, When } from '#portal/ui'
import { Nothing } from './panel.tsx'
import type { OpenWarning } from './use-cockpit.ts'

const LEVELS = {
  red: { order: 0, colour: '#ff7875', words: { zh: '红色', en: 'Red' } },
  orange: { order: 1, colour: '#ffa940', words: { zh: '橙色', en: 'Orange' } },
  yellow: { order: 2, colour: '#ffec3d', words: { zh: '黄色', en: 'Yellow' } },
  blue: { order: 3, colour: '#69b1ff', words: { zh: '蓝色', en: 'Blue' } },
} as const
const MOST = 7

/** Warnings that last, the gravest and newest first. */
export function Warnings({ warnings }: { readonly warnings: readonly OpenWarning[] }) {
  const t = useWords()
  if (warnings.length === 0) return <Nothing>{t({ zh: '当前没有预警', en: 'No warning at present' })}</Nothing>
  const sorted = [...warnings].sort(
    (a, b) => LEVELS[a.level].order - LEVELS[b.level].order || b.openedAt.localeCompare(a.openedAt),
  )
  return (
    <ul className="wall-warnings">
      {sorted.slice(0, MOST).map((warning) => (
        <li key={warning.id}>
          <b style={{ background: LEVELS[warning.level].colour }}>{t(LEVELS[warning.level].words)}</b>
          <span>
            {warning.loop ? (
              <PageLink to={`/loops/${warning.loop}`}>{`${t(warning.name)} · ${t(warning.title)}`}</PageLink>
            ) : (
              `${t(warning.name)} · ${t(warning.title)}`
            )}
          </span>
          <When at={warning.openedAt} show="relative" />
        </li>
      ))}
      {sorted.length > MOST && (
        <li>{t({ zh: `另有 ${sorted.length - MOST} 条`, en: `and ${sorted.length - MOST} more` })}</li>
      )}
    </ul>
  )
}
