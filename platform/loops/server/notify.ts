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

/** Sends a notice about a matter once everything is done and written; never to the one who acts. */
export function tell(
  engine: Engine,
  work: Work,
  draft: Draft,
  to: (row: Row) => readonly string[],
  { title, text = '', urgency = 'normal' }: Message,
): void {
  draft.after.push(async () => {
    const { row } = draft
    const body = words(
      [row.headline_zh, text].filter(Boolean).join('\n'),
      [row.headline_en, text].filter(Boolean).join('\n'),
    )
    for (const who of new Set(to(row)))
      if (who !== `account:${work.actor.id}`)
        await engine.app.use(notices).send(work, { to: addressee(who), title, body, link: pageOf(row.id), urgency })
  })
}

const addressee = (who: string): Notice['to'] =>
  who.startsWith('post:') ? { post: who.slice(5) } : { account: who.slice(8) }

/** Tells whoever has the matter in the end. */
export const tellHolders = (engine: Engine, work: Work, draft: Draft, message: Message): void =>
  tell(engine, work, draft, (row) => row.holders.map(({ who }) => who), message)

/** Residents and firms do not live in the inbox: they hear of each step that concerns them, and of the end. */
export function tellAccounts(engine: Engine, work: Work, draft: Draft): void {
  const place = draft.definition.places[draft.row.place]
  if (place) tell(engine, work, draft, accountsConcerned, { title: place.title })
}

function accountsConcerned(row: Row): string[] {
  if (row.ended_at === null) return row.holders.flatMap(({ who }) => (who.startsWith('account:') ? [who] : []))
  return row.opened_post === null && !row.opened_by.startsWith('system:') ? [`account:${row.opened_by}`] : []
}
