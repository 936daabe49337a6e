import { InvalidInput, words } from '#runtime'
import type { Draft } from './draft.ts'
import type { Holder } from './row.ts'

/** What a generic action wants beyond its declaration. */
export interface Outcome {
  readonly to?: string
  readonly holders?: readonly Holder[]
  readonly readers?: readonly string[]
  /** What the log keeps instead of the form as it was sent. */
  readonly form?: Readonly<Record<string, unknown>>
}

/** Gives the matter to others where it is. */
export function hold(draft: Draft, holders: readonly Holder[]): void {
  if (holders.some(({ who }) => !/^(post|account):./.test(who)))
    throw new InvalidInput('invalid-form', words('请选择接收的岗位', 'Choose the post that gets it'), [
      { path: '/form/to', message: words('不是岗位', 'Not a post') },
    ])
  const { caretaken: _, ...memory } = draft.row.memory
  draft.row.memory = memory
  draft.row.holders = holders
  draft.row.moved = draft.row.revision
}
