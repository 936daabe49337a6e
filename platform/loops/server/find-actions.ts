import { type Actor, ProductError, type Work } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import type { Engine } from './engine.ts'
import { mayDo, OWN_WORK } from './may-do.ts'
import type { Row } from './row.ts'

/** What an actor may do with a matter now, and what somebody else has to do because the actor did what it checks. */
export interface SortedActions {
  readonly possible: readonly string[]
  readonly barred: readonly string[]
}

/** Ids of the actions of a matter, as far as they concern the actor; guards speak when one is done. */
export async function sortActions(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  actor: Actor,
): Promise<SortedActions> {
  const sorted = { possible: [] as string[], barred: [] as string[] }
  for (const [id, action] of Object.entries(actionsOf(definition))) {
    if (action.automatic) continue
    const why = await refusalOf(() => mayDo(engine, { ...work, actor }, definition, row, id, action))
    if (!why) sorted.possible.push(id)
    else if (why.code === OWN_WORK) sorted.barred.push(id)
  }
  return sorted
}

async function refusalOf(check: () => Promise<void>): Promise<ProductError | undefined> {
  try {
    await check()
    return undefined
  } catch (error) {
    if (error instanceof ProductError && error.status < 500) return error
    throw error
  }
}
