import { type Actor, ProductError, type Work } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import type { Engine } from './engine.ts'
import { mayDo, OWN_WORK } from './may-do.ts'
import type { Row } from './row.ts'

/** Ids of what the actor may do with a matter now; guards speak when it is done. */
export async function findActions(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  actor: Actor,
): Promise<string[]> {
  const found: string[] = []
  for (const [id, action] of Object.entries(actionsOf(definition)))
    if (!action.automatic && (await isPossible(() => mayDo(engine, { ...work, actor }, definition, row, id, action))))
      found.push(id)
  return found
}

/** Actions of the definition that somebody else has to do, because the actor did what they check. */
export async function barredActions(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  actor: Actor,
): Promise<readonly string[]> {
  const barred: string[] = []
  for (const [id, action] of Object.entries(definition.actions))
    if (action.notBy && !action.automatic) {
      const why = await mayDo(engine, { ...work, actor }, definition, row, id, action).catch((error: unknown) => error)
      if (why instanceof ProductError && why.code === OWN_WORK) barred.push(id)
    }
  return barred
}

async function isPossible(check: () => Promise<void>): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    if (error instanceof ProductError && error.status < 500) return false
    throw error
  }
}
