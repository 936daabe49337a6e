import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Decided } from '../matching/match.ts'
import { findRef, type Ref } from '../refs.ts'
import type { EntityKind, Gathered } from './gathered.ts'

export interface Decision {
  readonly id: number
  readonly kind: EntityKind
  readonly a: string
  readonly b: string
  readonly same: boolean
}

/** What persons decided and nobody took back. */
export async function openDecisions(db: Db): Promise<readonly Decision[]> {
  const { rows } = await sql<Decision>`select id, kind, a, b, same from one_file.decision
    where ended_at is null order by id`.execute(db)
  return rows
}

/** Records on which persons have decided, or taken a decision back, since these decisions were read. */
export async function decidedSince(db: Db, before: readonly Decision[]): Promise<readonly Ref[]> {
  const now = await openDecisions(db)
  const [known, open] = [new Set(before.map(({ id }) => id)), new Set(now.map(({ id }) => id))]
  const changed = [...now.filter(({ id }) => !known.has(id)), ...before.filter(({ id }) => !open.has(id))]
  return changed.flatMap(({ a, b }) => [a, b]).flatMap((text) => findRef(text) ?? [])
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
