import { type Work, words } from '#runtime'
import type { Place } from '../contract.ts'
import { resolve } from './assignee.ts'
import { type ClockStep, summarise, withStepTaken } from './clocks.ts'
import { type Draft, draftOf, timeIn } from './draft.ts'
import type { Engine } from './engine.ts'
import { tell, tellHolders } from './notify.ts'
import { perform } from './perform.ts'
import type { Row } from './row.ts'
import { startsFrom } from './walk-definition.ts'

const MOST_STEPS = 20

/** Takes every step of an instance's clocks that is due; its row is locked by the caller. */
export async function takeSteps(engine: Engine, work: Work, row: Row): Promise<Draft> {
  const definition = await engine.definitions.find(work.tx, row.definition, row.version)
  const draft = draftOf(definition, row, row)
  const at = timeIn(draft, work)
  for (let taken = 0; taken < MOST_STEPS && draft.row.ended_at === null; taken++) {
    const { next } = summarise(definition, draft.row.place, draft.row.clocks, at)
    if (!next || next.at > at) break
    draft.row.clocks = withStepTaken(draft.row.clocks, next.clock)
    await takeStep(engine, work, draft, next)
  }
  return draft
}

async function takeStep(engine: Engine, work: Work, draft: Draft, { step }: ClockStep): Promise<void> {
  const { row, definition } = draft
  if (step === 'warn') {
    tellHolders(draft, { title: words('即将到期', 'Due soon') })
    return
  }
  if ('urge' in step) {
    const to = await resolve(engine, work, row, step.urge)
    tell(draft, () => to, { title: words('已超过办理期限', 'Past its limit'), urgency: 'urgent' })
    return
  }
  const action = definition.actions[step.act]
  if (!action || !startsFrom(action, row.place, definition.places[row.place] as Place)) return
  await perform(engine, work, draft, { action: step.act, key: `clock:${row.revision}`, bySystem: 'clock' })
}
