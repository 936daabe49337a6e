import { Type } from 'typebox'
import { registry } from '#platform/registry'
import {
  type App,
  dayAt,
  formatDay,
  NOTHING_PERSONAL,
  NotFound,
  type Route,
  route,
  type Scope,
  type Work,
  words,
} from '#runtime'
import { REASONS, systems } from '../../declarations/datasets.ts'
import { clockPack } from '../../rules/clocks.ts'
import { countUnits, edgesOf, findZombies } from '../inventory/completeness.ts'
import { declareUse } from '../inventory/declare-use.ts'
import { graphOf } from '../inventory/graph.ts'
import { lastUses } from '../inventory/last-use.ts'
import { linkTable } from '../inventory/link.ts'
import { renewInventory } from '../inventory/renew.ts'
import { findScan, scansOf } from '../inventory/scan/scans.ts'
import { suggestColumns } from '../inventory/suggest.ts'
import { systemTablePage } from '../inventory/system-tables.ts'
import { idleDatasets, unusedTables } from '../inventory/without-user.ts'
import { unitsWithin } from '../quality/views.ts'
import { differencePage, scanBrief } from './scans.ts'
import { Done, Nullable } from './schemas.ts'

const Unit = Type.String({ minLength: 1, maxLength: 100 })
const PAGE = 50

const within = async (app: App, work: Work, scope: Scope): Promise<readonly string[] | undefined> =>
  scope.reach === 'city' ? undefined : unitsWithin(app, work.tx, scope)

/** `GET /api/collection/inventory`: "all collected" with its denominator, unit by unit, with what nobody uses. */
export const inventoryRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory',
    title: words('应汇尽汇', 'All collected'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    response: Type.Unknown(),
    example: {
      edges: [{ id: 'collected', linked: 27, total: 36 }],
      units: [],
      scans: [],
      zombies: [],
      unused: [],
      idle: [],
    },
    handler: async ({ scope, work }) => {
      const only = await within(app, work, scope)
      const today = dayAt(app.now().getTime())
      const scans = await scansOf(app, work.tx, { units: only })
      const asked = { units: only, since: formatDay(today - clockPack.tables.zombieDays) }
      const units = await countUnits(work.tx, { units: only, today: formatDay(today), scans })
      return {
        edges: edgesOf(units),
        units,
        scans: scans.map(scanBrief),
        zombies: await findZombies(app, work.tx, only),
        unused: await unusedTables(work.tx, asked),
        idle: await idleDatasets(app, work.tx, asked),
      }
    },
  })

/** `GET /api/collection/inventory/systems`: systems within reach, page by page. */
export const systemsRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/systems',
    title: words('信息系统清单', 'Systems'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ unit: Type.Optional(Unit), after: Type.Optional(Type.String({ maxLength: 2000 })) }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.String()) }),
    example: { rows: [{ code: 'GA-01', name: '常住人口管理系统' }], next: null },
    handler: async ({ query, scope, work }) => {
      const only = await within(app, work, scope)
      const wanted = query.unit ? [query.unit].filter((unit) => !only || only.includes(unit)) : only
      const page = await app.use(registry).list(work, systems, {
        ...(wanted ? { where: { owner: { in: [...wanted] } } } : {}),
        sort: 'code',
        limit: PAGE,
        ...(query.after ? { after: query.after } : {}),
      })
      const uses = await lastUses(app, work.tx)
      const rows = page.rows.map(({ value: { contact: _, ...value } }) => ({
        ...value,
        used: uses.of('used', value.code),
      }))
      return { rows, next: page.next ?? null }
    },
  })

/** @throws NotFound for one out of reach, too */
async function getSystem(app: App, work: Work, scope: Scope, code: string) {
  const found = await app.use(registry).find(work, systems, { code })
  const only = await within(app, work, scope)
  if (!found || (only && !only.includes(found.value.owner))) throw new NotFound()
  return found.value
}

const Code = Type.Object({ code: Type.String({ maxLength: 40 }) })
const After = Type.Optional(Type.String({ maxLength: 1000 }))
const RowPage = Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.String()) })

/** `GET /api/collection/inventory/systems/:code`: a system, and what was found of it in figures. */
export const systemRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/systems/:code',
    title: words('一个信息系统', 'A system'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    params: Code,
    response: Type.Unknown(),
    example: { system: { code: 'GA-01' }, scan: null },
    handler: async ({ params, scope, work }) => {
      const { contact: _, ...system } = await getSystem(app, work, scope, params.code)
      const scan = await findScan(app, work.tx, params.code)
      const uses = await lastUses(app, work.tx)
      return {
        system: { ...system, used: uses.of('used', system.code), called: uses.of('called', system.code) },
        scan: scan ? { ...scanBrief(scan), sources: scan.sources } : null,
      }
    },
  })

/** `GET /api/collection/inventory/systems/:code/tables`: its declared tables with their fields, page by page. */
export const systemTablesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/systems/:code/tables',
    title: words('一个信息系统的数据表', 'Tables of a system'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    params: Code,
    query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })), after: After }),
    response: RowPage,
    example: { rows: [{ system: 'GA-01', name: 'rk_jbxx', fields: [] }], next: null },
    handler: async ({ params, query, scope, work }) => {
      await getSystem(app, work, scope, params.code)
      return systemTablePage(app, work, params.code, query)
    },
  })

/** `GET /api/collection/inventory/systems/:code/differences`: tables in which source and inventory do not agree, page by page. */
export const differencesRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/systems/:code/differences',
    title: words('来源与清单不一致的表', 'Tables in which source and inventory do not agree'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    params: Code,
    query: Type.Object({ after: After }),
    response: RowPage,
    example: { rows: [{ name: 'public.stall', state: 'undeclared', added: ['code'] }], next: null },
    handler: async ({ params, query, scope, work }) => {
      await getSystem(app, work, scope, params.code)
      const scan = await findScan(app, work.tx, params.code)
      return scan ? differencePage(app, scan, query.after) : { rows: [], next: null }
    },
  })

/** `PUT /api/collection/inventory/links`: which dataset collects a table, or why none does. */
export const linkRoute = (app: App): Route =>
  route({
    method: 'PUT',
    path: '/api/collection/inventory/links',
    title: words('登记数据表的汇聚情况', 'Say what collects a table'),
    right: 'collection.declare',
    audit: 'collection.inventory.changed',
    body: Type.Object(
      {
        system: Type.String({ maxLength: 40 }),
        name: Type.String({ maxLength: 100 }),
        dataset: Type.Optional(Type.String({ maxLength: 100 })),
        reason: Type.Optional(Type.Enum(Object.keys(REASONS) as (keyof typeof REASONS)[])),
        basis: Type.Optional(Type.String({ maxLength: 200 })),
        plannedUntil: Type.Optional(Type.String({ format: 'date' })),
        fields: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 60 }))),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { done: true },
    handler: async ({ body, scope, work }) => {
      await linkTable(app, work, scope, body)
      return { done: true }
    },
  })

/** `PUT /api/collection/inventory/uses`: when what the platform does not see was last used. */
export const useRoute = (app: App): Route =>
  route({
    method: 'PUT',
    path: '/api/collection/inventory/uses',
    title: words('填报最近使用日期', 'Say when something was last used'),
    right: 'collection.declare',
    audit: 'collection.inventory.changed',
    body: Type.Object(
      {
        system: Type.String({ maxLength: 40 }),
        table: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        kind: Type.Enum(['used', 'called', 'read']),
        on: Type.String({ format: 'date' }),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { done: true },
    handler: async ({ body, scope, work }) => {
      await declareUse(app, work, scope, body)
      return { done: true }
    },
  })

/** `GET /api/collection/inventory/graph`: the chain from duty to dataset of a unit. */
export const graphRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/graph',
    title: words('职责、事项、系统、数据关系', 'From duty to dataset'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ unit: Unit }),
    response: Type.Object({ links: Type.Array(Type.Unknown()), drawn: Type.Integer(), of: Type.Integer() }),
    example: {
      links: [
        {
          from: 'duty:户籍管理',
          to: 'item:户口登记',
          value: 13,
          owners: ['city.police'],
          proof: 'declared',
          declaredOn: '2026-03-01',
        },
      ],
      drawn: 1,
      of: 1,
    },
    handler: async ({ query, scope, work }) => {
      const only = await within(app, work, scope)
      if (only && !only.includes(query.unit)) throw new NotFound()
      return graphOf(app, work.tx, query.unit)
    },
  })

/** `POST /api/collection/inventory/renewals`: the yearly matter of each unit, at once instead of in January. */
export const renewRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/collection/inventory/renewals',
    title: words('发起清单年度更新', 'Begin the yearly inventory'),
    right: 'collection.steward',
    audit: 'collection.inventory.renewed',
    response: Type.Object({ units: Type.Integer() }),
    example: { units: 21 },
    handler: async ({ work }) => ({ units: await renewInventory(app, work) }),
  })

/** `GET /api/collection/inventory/suggestions`: which field of a dataset each column of a table may be meant for. */
export const suggestRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/collection/inventory/suggestions',
    title: words('列与字段的对应建议', 'Suggested fields of columns'),
    right: 'collection.declare',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      system: Type.String({ maxLength: 40 }),
      table: Type.String({ maxLength: 100 }),
      dataset: Type.String({ maxLength: 100 }),
    }),
    response: Type.Object({ columns: Type.Array(Type.Unknown()) }),
    example: { columns: [{ name: 'XM', field: 'name', reasons: [{ zh: '名称相同', en: 'Same name' }] }] },
    handler: async ({ query, scope, work }) => {
      await getSystem(app, work, scope, query.system)
      return { columns: await suggestColumns(app, work, query) }
    },
  })
