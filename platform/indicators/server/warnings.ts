import { sql } from 'kysely'
import { loops } from '#platform/loops'
import { type App, Defect, type Work } from '#runtime'
import type { Warning } from '../contract.ts'
import type { Measured, WarningLevel, WarningRule } from '../indicator.ts'
import type { Hooks } from './hooks.ts'

type Level = WarningLevel['level']
type Step = 'opened' | 'raised' | 'lowered' | 'cleared'

export interface WarningRow {
  readonly id: number
  readonly rule: string
  readonly indicator: string
  readonly member: string
  readonly level: Level
  readonly opened_at: Date
  readonly opened_period: Date
  readonly cleared_at: Date | null
  readonly loop: string | null
  readonly evidence: readonly Measured[]
}

export const toWarning = (row: WarningRow): Warning => ({
  id: String(row.id),
  rule: row.rule,
  indicator: row.indicator,
  member: row.member,
  level: row.level,
  openedAt: row.opened_at,
  clearedAt: row.cleared_at,
  loop: row.loop,
  evidence: row.evidence,
})

interface News {
  readonly app: App
  readonly hooks: Hooks
  readonly rule: WarningRule
  readonly evidence: readonly Measured[]
  readonly latest: Measured
}

/** Opens a warning and its loop, in the transaction of the values that raised it. */
export async function openWarning(work: Work, news: News & { readonly level: Level }): Promise<void> {
  const { app, hooks, rule, level, evidence, latest } = news
  const { rows } = await sql<WarningRow>`
    insert into indicators.warning (rule, indicator, member, level, opened_at, opened_period, evidence)
    values (${rule.id}, ${rule.indicator}, ${latest.member}, ${level}, ${work.at}, ${latest.period}, ${JSON.stringify(evidence)})
    returning *`.execute(work.tx)
  const row = rows[0]
  const data = hooks.data.get(rule.data)
  if (!row || !data) throw new Defect(`Warning "${rule.id}" cannot be opened.`)
  const opened = await app.use(loops).open(work, {
    definition: rule.loop,
    data: await data(work, toWarning(row)),
    key: `warning:${row.id}`,
    origin: originOf(row),
  })
  await sql`update indicators.warning set loop = ${opened.id} where id = ${row.id}`.execute(work.tx)
  await note(work, { ...row, loop: opened.id }, 'opened', news)
}

/** Raises or lowers a warning that lasts. */
export async function moveWarning(
  work: Work,
  warning: WarningRow,
  news: News & { readonly level: Level; readonly step: 'raised' | 'lowered' },
): Promise<void> {
  await sql`update indicators.warning set level = ${news.level}, evidence = ${JSON.stringify(news.evidence)}
    where id = ${warning.id}`.execute(work.tx)
  await note(work, { ...warning, level: news.level }, news.step, news)
}

/** Ends a warning and tells its loop, which may be waiting for just that. */
export async function clearWarning(work: Work, warning: WarningRow, news: News): Promise<void> {
  await sql`update indicators.warning set cleared_at = ${work.at} where id = ${warning.id}`.execute(work.tx)
  await note(work, warning, 'cleared', news)
  await news.app.use(loops).signal(work, originOf(warning), 'warning-cleared')
}

const originOf = ({ id }: { readonly id: number }) => ({ kind: 'warning', id: String(id) })

async function note(work: Work, warning: WarningRow, step: Step, { evidence, latest }: News): Promise<void> {
  const { id, rule, member, level, loop } = warning
  await sql`insert into indicators.warning_step (warning, step, level, period, at, evidence)
    values (${id}, ${step}, ${level}, ${latest.period}, ${work.at}, ${JSON.stringify(evidence)})`.execute(work.tx)
  const event = `indicators.warning.${step}`
  work.audit({ event, subject: { kind: 'warning', id: String(id) }, details: { rule, member, level } })
  work.emit({
    topic: event,
    key: String(id),
    data: { rule, member, level, loop },
    audience: { right: 'indicators.read' },
  })
}
