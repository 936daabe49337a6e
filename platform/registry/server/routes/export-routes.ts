import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { Type } from 'typebox'
import { type Db, Forbidden, type Route, route, words } from '#runtime'
import { handouts } from '../../contract.ts'
import { writeTable } from '../export/write-table.ts'
import { RowNumbers } from '../handouts/row-numbers.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { askPurpose, readScope, scopeSql } from '../rows/access.ts'
import { conditionsSql } from '../rows/conditions.ts'
import { parseWhere } from '../rows/parse-where.ts'
import { readPage, whereSql } from '../rows/read-page.ts'
import { tableOf } from '../rows/registry-service.ts'
import { viewRows } from '../rows/view-rows.ts'
import { quoted, type Storage } from '../storage.ts'
import { DatasetParams, Where } from './schemas.ts'

const PAGE = 2000

/**
 * Export of what a list shows, with the same reach and masking. Which personal rows leave is noted before the first of them
 * does; what is written meanwhile does not go with them.
 */
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
      const where = [
        ...(await scopeSql(parts, work.tx, storage, actor, readScope(actor, storage.dataset))),
        ...conditionsSql(storage, parts.keys(), parseWhere(query.where ?? [])),
      ]
      const { fields, personal, dataset } = storage
      const leaving = personal ? await numbersOf(work.tx, storage, where) : undefined
      const handout = randomUUID()
      if (leaving)
        await parts.app.use(handouts).note(work.tx, { dataset: dataset.id, handout, given: work.at }, leaving)
      work.audit({
        event: 'registry.row.exported',
        subject: { kind: 'registry.dataset', id: dataset.id },
        details: {
          where: (query.where ?? []).map((each) => each.split('~')[0]),
          purpose,
          unmask: query.unmask ?? false,
          ...(fields.length <= MOST_NAMED ? { fields: fields.map(({ name }) => name) } : {}),
          ...(leaving ? { handout } : {}),
        },
      })
      async function* rows() {
        let after: string | undefined
        do {
          const page = await readPage(parts.app.db, storage, { where, sort: query.sort, after, limit: PAGE })
          const rows = page.rows.filter(({ _id }) => leaving?.has(_id) ?? true)
          for (const { value } of viewRows(storage, parts.keys, actor, rows, query.unmask ?? false))
            yield fields.map(({ name }) => cellText(value[name]))
          after = page.next
        } while (after)
      }
      return writeTable(
        reply,
        params.format,
        dataset.title.zh,
        fields.map(({ meta }) => meta.title.zh),
        rows(),
      )
    },
  }),
]

/** More fields than an audit record has room for are not named; an export has all that there are. */
const MOST_NAMED = 60
const NUMBERS = 50_000

/** Numbers of the rows that fit. */
async function numbersOf(db: Db, { table }: Storage, where: readonly RawBuilder<unknown>[]): Promise<RowNumbers> {
  const found = new RowNumbers()
  for (let after = 0; ; ) {
    const { rows } = await sql<{ _id: number }>`select _id from ${sql.raw(quoted(table))}
      ${whereSql([...where, sql`_id > ${after}`])} order by _id limit ${NUMBERS}`.execute(db)
    for (const { _id } of rows) found.add(_id)
    if (rows.length < NUMBERS) return found
    after = rows.at(-1)?._id ?? after
  }
}

const cellText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
