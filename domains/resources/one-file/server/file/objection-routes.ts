import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { datasetExtracts } from '#platform/registry'
import { type App, InvalidInput, type Route, route, type Work, words } from '#runtime'
import type { KnownEntity } from '../../contract.ts'
import { getOwn } from '../own/find-own.ts'
import { findRef } from '../refs.ts'
import { isAbout } from './load-rows.ts'
import { SUBJECT } from './subject.ts'

const body = Type.Object(
  {
    /** Row whose value is wrong: `dataset/row/part`. */
    record: Type.String({ maxLength: 100 }),
    field: Type.String({ minLength: 1, maxLength: 60 }),
    text: Type.String({ minLength: 2, maxLength: 2000 }),
  },
  { additionalProperties: false },
)
interface Objection {
  readonly record: string
  readonly field: string
  readonly text: string
}
const made = {
  method: 'POST',
  audit: 'one-file.objection.made',
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
    handler: ({ params: { id }, body: objection, work }) => object(app, work, { kind: 'person', id }, objection),
  }),
  route({
    ...made,
    path: '/api/one-file/firms/:id/objections',
    title: words('对一企一档的内容提出异议', 'Object to a value of the file of a firm'),
    right: 'one-file.firm.read',
    params,
    handler: ({ params: { id }, body: objection, work }) => object(app, work, { kind: 'firm', id }, objection),
  }),
  route({
    ...made,
    path: '/api/one-file/own/objections',
    title: words('对本人或本企业的档案提出异议', 'Object to a value of the own file'),
    right: 'one-file.own',
    handler: async ({ body: objection, work }) => object(app, work, await getOwn(app, work), objection),
  }),
]

async function object(app: App, work: Work, { kind, id }: KnownEntity, { record, field, text }: Objection) {
  const ref = findRef(record)
  if (!ref || !(await isAbout(work.tx, { kind, id }, ref)))
    throw new InvalidInput('wrong-record', words('该记录不属于这份档案', 'This record does not belong to the file'))
  const { source } = app.use(datasetExtracts).get(ref.dataset).dataset
  const matter = await app.use(loops).open(work, {
    definition: 'one-file.objection',
    data: { entity: id, what: field, unit: source, record, text },
    key: randomUUID(),
    origin: { kind: SUBJECT[kind], id },
  })
  work.audit({ event: 'one-file.objection.made', subject: { kind: SUBJECT[kind], id }, details: { record, field } })
  return { loop: matter.id }
}
