import { Type } from 'typebox'
import { type Actor, type App, InvalidInput, NotFound, type Route, route, type Work, words } from '#runtime'
import type { AsOf } from '../file/load-rows.ts'
import { findPeople } from './find-people.ts'
import { openPerson } from './open-person.ts'
import { findOwnEntity } from './own-entity.ts'
import { PERSON, readersOf } from './readers.ts'

const Id = Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) })
const AsOfQuery = Type.Object({
  unmask: Type.Optional(Type.Boolean()),
  known: Type.Optional(Type.String({ format: 'date-time' })),
  valid: Type.Optional(Type.String({ format: 'date' })),
})
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

/** Whoever opens a file says what for. @throws InvalidInput */
export function askPurpose(work: Work): void {
  if (!work.purpose?.trim())
    throw new InvalidInput(
      'purpose-needed',
      words('请先说明查看目的，它会记入日志', 'Say first what you look for; it is logged'),
    )
}

const asOf = ({ known, valid }: { known?: string; valid?: string }): AsOf => ({
  known: known ? new Date(known) : undefined,
  valid,
})

/** Searching and opening files of people, and seeing who did. */
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
      askPurpose(work)
      return { rows: await findPeople(app, work, body) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/people/:id',
    title: words('一人一档', 'File of a person'),
    right: 'one-file.read',
    audit: 'one-file.person.read',
    params: Id,
    query: AsOfQuery,
    response: Type.Unknown(),
    example: { id: '1000017', isMasked: true, fields: [], events: [], relations: [], records: [] },
    handler: async ({ params, query, actor, work }) => {
      askPurpose(work)
      const unmask = query.unmask ?? false
      const file = await openPerson(app, work, params.id, asOf(query), {
        unmask,
        mayUnmask: actor.rights.has('one-file.unmask'),
      })
      work.audit({
        event: 'one-file.person.read',
        subject: { kind: PERSON, id: params.id },
        details: { unmasked: !file.isMasked },
      })
      return file
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/people/:id/readers',
    title: words('谁看过这份档案', 'Who opened a file'),
    right: 'one-file.readers',
    audit: 'one-file.readers.read',
    params: Id,
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: ({ params, query, work }) => readersOf(app, work, params.id, query.after),
  }),
  route({
    method: 'GET',
    path: '/api/one-file/own',
    title: words('本人档案', 'The own file'),
    right: 'one-file.own',
    audit: 'one-file.person.own-read',
    query: Type.Object({ valid: Type.Optional(Type.String({ format: 'date' })) }),
    response: Type.Unknown(),
    example: { file: null },
    handler: async ({ query, actor, work }) => {
      const own = await findOwnEntity(app, work, actor.id)
      if (own === undefined) return { file: null }
      const id = String(own)
      const file = await openPerson(app, work, id, asOf(query), { unmask: true, mayUnmask: true })
      work.audit({ event: 'one-file.person.own-read', subject: { kind: PERSON, id } })
      return { file }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/own/readers',
    title: words('谁看过我的档案', 'Who opened my file'),
    right: 'one-file.own',
    audit: 'one-file.readers.read',
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: async ({ query, actor, work }) => readersOf(app, work, await getOwn(app, work, actor), query.after),
  }),
]

/** The file of whoever is signed in. @throws NotFound */
export async function getOwn(app: App, work: Work, actor: Actor): Promise<string> {
  const own = await findOwnEntity(app, work, actor.id)
  if (own !== undefined) return String(own)
  throw new NotFound(
    'no-own-file',
    words(
      '您的账号尚未核验，或档案中没有您的记录：请带身份证到政务服务大厅核验',
      'Your account is not proven, or there is no record of you: come to the service hall with your card',
    ),
  )
}
