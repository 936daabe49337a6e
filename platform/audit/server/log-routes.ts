import { Type } from 'typebox'
import type { Keys } from '#platform/crypto'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { cursorOf, ENTRY, FILTERS, type Filter, findEntries } from './find-entries.ts'
import { ENTRY_KEYS } from './sink.ts'
import { subjectIds } from './subject.ts'

const EXAMPLE = {
  id: '1024',
  at: '2026-03-01T02:05:00.000Z',
  event: 'air.station.read',
  actorKind: 'person',
  actor: '17',
  post: 'city.ecology.air',
  onBehalfOf: null,
  organisation: 'city.ecology',
  session: '0f3c…',
  subjectKind: 'air.station',
  subject: '1656A',
  purpose: null,
  details: null,
}

const PAGE = Type.Object({ rows: Type.Array(ENTRY), next: Type.Union([Type.String(), Type.Null()]) })
const PAGING = {
  after: Type.Optional(Type.String({ maxLength: 60 })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
}

/** Reading the log; which leaves a record in it. */
export function logRoutes(app: App, keys: Keys): Route[] {
  const asStored = <F extends { subject?: string }>({ subject, ...filter }: F): Omit<F, 'subject'> & Filter =>
    subject ? { ...filter, subjects: subjectIds(keys.of(ENTRY_KEYS), subject) } : filter
  const page = <R extends Parameters<typeof cursorOf>[0]>(rows: readonly R[], limit: number) => {
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null }
  }
  return [
    route({
      method: 'GET',
      path: '/api/audit',
      title: words('查阅审计日志', 'Read the audit log'),
      right: 'audit.read',
      audit: 'audit.log.read',
      query: Type.Object({ ...FILTERS, ...PAGING }),
      response: PAGE,
      example: { rows: [EXAMPLE], next: null },
      handler: async ({ query: { after, limit, ...filter }, actor, scope, work }) =>
        page(await findEntries(work.tx, { actor, scope }, asStored(filter), after, limit + 1), limit),
    }),
    route({
      method: 'GET',
      path: '/api/audit/subject/:kind/:id',
      title: words('谁查看或改动过此对象', 'Who read or changed this'),
      right: 'audit.read',
      audit: 'audit.log.read',
      params: Type.Object({ kind: Type.String({ maxLength: 120 }), id: Type.String({ maxLength: 300 }) }),
      query: Type.Object(PAGING),
      response: PAGE,
      example: { rows: [EXAMPLE], next: null },
      handler: async ({ params, query: { after, limit }, actor, scope, work }) => {
        const filter = asStored({ subjectKind: params.kind, subject: params.id })
        return page(await findEntries(work.tx, { actor, scope }, filter, after, limit + 1), limit)
      },
    }),
    route({
      method: 'GET',
      path: '/api/audit/events',
      title: words('审计事件词表', 'Vocabulary of audit events'),
      right: 'audit.read',
      audit: NOTHING_PERSONAL,
      response: Type.Object({
        rows: Type.Array(
          Type.Object({
            id: Type.String(),
            title: Type.Object({ zh: Type.String(), en: Type.String() }),
            kind: Type.String(),
            module: Type.Object({ zh: Type.String(), en: Type.String() }),
          }),
        ),
      }),
      example: {
        rows: [
          {
            id: 'audit.log.read',
            title: words('查阅审计日志', 'Audit log read'),
            kind: 'personal',
            module: words('审计', 'Audit'),
          },
        ],
      },
      handler: async () => ({
        rows: app.declared('auditEvents').map(({ module, entry }) => ({ ...entry, module: module.title })),
      }),
    }),
  ]
}
