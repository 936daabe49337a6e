import { type Static, Type } from 'typebox'
import { type App, InvalidInput, type Route, route, type Work, words } from '#runtime'
import { objections } from '../../../collection/contract.ts'
import type { KnownEntity } from '../../contract.ts'
import { getOwn } from '../own/find-own.ts'
import { findRef } from '../refs.ts'
import { isAbout } from './load-rows.ts'

const body = Type.Object(
  {
    /** The row that is wrong: `dataset/row/part`. */
    record: Type.String({ maxLength: 100 }),
    /** Title of what is wrong in it. */
    field: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    text: Type.String({ minLength: 2, maxLength: 2000 }),
  },
  { additionalProperties: false },
)
type Objection = Static<typeof body>

const made = {
  method: 'POST',
  audit: 'collection.objection.made',
  body,
  response: Type.Object({ loop: Type.String() }),
  example: { loop: '17' },
} as const
const params = Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) })

/** Whoever sees a wrong value says so, and its source has to answer. */
export const objectionRoutes = (app: App): Route[] => [
  route({
    ...made,
    path: '/api/one-file/people/:id/objections',
    title: words('对一人一档的内容提出异议', 'Object to a value of the file of a person'),
    right: 'one-file.read',
    params,
    handler: ({ params: { id }, body: objection, work }) => object(app, work, { kind: 'person', id }, objection, false),
  }),
  route({
    ...made,
    path: '/api/one-file/firms/:id/objections',
    title: words('对一企一档的内容提出异议', 'Object to a value of the file of a firm'),
    right: 'one-file.firm.read',
    params,
    handler: ({ params: { id }, body: objection, work }) => object(app, work, { kind: 'firm', id }, objection, false),
  }),
  route({
    ...made,
    path: '/api/one-file/own/objections',
    title: words('对本人或本企业的档案提出异议', 'Object to a value of the own file'),
    right: 'one-file.own',
    handler: async ({ body: objection, work }) => object(app, work, await getOwn(app, work), objection, true),
  }),
]

/** By the matter of the collection: the row is marked until its source has answered. */
async function object(
  app: App,
  work: Work,
  entity: KnownEntity,
  { record, field, text }: Objection,
  asSubject: boolean,
) {
  const ref = findRef(record)
  if (!ref || !(await isAbout(work.tx, entity, ref)))
    throw new InvalidInput('wrong-record', words('该记录不属于这份档案', 'This record does not belong to the file'))
  const { dataset, row } = ref
  return {
    loop: await app.use(objections).open(work, { dataset, row, claim: text, asSubject, ...(field ? { field } : {}) }),
  }
}
