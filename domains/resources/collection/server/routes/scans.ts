import { Type } from 'typebox'
import { sources } from '#platform/sources'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { linkSources } from '../inventory/scan/link-sources.ts'
import type { Scan } from '../inventory/scan/scans.ts'
import { AT_ONCE, removeGone, takeOver } from '../inventory/scan/take-over.ts'
import { titleOf } from '../known-datasets.ts'
import { unitsWithin } from '../quality/views.ts'
import { collectionTables } from '../tables.ts'
import { Done } from './schemas.ts'

const closed = { additionalProperties: false } as const
const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })
const Names = Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { minItems: 1, maxItems: AT_ONCE })
const Count = Type.Object({ count: Type.Integer() })

const countOf = ({ tables }: Scan, state: string): number => tables.filter((table) => table.state === state).length

/** A scan in figures, for the list of all systems. */
export const scanBrief = (scan: Scan) => ({
  system: scan.system,
  name: scan.name,
  owner: scan.owner,
  at: scan.at,
  problem: scan.sources.find(({ problem }) => problem !== null)?.problem ?? null,
  found: scan.found,
  undeclared: countOf(scan, 'undeclared'),
  differing: countOf(scan, 'differs'),
  gone: countOf(scan, 'gone'),
  proven: scan.tables.filter(({ provenBy }) => provenBy !== null).length,
})

const PAGE = 100

/** Tables in which source and inventory do not agree, by name. */
export function differencePage(app: App, { tables }: Scan, after = '') {
  const rest = tables.filter(({ name, state }) => state !== 'same' && name > after)
  const shown = rest.slice(0, PAGE)
  const rows = shown.map(({ found: _, provenBy, ...table }) => ({
    ...table,
    provenBy,
    provenTitle: provenBy === null ? null : titleOf(app, provenBy),
  }))
  return { rows, next: rest.length > PAGE ? (shown.at(-1)?.name ?? null) : null }
}

/** `GET /api/collection/inventory/sources`: sources that one may say are a system's, and of which system they are. */
export const inventorySourcesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/sources',
    title: words('可登记的数据来源', 'Sources that a system may have'),
    right: 'collection.declare',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ id: 'city-market-files', title: { zh: '交换目录', en: 'Exchange folder' }, system: 'SC-01' }] },
    handler: async ({ scope, work }) => {
      const only = scope.reach === 'city' ? undefined : await unitsWithin(app, work.tx, scope)
      const links = await collectionTables(work.tx).selectFrom('collection.system_source').selectAll().execute()
      const systemOf = new Map(links.map(({ source, system }) => [source, system]))
      const all = await app.use(sources).sources()
      return {
        rows: all
          .filter(({ organisation }) => !only || only.includes(organisation))
          .map(({ id, title, organisation }) => ({ id, title, organisation, system: systemOf.get(id) ?? null })),
      }
    },
  })

/** `PUT /api/collection/inventory/systems/:code/sources`: at which sources a system is found. */
export const linkSourcesRoute = (app: App): Route =>
  route({
    method: 'PUT',
    path: '/api/collection/inventory/systems/:code/sources',
    title: words('登记系统对应的数据来源', 'Say at which sources a system is'),
    right: 'collection.declare',
    audit: 'collection.inventory.linked',
    params: Code,
    body: Type.Object(
      { sources: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50, uniqueItems: true }) },
      closed,
    ),
    response: Done,
    example: { done: true },
    handler: async ({ params, body, scope, work }) => {
      await linkSources(app, work, scope, { system: params.code, ...body })
      return { done: true }
    },
  })

/** `POST /api/collection/inventory/systems/:code/taken`: found tables come into the inventory, so many at once; says how many are left. */
export const takeOverRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/collection/inventory/systems/:code/taken',
    title: words('把发现的数据表纳入清单', 'Take found tables over into the inventory'),
    right: 'collection.declare',
    audit: 'collection.inventory.changed',
    params: Code,
    body: Type.Object({ tables: Type.Optional(Names) }, closed),
    response: Type.Object({ count: Type.Integer(), left: Type.Integer() }),
    example: { count: 3, left: 0 },
    handler: ({ params, body, scope, work }) => takeOver(app, work, scope, { system: params.code, ...body }),
  })

/** `POST /api/collection/inventory/systems/:code/removed`: tables that are not there any more leave the inventory. */
export const removeGoneRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/collection/inventory/systems/:code/removed',
    title: words('把已不存在的数据表移出清单', 'Take tables that are gone out of the inventory'),
    right: 'collection.declare',
    audit: 'collection.inventory.changed',
    params: Code,
    body: Type.Object({ tables: Names }, closed),
    response: Count,
    example: { count: 1 },
    handler: async ({ params, body, scope, work }) => ({
      count: await removeGone(app, work, scope, { system: params.code, ...body }),
    }),
  })
