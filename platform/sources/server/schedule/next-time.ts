import { CronExpressionParser } from 'cron-parser'
import type { Schedule } from '../../contract.ts'

const ZONE = 'Asia/Shanghai'

/** When a feed is due next after an instant; null if only on demand. @throws Error for a wrong expression */
export function nextTime(schedule: Schedule | undefined, after: Date): Date | null {
  if (!schedule) return null
  if ('everyMinutes' in schedule) return new Date(after.getTime() + schedule.everyMinutes * 60_000)
  return CronExpressionParser.parse(schedule.cron, { tz: ZONE, currentDate: after }).next().toDate()
}
