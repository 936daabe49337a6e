import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Decided } from '../matching/match.ts'
import type { EntityKind, Gathered } from './gathered.ts'

export interface Decision {
  readonly kind: EntityKind
  readonly a: string
  readonly b: string
  readonly same: boolean
}

/** What persons decided and nobody took back. */
export async function openDecisions(db: Db): Promise<readonly Decision[]> {
  const { rows } = await sql<Decision>`select kind, a, b, same from one_file.decision
    where ended_at is null order by id`.execute(db)
  return rows
}

/** The decisions in numbers of the records at hand. */
export function decidedOf(decisions: readonly Decision[], gathered: Gathered): Decided {
  const same: [number, number][] = []
  const different: [number, number][] = []
  for (const decision of decisions) {
    const [a, b] = [gathered.decided.get(decision.a), gathered.decided.get(decision.b)]
    if (decision.kind === gathered.kind && a !== undefined && b !== undefined)
      (decision.same ? same : different).push([a, b])
  }
  return { same, different }
}
