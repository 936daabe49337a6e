import { Type } from 'typebox'
import { NotFound, type Route, route, words } from '#runtime'
import { rowMarks } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { pastRetentionSql } from '../retention/past-retention.ts'
import { askPurpose, isHarmless, readScope, scopeSql, writeScope } from '../rows/access.ts'
import { conditionsSql } from '../rows/conditions.ts'
import { checkOrder, estimateRows } from '../rows/estimate.ts'
import { rowHistory } from '../rows/history.ts'
import { listRows } from '../rows/list-rows.ts'
import { noteRead } from '../rows/note-read.ts'
import { parseWhere } from '../rows/parse-where.ts'
import { removeRows, tableOf } from '../rows/registry-service.ts'
import { viewRows } from '../rows/view-rows.ts'
import { rowWithin, writeRows } from '../rows/write-row.ts'
import { DatasetParams, Done, Nullable, RowParams, RowView, Where } from './schemas.ts'

const Unmask = Type.Optional(Type.Boolean())

/** Rows of datasets: lists, single rows with their history, writing and deleting. */
export const rowRoutes = (parts: LoadParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/datasets/:dataset/rows',
    title: words('数据列表', 'Rows of a dataset'),
    right: 'registry.read',
    audit: 'registry.row.read',
    isHarmless: ({ dataset }) => isHarmless(parts, dataset),
    params: DatasetParams,
    query: Type.Object({
      where: Where,
      sort: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 2000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      fields: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 200 })),
      unmask: Unmask,
      /** Only rows that are kept longer than the dataset says. */
      pastRetention: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ rows: Type.Array(RowView), next: Nullable(Type.String()), about: Type.Integer() }),
    example: { rows: [], next: null, about: 0 },
    handler: async ({ params, query, actor, work }) => {
      const storage = tableOf(parts.catalogue.get(params.dataset))
      const scope = readScope(actor, storage.dataset)
      askPurpose(work, storage)
      parts.readDays.note(params.dataset)
      const conditions = parseWhere(query.where ?? [])
      const where = [
        ...(await scopeSql(parts, work.tx, storage, actor, scope)),
        ...conditionsSql(storage, parts.keys(), conditions),
        ...(query.pastRetention ? [pastRetentionSql(storage.dataset, work.at)] : []),
      ]
      const about = await estimateRows(work.tx, storage, where)
      await checkOrder(work.tx, storage, query.sort, about)
      const page = await listRows(work.tx, storage, conditions, {
        where,
        sort: query.sort,
        after: query.after,
        limit: query.limit ?? 50,
      })
      const wanted = query.fields ? new Set(query.fields) : undefined
      const rows = viewRows(storage, parts.keys, actor, page.rows, query.unmask ?? false, wanted)
      const ids = rows.map(({ id }) => id)
      noteRead(work, storage.dataset, ids)
      const marks = await parts.app.use(rowMarks).of(work.tx, params.dataset, ids)
      const marked = rows.map((row) => ({ ...row, marks: marks.get(row.id) ?? [] }))
      const isAll = !query.after && page.next === undefined
      return { rows: marked, next: page.next ?? null, about: isAll ? rows.length : Math.max(about, rows.length) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/registry/datasets/:dataset/rows/:row',
    title: words('一条数据及其历史', 'A row with its history'),
    right: 'registry.read',
    audit: 'registry.row.read',
    isHarmless: ({ dataset }) => isHarmless(parts, dataset),
    params: RowParams,
    query: Type.Object({ unmask: Unmask }),
    response: Type.Unknown(),
    example: { row: null, links: [], history: [] },
    handler: async ({ params, query, actor, work }) => {
      const storage = tableOf(parts.catalogue.get(params.dataset))
      const scope = readScope(actor, storage.dataset)
      askPurpose(work, storage)
      parts.readDays.note(params.dataset)
      const row = await rowWithin(work.tx, storage, params.row, await scopeSql(parts, work.tx, storage, actor, scope))
      if (!row && scope.reach !== 'city') throw new NotFound()
      const versions = await rowHistory(work.tx, storage, params.row)
      if (!row && versions.length === 0) throw new NotFound()
      const view = (rows: Parameters<typeof viewRows>[3]) =>
        viewRows(storage, parts.keys, actor, rows, query.unmask ?? false)
      const views = view(versions.map(({ stored }) => stored))
      const about = parts.app.use(rowMarks)
      const present = row && view([row])[0]
      return {
        row: present
          ? { ...present, marks: (await about.of(work.tx, params.dataset, [params.row])).get(params.row) ?? [] }
          : null,
        links: about.linksFor(actor, params.dataset, params.row),
        history: versions.map(({ until, endedBy, deleted }, at) => ({ ...views[at], until, endedBy, deleted })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/registry/datasets/:dataset/rows',
    title: words('写入数据', 'Write rows'),
    right: 'registry.write',
    audit: 'registry.row.written',
    params: DatasetParams,
    body: Type.Object({ rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 500 }) }),
    response: Type.Object({ inserted: Type.Integer(), changed: Type.Integer(), same: Type.Integer() }),
    example: { inserted: 1, changed: 0, same: 0 },
    handler: async ({ params, body, work }) =>
      writeRows(work, parts, tableOf(parts.catalogue.get(params.dataset)), body.rows),
  }),
  route({
    method: 'DELETE',
    path: '/api/registry/datasets/:dataset/rows/:row',
    title: words('删除数据', 'Delete a row'),
    right: 'registry.write',
    audit: 'registry.row.removed',
    params: RowParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, actor, work }) => {
      const storage = tableOf(parts.catalogue.get(params.dataset))
      const where = await scopeSql(parts, work.tx, storage, actor, writeScope(actor, storage.dataset))
      if (!(await rowWithin(work.tx, storage, params.row, where))) throw new NotFound()
      await removeRows(work, storage, [params.row])
      return { done: true }
    },
  }),
]
