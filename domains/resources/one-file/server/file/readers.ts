import { Type } from 'typebox'
import { auditLog } from '#platform/audit'
import { identity } from '#platform/identity'
import { type App, type Route, route, type Work, words } from '#runtime'
import type { KnownEntity } from '../../contract.ts'
import { getEntity } from './load-rows.ts'
import { SUBJECT } from './subject.ts'

interface Reader {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly name: string
  readonly organisation: string | null
  readonly purpose: string | null
}

/** For stewards and auditors: who opened a file, without the file. */
export const readersRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/one-file/entities/:id/readers',
    title: words('谁看过这份档案', 'Who opened a file'),
    right: 'one-file.readers',
    audit: 'one-file.readers.read',
    params: Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) }),
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: async ({ params: { id }, query, work }) => {
      const { kind } = await getEntity(work.tx, id)
      return readersOf(app, work, { id, kind }, query.after)
    },
  })

/** Who opened a file, when and why, from the audit log; newest first. */
export async function readersOf(app: App, work: Work, { kind, id }: KnownEntity, after: string | undefined) {
  const page = await app.use(auditLog).about(work.tx, { kind: SUBJECT[kind], id }, { after, limit: 50 })
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
