import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, type Route, route, type Work, words } from '#runtime'
import { AS_OF, asOf } from '../file/as-of.ts'
import { noteTold } from '../file/note-told.ts'
import { openedFor } from '../file/purposes.ts'
import { SUBJECT } from '../file/subject.ts'
import { plainFirmName } from '../matching/firms/records.ts'
import { hashesOf } from '../run/keys.ts'
import { namesOf } from './names.ts'
import { openFirm } from './open-firm.ts'

const MOST = 20

/** Searching and opening files of firms; tax matters and whole names of people by right. */
export const firmRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/one-file/firms',
    title: words('按信用代码或名称查找企业', 'Find a firm by its code or whole name'),
    right: 'one-file.firm.read',
    audit: 'one-file.firm.searched',
    query: Type.Object({ q: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Type.Object({
      rows: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), records: Type.Integer() })),
    }),
    example: { rows: [{ id: '1000301', name: '泰安宇宏商务咨询有限公司', records: 12 }] },
    handler: async ({ query, work }) => {
      openedFor(app, work)
      return { rows: await findFirms(app, work, query.q) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/firms/:id',
    title: words('一企一档', 'File of a firm'),
    right: 'one-file.firm.read',
    audit: 'one-file.firm.read',
    params: Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) }),
    query: Type.Object({ unmask: Type.Optional(Type.Boolean()), ...AS_OF }),
    response: Type.Unknown(),
    example: {
      id: '1000301',
      isMasked: true,
      fields: [],
      people: [],
      shares: [],
      controllers: [],
      events: [],
      records: [],
    },
    handler: async ({ params, query, actor, work }) => {
      const opens = openedFor(app, work)
      const event = 'one-file.firm.read'
      const file = await openFirm(app, work, params.id, asOf(query), {
        event,
        opens,
        unmask: query.unmask ?? false,
        mayUnmask: actor.rights.has('one-file.unmask'),
        tax: actor.rights.has('one-file.firm.tax'),
      })
      work.audit({
        event,
        subject: { kind: SUBJECT.firm, id: params.id },
        details: { unmasked: !file.isMasked },
      })
      return file
    },
  }),
]

async function findFirms(app: App, work: Work, text: string) {
  const plain = plainFirmName(text)
  const key = /^[0-9A-HJ-NP-RTUWXY]{18}$/i.test(plain) ? 'number' : 'name'
  const [hash] = hashesOf(app, 'firm', key, [key === 'number' ? plain.toUpperCase() : plain])
  const { rows } = await sql<{ entity: number; records: number }>`
    select entity, count(*) as records from one_file.record where entity in (
      select entity from one_file.record where kind = 'firm' and ${sql.raw(`${key}_key`)} = ${String(hash ?? 0)}::bigint)
    group by entity order by entity limit ${MOST}`.execute(work.tx)
  const names = await namesOf(
    app,
    work,
    rows.map(({ entity }) => entity),
    new Set(),
  )
  noteTold(
    app,
    work,
    'one-file.firm.searched',
    [...names.values()].map(({ told }) => told),
  )
  return rows.map(({ entity, records }) => ({ id: String(entity), name: names.get(entity)?.name ?? '', records }))
}
