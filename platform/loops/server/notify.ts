import { type Notice, notices } from '#platform/notices'
import { type Words, type Work, words } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Row } from './row.ts'

/** Path of a matter's page in the portal. */
export const pageOf = (id: number | string): string => `/loops/${id}`

/** What somebody is told of a matter. */
export interface Message {
  readonly title: Words
  readonly text?: string
  readonly urgency?: Notice['urgency']
}

/** Keeps a notice about a matter until everything is done and written; never for the one who acts. */
export function tell(draft: Draft, to: (row: Row) => readonly string[], message: Message): void {
  draft.messages.push({ to, message })
}

/** How many matters one notice names when it speaks of several. */
const NAMED = 5

/** Sends what drafts that were written together have to say: one notice a reader and message, however many the matters. */
export async function sendMessages(engine: Engine, work: Work, drafts: readonly Draft[]): Promise<void> {
  const groups = new Map<string, { readonly who: string; readonly message: Message; readonly rows: Row[] }>()
  for (const { row, messages } of drafts)
    for (const { to, message } of messages)
      for (const who of new Set(to(row))) {
        if (who === `account:${work.actor.id}`) continue
        const key = JSON.stringify([who, message])
        const group = groups.get(key) ?? { who, message, rows: [] }
        group.rows.push(row)
        groups.set(key, group)
      }
  for (const { who, message, rows } of groups.values())
    await engine.app.use(notices).send(work, { to: addressee(who), ...noticeOf(message, rows) })
}

function noticeOf({ title, text = '', urgency = 'normal' }: Message, rows: readonly Row[]): Omit<Notice, 'to'> {
  const [first] = rows
  const shown = rows.slice(0, NAMED)
  const more = rows.length - shown.length
  const body = words(
    [...shown.map((row) => row.headline_zh), more > 0 ? `等 ${rows.length} 件事项` : '', text]
      .filter(Boolean)
      .join('\n'),
    [...shown.map((row) => row.headline_en), more > 0 ? `and ${more} more` : '', text].filter(Boolean).join('\n'),
  )
  const link = first && rows.length === 1 ? pageOf(first.id) : '/loops'
  return { title, body, link, urgency }
}

const addressee = (who: string): Notice['to'] =>
  who.startsWith('post:') ? { post: who.slice(5) } : { account: who.slice(8) }

/** Tells whoever has the matter in the end. */
export const tellHolders = (draft: Draft, message: Message): void =>
  tell(draft, (row) => row.holders.map(({ who }) => who), message)

/** Residents and firms do not live in the inbox: they hear of each step that concerns them, and of the end. */
export function tellAccounts(draft: Draft): void {
  const place = draft.definition.places[draft.row.place]
  if (place) tell(draft, accountsConcerned, { title: place.title })
}

function accountsConcerned(row: Row): string[] {
  if (row.ended_at === null) return row.holders.flatMap(({ who }) => (who.startsWith('account:') ? [who] : []))
  return row.opened_post === null && !row.opened_by.startsWith('system:') ? [`account:${row.opened_by}`] : []
}
