import { useWords } from '#portal/ui'
import { type Measure, shownValue } from './use-cockpit.ts'

const PERIODS = {
  hour: { zh: '小时', en: 'hour' },
  day: { zh: '日', en: 'day' },
  month: { zh: '月', en: 'month' },
  quarter: { zh: '季', en: 'quarter' },
  year: { zh: '年', en: 'year' },
} as const

/** The city's numbers in large figures; the one pressed is what trend and ranking show. */
export function Headlines(props: {
  readonly measures: readonly Measure[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}) {
  const t = useWords()
  return (
    <div className="wall-headlines">
      {props.measures.map((measure) => (
        <button
          key={measure.id}
          type="button"
          aria-pressed={measure.id === props.chosen}
          onClick={() => props.onChoose(measure.id)}
        >
          <span>{t(measure.title)}</span>
          <b>{shownValue(measure.value, measure)}</b>
          <small>
            {shownPeriod(measure)} · {t(PERIODS[measure.period])}
          </small>
        </button>
      ))}
    </div>
  )
}

/** The newest period in the city's time, as short as its length allows. */
export function shownPeriod({ at, period }: Pick<Measure, 'at' | 'period'>): string {
  const text = new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
  return text.slice(0, { hour: 16, day: 10, month: 7, quarter: 7, year: 4 }[period])
}
