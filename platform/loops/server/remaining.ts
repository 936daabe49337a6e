import { type Amount, type ClockState, type Words, words } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { CLOCKS, ruleOf, showClock } from './clocks.ts'
import type { Row } from './row.ts'

/** What the nearest clock says, as people do: `还剩2个工作日`. Null without a clock. */
export function remainingOf(definition: LoopDefinition, row: Row, at: Date): Words | null {
  if (row.ended_at) return null
  let nearest: ClockState | undefined
  for (const name of CLOCKS) {
    const clock = row.clocks[name]
    const rule = ruleOf(definition, row.place, name)
    if (!clock || !rule) continue
    const state = showClock(clock, rule, at)
    if (state.status === 'stopped') continue
    if (!nearest || (state.due && (!nearest.due || state.due < nearest.due))) nearest = state
  }
  return nearest ? wordsOf(nearest, at) : null
}

/** A clock's state in words. */
export function wordsOf(state: ClockState, at: Date): Words {
  if (state.status === 'paused' && !state.overdue) return words('计时已暂停', 'Clock paused')
  if (state.status === 'idle' || !state.remaining || !state.due) return words('未计时', 'No clock')
  const { remaining, due } = state
  if (remaining.measure === 'ms' || remaining.measure === 'workingMs') return inTime(due.getTime() - at.getTime())
  if (remaining.n === 0 && !state.overdue) return words('今天到期', 'Due today')
  const amount = inDays(remaining)
  return state.overdue
    ? words(`已超期${amount.zh}`, `${amount.en} overdue`)
    : words(`还剩${amount.zh}`, `${amount.en} left`)
}

function inDays({ n, measure }: Amount): Words {
  const count = Math.abs(n)
  const s = count === 1 ? '' : 's'
  if (measure === 'workingDay') return words(`${count}个工作日`, `${count} working day${s}`)
  if (measure === 'halfWorkingDay') return words(`${count}个半工作日`, `${count} half working day${s}`)
  return words(`${count}天`, `${count} day${s}`)
}

const UNITS = [
  [86_400_000, '天', 'day'],
  [3_600_000, '小时', 'hour'],
  [60_000, '分钟', 'minute'],
] as const

function inTime(ms: number): Words {
  const left = Math.abs(ms)
  const [size, zh, en] = UNITS.find(([unit]) => left >= unit) ?? UNITS[2]
  const n = Math.max(1, Math.floor(left / size))
  const text = words(`${n}${zh}`, `${n} ${en}${n === 1 ? '' : 's'}`)
  return ms <= 0 ? words(`已超期${text.zh}`, `${text.en} overdue`) : words(`还剩${text.zh}`, `${text.en} left`)
}
