import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { registry } from '#platform/registry'
import { type App, Forbidden, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { entryDataset } from '../declarations/datasets.ts'
import { Meta } from '../declarations/meta.ts'
import { qualityOf } from './quality.ts'
import { isAboutPersons, openableFields } from './release/columns.ts'
import { findProposal } from './release/make-version.ts'
import { propose } from './release/propose.ts'
import { withdraw } from './release/publish.ts'
import { openable } from './release/source.ts'
import { EntryParams, versionView } from './site/views.ts'
import { candidatesOf, type Entry, findVersion, getEntry, newestVersions, type Version } from './store.ts'
import { freshnessOf } from './terms.ts'

const PAGE = 50

/** What owners, keepers and approvers do. */
export const manageRoutes = (app: App): Route[] => [
  sources(app),
  entries(app),
  detail(app),
  release(app),
  withdrawal(app),
]

const sources = (app: App) =>
  route({
    method: 'GET',
    path: '/api/open-data/manage/sources',
    title: words('可以开放的数据集', 'Datasets that may be opened'),
    right: 'open-data.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ id: 'air.station', title: { zh: '监测站点', en: 'Stations' }, opening: 'open', fields: [] }] },
    handler: async () => ({
      rows: openable(app).map((source) => ({
        ...{ id: source.id, title: source.title, about: source.about, owner: source.source, opening: source.opening },
        persons: isAboutPersons(source),
        fields: openableFields(source),
      })),
    }),
  })

const entries = (app: App) =>
  route({
    method: 'GET',
    path: '/api/open-data/manage/entries',
    title: words('开放数据集清单', 'Open datasets and proposals'),
    right: 'open-data.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [{ id: 'air-stations', state: 'published', version: 1 }], next: null },
    handler: async ({ query, work }) => {
      const { rows, next } = await app.use(registry).list(work, entryDataset, {
        sort: 'id',
        limit: PAGE,
        ...(query.after ? { after: query.after } : {}),
      })
      return { rows: rows.map(({ value }) => summary(app, value as unknown as Entry, work.at)), next: next ?? null }
    },
  })

const summary = (app: App, entry: Entry, at: Date) => {
  const { id, meta, owner, access, state, version, changedAt, newestAt, broken, reason } = entry
  const freshness = state === 'published' ? freshnessOf(app, entry, at).state : undefined
  return { ...{ id, owner, access, state, version, changedAt, newestAt, broken, reason }, title: meta.title, freshness }
}

const detail = (app: App) =>
  route({
    method: 'GET',
    path: '/api/open-data/manage/entries/:id',
    title: words('一个开放数据集的管理信息', 'How one open dataset is managed'),
    right: 'open-data.read',
    audit: NOTHING_PERSONAL,
    params: EntryParams,
    response: Type.Unknown(),
    example: { id: 'air-stations', state: 'published', score: { points: 405, most: 405 }, versions: [] },
    handler: async ({ params, work }) => {
      // The matter before the versions: what it says of one can then be seen.
      const proposal = await findProposal(work, params.id)
      const matter = proposal?.loop ? await app.use(loops).get(work, proposal.loop) : undefined
      const entry = await getEntry(app, work, params.id)
      const versions = await newestVersions(app, work, params.id)
      const [candidate] = await candidatesOf(app, work, params.id)
      const inForce = entry.version ? await findVersion(app, work, params.id, entry.version) : undefined
      const shown = candidate ?? inForce
      const reviewed = candidate ?? versions[0]
      const owner = await app.use(identity).organisation(entry.owner, work.tx)
      return {
        ...summary(app, entry, work.at),
        ownerName: owner?.name,
        source: entry.source,
        meta: proposal?.meta ?? entry.meta,
        score: shown ? await qualityOf(app, shown, entry.state === 'published') : undefined,
        reviewed: reviewed && reviewView(reviewed),
        versions: versions.map(reviewView),
        release: matter && { loop: matter.id, place: matter.place, finding: matter.data.finding },
      }
    },
  })

const reviewView = (version: Version) => ({
  ...versionView(version),
  state: version.state,
  test: version.test,
  access: version.meta.access,
  persons: version.meta.persons,
  exempt: version.meta.exempt,
  sensitive: version.meta.sensitive,
})

const release = (app: App) =>
  route({
    method: 'POST',
    path: '/api/open-data/manage/releases',
    title: words('提出开放发布', 'Propose a release'),
    right: 'open-data.propose',
    audit: 'open-data.release.proposed',
    body: Type.Object(
      {
        id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
        source: Type.String({ minLength: 1, maxLength: 100 }),
        meta: Meta,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), loop: Type.String() }),
    example: { id: 'air-stations', loop: '17' },
    handler: async ({ body, work }) => {
      const matter = await propose(app, work, body)
      return { id: body.id, loop: matter.id }
    },
  })

const withdrawal = (app: App) =>
  route({
    method: 'POST',
    path: '/api/open-data/manage/entries/:id/withdrawal',
    title: words('撤回开放数据', 'Withdraw open data'),
    right: 'open-data.withdraw',
    audit: 'open-data.entry.withdrawn',
    params: EntryParams,
    body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }, { additionalProperties: false }),
    response: Type.Object({ id: Type.String() }),
    example: { id: 'air-stations' },
    handler: async ({ params, body, work, scope }) => {
      if (scope.reach !== 'city') throw new Forbidden()
      await withdraw(app, work, params.id, body.reason)
      return { id: params.id }
    },
  })
