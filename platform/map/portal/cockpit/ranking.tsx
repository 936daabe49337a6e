import { useWords } from '#portal/ui'
import { Nothing } from './panel.tsx'
import { type Measure, shownValue } from './use-cockpit.ts'

const MOST = 8

/** The parts of the city by the chosen measure, the best first. */
export function Ranking({ measure }: { readonly measure: Measure }) {
  const t = useWords()
  const known = measure.parts.flatMap(({ value, ...part }) => (value === null ? [] : [{ ...part, value }]))
  if (known.length === 0) return <Nothing>{t({ zh: '暂无分区数值', en: 'No values of its parts yet' })}</Nothing>
  const sign = measure.better === 'lower' ? 1 : -1
  const ranked = known.sort((a, b) => sign * (a.value - b.value)).slice(0, MOST)
  const most = Math.max(...ranked.map(({ value }) => Math.abs(value))) || 1
  return (
    <ol className="wall-ranking">
      {ranked.map(({ member, name, value }) => (
        <li key={member}>
          <span>{t(name)}</span>
          <i style={{ width: `${(Math.abs(value) / most) * 100}%` }} aria-hidden />
          <b>{shownValue(value, measure)}</b>
        </li>
      ))}
    </ol>
  )
}
