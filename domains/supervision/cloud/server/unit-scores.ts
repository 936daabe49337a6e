import { sql } from 'kysely'
import { rules } from '#platform/rules'
import type { App, Work } from '#runtime'
import type { ScoreFacts, ScoreItem, ScoreLine, Step } from '../rules/score.ts'
import { type Node, type Plan, today } from './nodes.ts'
import { milestonesUnder, type Tree, tasksOf } from './tree.ts'

/** A point with what it came from. */
export interface SourcedLine extends ScoreLine {
  readonly title: string
  readonly task: string
  /** Matter whose time line holds report, evidence and check; null for what was achieved before. */
  readonly loop: string | null
  readonly role: 'lead' | 'joint'
  readonly proof: string | null
  readonly due: string | null
  readonly achievedOn: string | null
}

export interface UnitScore {
  readonly unit: string
  readonly total: number | null
  readonly pack: string
  readonly lines: readonly SourcedLine[]
}

interface StepRow {
  readonly id: number
  readonly node: string
  readonly step: Step
  readonly unit: string
  readonly loop: string
  readonly number: string
}

/** Scores of every unit by what is due until today (the whole plan after its end), each point with its source. */
export async function unitScores(app: App, work: Work, plan: Plan, tree: Tree): Promise<readonly UnitScore[]> {
  const day = today(app)
  const until = [day, plan.endsOn].toSorted()[0] ?? day
  const tasks = tasksOf(tree)
  const { rows: steps } = await sql<StepRow>`select id, node, step, unit, loop, number from supervision_cloud.step
    where node = any(${tasks.map(({ id }) => id)}) order by id`.execute(work.tx)
  const units = [...new Set(tasks.flatMap(({ lead, joint }) => [...(lead ? [lead] : []), ...joint]))].toSorted()
  return units.map((unit) =>
    scoreOf(
      app,
      tree,
      unit,
      day,
      until,
      steps.filter((step) => step.unit === unit),
    ),
  )
}

function scoreOf(app: App, tree: Tree, unit: string, day: string, until: string, steps: readonly StepRow[]): UnitScore {
  const parts = tasksOf(tree).flatMap((task): { task: Node; role: 'lead' | 'joint' }[] => {
    if (task.lead === unit) return [{ task, role: 'lead' }]
    return task.joint.includes(unit) ? [{ task, role: 'joint' }] : []
  })
  const known = new Map<string, Omit<SourcedLine, keyof ScoreLine>>()
  const items = parts.flatMap(({ task, role }) =>
    milestonesUnder(tree, task.id)
      .filter(({ due, achievedOn }) => (due ?? '') < day || achievedOn !== undefined || task.state !== 'open')
      .map((milestone): ScoreItem => {
        const { id, title, due, achievedOn, proof, quality } = milestone
        known.set(id, {
          title,
          task: task.id,
          loop: task.loop ?? null,
          role,
          proof: proof ?? null,
          due: due ?? null,
          achievedOn: achievedOn ?? null,
        })
        return {
          milestone: id,
          weight: Math.min(1, tree.shares.get(id) ?? 0),
          role,
          quality: achievedOn === undefined ? null : (quality ?? 'fair'),
          daysLate: achievedOn === undefined || due === undefined ? null : Math.max(0, daysBetween(due, achievedOn)),
        }
      }),
  )
  for (const { id, node, loop, number } of steps)
    known.set(`step:${id}`, { title: number, task: node, loop, role: 'lead', proof: null, due: null, achievedOn: null })
  const facts: ScoreFacts = { items, steps: steps.map(({ id, step }) => ({ id: String(id), step })) }
  const { result, pack } = app
    .use(rules)
    .evaluate('supervision.cloud.score', facts, { at: new Date(`${until}T12:00:00+08:00`) })
  const { total, lines } = result as { total: number | null; lines: ScoreLine[] }
  return {
    unit,
    total,
    pack,
    lines: lines.flatMap((line) => {
      const source = known.get(line.source)
      return source ? [{ ...line, ...source }] : []
    }),
  }
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
