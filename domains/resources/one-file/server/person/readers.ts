import { auditLog } from '#platform/audit'
import { identity } from '#platform/identity'
import type { App, Work } from '#runtime'

export interface Reader {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly name: string
  readonly organisation: string | null
  readonly purpose: string | null
}

export const PERSON = 'one-file.person'

/** Who opened a file, when and why, from the audit log; newest first. */
export async function readersOf(app: App, work: Work, entity: string, after: string | undefined) {
  const page = await app.use(auditLog).about(work.tx, { kind: PERSON, id: entity }, { after, limit: 50 })
  const names = await app.use(identity).names(
    page.entries.map(({ actor }) => actor),
    work.tx,
  )
  const organisations = new Map((await app.use(identity).organisations(work.tx)).map((each) => [each.id, each.short]))
  return {
    rows: page.entries.map(
      ({ id, at, event, actor, organisation, purpose }): Reader => ({
        id,
        at,
        event,
        name: names.get(actor) ?? actor,
        organisation: organisation === null ? null : (organisations.get(organisation) ?? organisation),
        purpose,
      }),
    ),
    next: page.next ?? null,
  }
}
