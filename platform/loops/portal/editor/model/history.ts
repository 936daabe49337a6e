import type { Draft } from './draft.ts'

/** What was drawn, with the way back and forward. */
export interface History {
  readonly past: readonly Draft[]
  readonly now: Draft
  readonly future: readonly Draft[]
  /** What was changed last and when (ms): typing in one field is one step back. */
  readonly mark: string
  readonly at: number
}

export type Turn =
  | { readonly do: 'edit'; readonly draft: Draft; readonly mark: string; readonly at: number }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  | { readonly do: 'begin'; readonly draft: Draft }

const TOGETHER = 1500
const KEPT = 200

export const begun = (draft: Draft): History => ({ past: [], now: draft, future: [], mark: '', at: 0 })

export function turned(history: History, turn: Turn): History {
  const { past, now, future } = history
  if (turn.do === 'begin') return begun(turn.draft)
  if (turn.do === 'edit') {
    if (turn.draft === now) return history
    const isSame = turn.mark === history.mark && turn.at - history.at < TOGETHER && past.length > 0
    return {
      past: isSame ? past : [...past, now].slice(-KEPT),
      now: turn.draft,
      future: [],
      mark: turn.mark,
      at: turn.at,
    }
  }
  const [from, next] = turn.do === 'undo' ? [past, past.at(-1)] : [future, future[0]]
  if (!next) return history
  return turn.do === 'undo'
    ? { past: from.slice(0, -1), now: next, future: [now, ...future], mark: '', at: 0 }
    : { past: [...past, now], now: next, future: from.slice(1), mark: '', at: 0 }
}
