import { type Static, Type } from 'typebox'
import { NOTHING_PERSONAL, NotFound, type Route, route, type Scope, words } from '#runtime'
import { openSource, type Reachable, reachable } from '../connectors/open-source.ts'
import { checkConnection, defineSource } from '../define/define-source.ts'
import type { SourcesParts } from '../parts.ts'
import { mustReach, organisationsIn } from '../reach.ts'
import { getSource } from '../runs/run-store.ts'
import { sourcesTables } from '../tables.ts'
import { stoppedRuns } from '../views/stopped-runs.ts'
import { feedViews, sourceView, sourceViews, tablePage } from '../views/views.ts'
import { mask } from './mask.ts'
import { Done, PreviewBody, SourceBody, SourceParams, TrialBody } from './schemas.ts'

const EXAMPLE = { id: 'civil-affairs', title: { zh: '民政业务系统', en: 'Civil affairs' }, light: 'green', feeds: 2 }

/** @throws NotFound for one out of reach too */
async function within({ app }: SourcesParts, scope: Scope, id: string) {
  const source = await getSource(app.db, id)
  await mustReach(app, scope, source.organisation)
  return source
}

/** Sources: list, look, try, define. */
export const sourceRoutes = (parts: SourcesParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/sources/systems',
    title: words('数据来源', 'Sources of data'),
    right: 'sources.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()), inbox: Type.String(), hosts: Type.Array(Type.String()) }),
    example: { rows: [EXAMPLE], inbox: '/srv/daizong/inbox', hosts: ['*.taian.example'] },
    handler: async ({ scope }) => {
      const { inbox, sourceHosts } = parts.app.config
      return { rows: await sourceViews(parts.app, await organisationsIn(parts.app, scope)), inbox, hosts: sourceHosts }
    },
  }),
  route({
    method: 'GET',
    path: '/api/sources/systems/:source',
    title: words('一个数据来源', 'A source of data'),
    right: 'sources.read',
    audit: NOTHING_PERSONAL,
    params: SourceParams,
    response: Type.Unknown(),
    example: { ...EXAMPLE, feedList: [], stopped: [] },
    handler: async ({ params, scope }) => {
      const source = await within(parts, scope, params.source)
      const feeds = await feedViews(parts.app, { source: source.id })
      return { ...sourceView(source, feeds), feedList: feeds, stopped: await stoppedRuns(parts.app.db, source) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/sources/systems/:source/tables',
    title: words('来源中的表', 'Tables of a source'),
    right: 'sources.read',
    audit: NOTHING_PERSONAL,
    params: SourceParams,
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 100 })),
      after: Type.Optional(Type.String({ maxLength: 300 })),
    }),
    response: Type.Object({
      rows: Type.Array(Type.Unknown()),
      next: Type.Union([Type.String(), Type.Null()]),
    }),
    example: { rows: [{ name: 'public.resident', rows: 5_400_000, feeds: [] }], next: null },
    handler: async ({ params, query, scope }) => {
      const { id } = await within(parts, scope, params.source)
      return tablePage(parts.app, id, query)
    },
  }),
  route({
    method: 'PUT',
    path: '/api/sources/systems/:source',
    title: words('设置数据来源', 'Define a source'),
    right: 'sources.define',
    audit: 'sources.source.saved',
    params: SourceParams,
    body: SourceBody,
    response: Done,
    example: { done: true },
    handler: async ({ params, body, scope, work }) => {
      await mustReach(parts.app, scope, body.organisation)
      const before = await sourcesTables(work.tx)
        .selectFrom('sources.source')
        .select('organisation')
        .where('id', '=', params.source)
        .executeTakeFirst()
      if (before) await mustReach(parts.app, scope, before.organisation)
      await defineSource(parts, work, { id: params.source, ...body })
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/trial',
    title: words('试连数据来源', 'Try a connection'),
    right: 'sources.define',
    audit: 'sources.source.tried',
    body: TrialBody,
    response: Type.Object({ tables: Type.Integer(), names: Type.Array(Type.String()) }),
    example: { tables: 12, names: ['public.resident'] },
    handler: async ({ body, scope, work }) => {
      await mustReach(parts.app, scope, body.organisation)
      checkConnection(parts.app, body.connection)
      const seen = await withConnector(parts, await toTry(parts, scope, body), countTables)
      const { kind } = body.connection
      work.audit({ event: 'sources.source.tried', details: { kind, organisation: body.organisation } })
      return seen
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/systems/:source/discover',
    title: words('重新查看来源的表', 'Look at the tables of a source again'),
    right: 'sources.define',
    audit: 'sources.source.looked',
    params: SourceParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      await within(parts, scope, params.source)
      work.enqueue('sources.discover', params, { key: params.source })
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/systems/:source/preview',
    title: words('查看来源的样例（脱敏）', 'See a masked sample of a source'),
    right: 'sources.define',
    audit: 'sources.source.looked',
    params: SourceParams,
    body: PreviewBody,
    response: Type.Object({ columns: Type.Array(Type.String()), rows: Type.Array(Type.Array(Type.String())) }),
    example: { columns: ['姓名', '证件号码'], rows: [['*', '370902************']] },
    handler: async ({ params, body, scope, work }) => {
      const source = await within(parts, scope, params.source)
      const { columns, rows } = await withConnector(
        parts,
        reachable(parts, source),
        (connector) => connector.preview(body.from, body.pages),
        body.dataset,
      )
      const subject = { kind: 'sources.source', id: source.id }
      work.audit({ event: 'sources.source.looked', subject, details: { from: body.from } })
      return { columns, rows: rows.map((cells) => cells.map(mask)) }
    },
  }),
]

type Connector = Awaited<ReturnType<typeof openSource>>

const FIRST_NAMES = 12

/** How many tables there are, and the names of the first. */
async function countTables(connector: Connector): Promise<{ readonly tables: number; readonly names: string[] }> {
  let tables = 0
  const names: string[] = []
  for await (const page of connector.tables()) {
    tables += page.length
    names.push(...page.slice(0, FIRST_NAMES - names.length).map(({ name }) => name))
  }
  return { tables, names }
}

async function withConnector<T>(
  parts: SourcesParts,
  source: Reachable,
  use: (connector: Connector) => Promise<T>,
  dataset?: string,
): Promise<T> {
  const connector = await openSource(parts, source, dataset)
  try {
    return await use(connector)
  } finally {
    await connector.close()
  }
}

type Trial = Static<typeof TrialBody>

/** A stored secret is lent only to the very connection it was given for. */
async function toTry(
  parts: SourcesParts,
  scope: Scope,
  { id, organisation, connection, secret }: Trial,
): Promise<Reachable> {
  const stored = id === undefined ? undefined : await within(parts, scope, id).catch(onlyMissing)
  const isSame = stored && JSON.stringify(sorted(stored.connection)) === JSON.stringify(sorted(connection))
  const password = secret ?? (stored && isSame ? reachable(parts, stored).password : undefined)
  return { id: id ?? 'trial', organisation, connection, password }
}

const sorted = (connection: object) => Object.entries(connection).sort(([a], [b]) => (a < b ? -1 : 1))

const onlyMissing = (error: unknown): undefined => {
  if (!(error instanceof NotFound)) throw error
  return undefined
}
