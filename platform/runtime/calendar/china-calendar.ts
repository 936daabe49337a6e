import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { createWorkCalendar, type WorkCalendar } from './work-calendar.ts'

/** Working days of China: the yearly notices of the State Council's General Office, as kept by `chinese-days`. */
export const chinaCalendar: WorkCalendar = fromNotices()

function fromNotices(): WorkCalendar {
  const holidays = Object.keys(announced.holidays)
  const years = holidays.map((date) => date.slice(0, 4)).sort()
  return createWorkCalendar({
    holidays,
    makeUpDays: Object.keys(announced.workdays),
    coveredFrom: `${years[0]}-01-01`,
    coveredUntil: `${years.at(-1)}-12-31`,
  })
}
