import { rules } from '#platform/rules'
import { type App, dayAt, type LocalDate, parseDay, type Words, type Work, words } from '#runtime'

interface Notice {
  readonly enough: boolean
  readonly why: Words
}

/** Whether a day lies far enough ahead for those concerned. */
export function noticeOf(app: App, work: Work, begins: LocalDate): Notice {
  const days = parseDay(begins) - dayAt(work.at.getTime())
  const { result, explanation } = app.use(rules).evaluate('standards.notice', { days }, { at: work.at })
  return { enough: (result as { enough: boolean }).enough, why: explanation[0] ?? words('', '') }
}
