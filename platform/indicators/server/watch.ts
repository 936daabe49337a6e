import { sql } from 'kysely'
import type { App, Work } from '#runtime'
import type { Indicator, Measured, WarningLevel, WarningRule } from '../indicator.ts'
import type { Hooks } from './hooks.ts'
import { gravity, isPast, periodsNeeded } from './levels.ts'
import { periodBefore } from './periods.ts'
import { clearWarning, moveWarning, openWarning, type WarningRow } from './warnings.ts'

/** Newest period first. */
type History = readonly Measured[]

/** Compares the newest values of members with every rule on the indicator. The caller holds the indicator's lock. */
export async function watchMembers(
  app: App,
  hooks: Hooks,
  work: Work,
  indicator: Indicator,
  members: readonly string[],
): Promise<void> {
  const rules = app.declared('warnings').flatMap(({ entry }) => (entry.indicator === indicator.id ? [entry] : []))
  if (rules.length === 0) return
  const histories = await newest(work, indicator.id, members, Math.max(...rules.map(periodsNeeded)))
  for (const rule of rules) {
    const { rows } =
      await sql<WarningRow>`select * from indicators.warning where rule = ${rule.id} and cleared_at is null
      and member = any(${members})`.execute(work.tx)
    const lasting = new Map(rows.map((row) => [row.member, row]))
    for (const [member, history] of histories) await watch(rule, history, lasting.get(member))
  }

  async function watch(rule: WarningRule, history: History, lasting: WarningRow | undefined): Promise<void> {
    const latest = history[0]
    if (!latest || latest.value === null) return
    const level = levelOf(rule, indicator, history)
    const evidence = history.slice(0, level?.periods ?? rule.clearAfter ?? 1).toReversed()
    const news = { app, hooks, rule, level: level?.level, evidence, latest }
    if (!lasting) {
      if (level && isFresh(rule, latest, work.at)) await openWarning(work, { ...news, level: level.level })
    } else if (level && gravity(level.level) > gravity(lasting.level)) {
      await moveWarning(work, lasting, { ...news, level: level.level, step: 'raised' })
    } else if (level && gravity(level.level) < gravity(lasting.level)) {
      const held = rule.levels.find((one) => one.level === lasting.level)
      // A gap breaks the run of the graver level; only a value below it lowers the warning.
      if (!held || !isPast(indicator.better, latest.value, held))
        await moveWarning(work, lasting, { ...news, level: level.level, step: 'lowered' })
    } else if (!level && isOver(rule, indicator, history)) {
      await clearWarning(work, lasting, news)
    }
  }
}

const isFresh = ({ fresh }: WarningRule, { period }: Measured, now: Date): boolean =>
  fresh === undefined || now.getTime() - Date.parse(period) <= fresh * 1000

/** The gravest level that held for its number of consecutive periods, up to the newest. */
function levelOf(rule: WarningRule, indicator: Indicator, history: History): WarningLevel | undefined {
  return rule.levels.findLast((level) => {
    let expected = Date.parse(history[0]?.period ?? '')
    for (let i = 0; i < level.periods; i++) {
      const one = history[i]
      if (!one || one.value === null || Date.parse(one.period) !== expected) return false
      if (!isPast(indicator.better, one.value, level)) return false
      expected = periodBefore(indicator.period, expected)
    }
    return true
  })
}

/** Whether the newest known values all lie on the good side of the mildest level. */
function isOver({ levels, clearAfter = 1 }: WarningRule, { better }: Indicator, history: History): boolean {
  const mildest = levels[0]
  const known = history.slice(0, clearAfter)
  return (
    mildest !== undefined &&
    known.length === clearAfter &&
    known.every(({ value }) => value !== null && !isPast(better, value, mildest))
  )
}

async function newest(
  work: Work,
  indicator: string,
  members: readonly string[],
  depth: number,
): Promise<Map<string, Measured[]>> {
  const { rows } = await sql<{ member: string; period: Date; value: number | null; basis: Measured['basis'] }>`
    select given.member, v.* from unnest(${members}::text[]) as given(member)
    cross join lateral (select distinct on (period) period, value, basis from indicators.value
      where indicator = ${indicator} and member = given.member order by period desc, vintage desc limit ${depth}) v
    order by given.member, v.period desc`.execute(work.tx)
  const histories = new Map<string, Measured[]>()
  for (const { member, period, value, basis } of rows) {
    const history = histories.get(member) ?? []
    history.push({ member, period: period.toISOString(), value, basis })
    histories.set(member, history)
  }
  return histories
}
