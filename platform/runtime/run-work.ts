import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from './actor.ts'
import type { App, Db } from './app.ts'
import { Defect } from './errors.ts'
import { Apart } from './units/convoy.ts'
import { Convoys } from './units/convoys.ts'
import { Unit } from './units/unit.ts'
import type { WorkParts } from './units/work-parts.ts'
import type { Work } from './work.ts'

const ATTEMPTS = 4
const RETRIED = new Set(['40001', '40P01'])

/** Makes `app.work`; its promise is in `App`. */
export function workRunner(parts: WorkParts): App['work'] {
  const convoys = new Convoys(parts)
  return async (actor, run, { purpose } = {}) => {
    let others: Convoys | undefined = convoys
    for (let attempt = 1; ; ) {
      try {
        return await new Unit(parts, others, actor, purpose).run(run)
      } catch (error) {
        if (!(error instanceof Apart)) {
          if (attempt === ATTEMPTS || !isRetried(error)) throw error
          await sleep(10 * attempt * attempt * Math.random())
          attempt++
        }
        others = undefined
      }
    }
  }
}

const isRetried = (error: unknown): boolean => RETRIED.has((error as { code?: string }).code ?? '')

/** A unit of work that can only read, without a transaction, for calls that need no audit record. */
export const readOnlyWork = (db: Db, actor: Actor, at: Date): Work => ({
  actor,
  tx: db,
  at,
  ask: async (asker, about) => {
    const [answer] = await asker(db, [about], false)
    return answer as Exclude<typeof answer, undefined>
  },
  put: refuse,
  audit: refuse,
  emit: refuse,
  enqueue: refuse,
  afterCommit: refuse,
})

function refuse(): never {
  throw new Defect('A read without audit tried to leave an effect; declare an audit event or another method.')
}
