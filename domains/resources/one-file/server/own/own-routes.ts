import { Type } from 'typebox'
import { type App, type Route, route, type Work, words } from '#runtime'
import type { FirmFile, PersonFile } from '../../types.ts'
import { type AsOf, asOf } from '../file/as-of.ts'
import type { Opens } from '../file/purposes.ts'
import { readersOf } from '../file/readers.ts'
import { SUBJECT } from '../file/subject.ts'
import { openFirm } from '../firm/open-firm.ts'
import { openPerson } from '../person/open-person.ts'
import { findOwn, getOwn, type OwnFile } from './find-own.ts'

const EVENT = 'one-file.own.read'

/** What a resident or firm sees: the own file, and who opened it. */
export const ownRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/one-file/own',
    title: words('本人或本企业的档案', 'The own file'),
    right: 'one-file.own',
    audit: EVENT,
    query: Type.Object({ valid: Type.Optional(Type.String({ format: 'date' })) }),
    response: Type.Unknown(),
    example: { file: null },
    handler: async ({ query, actor, work }) => {
      const own = await findOwn(app, work, actor.id)
      if (own === undefined) return { file: null }
      work.audit({ event: EVENT, subject: { kind: SUBJECT[own.kind], id: own.id } })
      return { file: await openOwn(app, work, own, asOf(query)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/own/readers',
    title: words('谁看过或取得过我的数据', 'Who saw or got my data'),
    right: 'one-file.own',
    audit: 'one-file.readers.read',
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: async ({ query, work }) => readersOf(app, work, await getOwn(app, work), query.after),
  }),
]

const ALL: Opens = () => true

/** A person sees all; a firm all of itself, and of the owners behind its owners no names of people. */
const openOwn = (app: App, work: Work, { id, kind }: OwnFile, at: AsOf): Promise<PersonFile | FirmFile> =>
  kind === 'person'
    ? openPerson(app, work, id, at, { event: EVENT, opens: ALL, unmask: true, mayUnmask: true })
    : openFirm(app, work, id, at, {
        event: EVENT,
        opens: ALL,
        unmask: false,
        mayUnmask: false,
        tax: true,
        isOwn: true,
      })
