import { ApiError, api } from '#portal/ui'
import type { LoopItem } from '../loop-types.ts'

/** What became of one of several matters; `why` it stayed as it was, in the reader's language. */
export interface Outcome {
  readonly item: LoopItem
  readonly why: string | null
}

/** Does the same action to several matters, one after the other; one that is refused holds up none. */
export async function actOnEach(
  items: readonly LoopItem[],
  action: string,
  form: Readonly<Record<string, unknown>>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const item of items) {
    const { id, revision } = item
    try {
      await api.post(`/api/loops/${id}/actions`, { action, revision, key: crypto.randomUUID(), form })
      outcomes.push({ item, why: null })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      outcomes.push({ item, why: error.problem.title })
    }
  }
  return outcomes
}
