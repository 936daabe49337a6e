import { Type } from 'typebox'
import { Forbidden, type Route, route, words } from '#runtime'
import { writeTable } from '../export/write-table.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { askPurpose, readScope, scopeSql } from '../rows/access.ts'
import { conditionsSql } from '../rows/conditions.ts'
import { parseWhere } from '../rows/parse-where.ts'
import { readPage } from '../rows/read-page.ts'
import { tableOf } from '../rows/registry-service.ts'
import { viewRows } from '../rows/view-rows.ts'
import { DatasetParams, Where } from './schemas.ts'

const PAGE = 2000

/** Export of what a list shows, with the same reach and masking. */
export const exportRoutes = (parts: LoadParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/datasets/:dataset/export.:format',
    title: words('导出数据', 'Export rows'),
    right: 'registry.export',
    audit: 'registry.row.exported',
    params: Type.Object({ ...DatasetParams.properties, format: Type.Enum(['csv', 'xlsx', 'jsonl']) }),
    query: Type.Object({
      where: Where,
      sort: Type.Optional(Type.String({ maxLength: 60 })),
      purpose: Type.Optional(Type.String({ maxLength: 200 })),
      unmask: Type.Optional(Type.Boolean()),
    }),
    response: Type.Unknown(),
    example: '姓名,性别',
    produces: 'application/octet-stream',
    handler: async ({ params, query, actor, work, reply }) => {
      const storage = tableOf(parts.catalogue.get(params.dataset))
      const purpose = query.purpose ?? work.purpose ?? ''
      askPurpose({ ...work, purpose }, storage)
      parts.readDays.note(params.dataset)
      if (query.unmask && !actor.rights.has('registry.unmask')) throw new Forbidden()
      work.audit({
        event: 'registry.row.exported',
        subject: { kind: 'registry.dataset', id: storage.dataset.id },
        details: {
          where: (query.where ?? []).map((each) => each.split('~')[0]),
          purpose,
          unmask: query.unmask ?? false,
        },
      })
      const where = [
        ...(await scopeSql(parts, work.tx, storage, actor, readScope(actor, storage.dataset))),
        ...conditionsSql(storage, parts.keys(), parseWhere(query.where ?? [])),
      ]
      const { fields } = storage
      async function* rows() {
        let after: string | undefined
        do {
          const page = await readPage(parts.app.db, storage, { where, sort: query.sort, after, limit: PAGE })
          for (const { value } of viewRows(storage, parts.keys, actor, page.rows, query.unmask ?? false))
            yield fields.map(({ name }) => cellText(value[name]))
          after = page.next
        } while (after)
      }
      return writeTable(
        reply,
        params.format,
        storage.dataset.title.zh,
        fields.map(({ meta }) => meta.title.zh),
        rows(),
      )
    },
  }),
]

const cellText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
