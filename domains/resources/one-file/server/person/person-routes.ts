import { Type } from 'typebox'
import { type App, type Route, route, words } from '#runtime'
import { AS_OF, asOf } from '../file/as-of.ts'
import { openedFor } from '../file/purposes.ts'
import { SUBJECT } from '../file/subject.ts'
import { findPeople } from './find-people.ts'
import { openPerson } from './open-person.ts'

const Id = Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) })
const Found = Type.Object({
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      born: Type.Union([Type.String(), Type.Null()]),
      address: Type.Union([Type.String(), Type.Null()]),
      records: Type.Integer(),
    }),
  ),
})

/** Searching and opening files of people. */
export const personRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/api/one-file/people/search',
    title: words('按号码或姓名加出生日期查找', 'Find by number, or by name and birth date'),
    right: 'one-file.read',
    audit: 'one-file.person.searched',
    body: Type.Union([
      Type.Object({ number: Type.String({ pattern: '^(\\d{15}|\\d{17}[\\dXx])$' }) }, { additionalProperties: false }),
      Type.Object(
        { name: Type.String({ minLength: 1, maxLength: 60 }), bornOn: Type.String({ format: 'date' }) },
        { additionalProperties: false },
      ),
    ]),
    response: Found,
    example: { rows: [{ id: '1000017', name: '王**', born: '1962', address: '山东省泰安市****', records: 9 }] },
    handler: async ({ body, work }) => {
      const opens = openedFor(app, work)
      return { rows: await findPeople(app, work, body, opens) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/people/:id',
    title: words('一人一档', 'File of a person'),
    right: 'one-file.read',
    audit: 'one-file.person.read',
    params: Id,
    query: Type.Object({ unmask: Type.Optional(Type.Boolean()), ...AS_OF }),
    response: Type.Unknown(),
    example: { id: '1000017', isMasked: true, fields: [], events: [], relations: [], records: [] },
    handler: async ({ params, query, actor, work }) => {
      const opens = openedFor(app, work)
      const event = 'one-file.person.read'
      const file = await openPerson(app, work, params.id, asOf(query), {
        event,
        opens,
        unmask: query.unmask ?? false,
        mayUnmask: actor.rights.has('one-file.unmask'),
      })
      work.audit({
        event,
        subject: { kind: SUBJECT.person, id: params.id },
        details: { unmasked: !file.isMasked },
      })
      return file
    },
  }),
]
