import { Tooltip } from 'antd'
import { useLanguage } from './language.tsx'

const ZONE = 'Asia/Shanghai'
const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

export interface WhenProps {
  /** An instant (ISO 8601), or nothing. */
  readonly at: string | Date | null | undefined
  /** `full`: day and time; `day`: the day; `relative`: "3 hours ago", the full one on hover. `full` unless said. */
  readonly show?: 'full' | 'day' | 'relative'
}

/** A point in time as the city reads it, in Asia/Shanghai. */
export function When({ at, show = 'full' }: WhenProps) {
  const { language } = useLanguage()
  if (!at) return <span>—</span>
  const date = new Date(at)
  const full = formatted(date, show === 'day')
  const time = <time dateTime={date.toISOString()}>{show === 'relative' ? relative(date, language) : full}</time>
  return show === 'relative' ? <Tooltip title={full}>{time}</Tooltip> : time
}

/** `2026-03-01 14:05`, or the day alone. */
export function formatted(date: Date, dayOnly = false): string {
  const text = date.toLocaleString('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' })
  return dayOnly ? text.slice(0, 10) : text.slice(0, 16)
}

function relative(date: Date, language: 'zh' | 'en'): string {
  const seconds = (date.getTime() - Date.now()) / 1000
  const format = new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' })
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  return language === 'zh' ? '刚刚' : 'just now'
}

const MINUTE = 60_000

/** A limit as people say it: a term in days ends with its last day, others at a time. */
export function dueText(at: string | Date): string {
  const due = new Date(at)
  const text = formatted(due)
  return text.endsWith('00:00') ? formatted(new Date(due.getTime() - MINUTE), true) : text
}
