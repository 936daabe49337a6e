import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { datasetExtracts } from '#platform/registry'
import { type App, InvalidInput, type Route, route, type Work, words } from '#runtime'
import { isAbout } from '../file/load-rows.ts'
import { findRef } from '../refs.ts'
import { getOwn } from './person-routes.ts'

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

/** Whoever sees a wrong value says so, and its source has to answer. */
export const objectionRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/api/one-file/people/:id/objections',
    title: words('对档案内容提出异议', 'Object to a value of a file'),
    right: 'one-file.read',
    audit: 'one-file.objection.made',
    params: Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) }),
    body,
    response: Type.Object({ loop: Type.String() }),
    example: { loop: '17' },
    handler: ({ params, body: objection, work }) => object(app, work, params.id, objection),
  }),
  route({
    method: 'POST',
    path: '/api/one-file/own/objections',
    title: words('对本人档案提出异议', 'Object to a value of the own file'),
    right: 'one-file.own',
    audit: 'one-file.objection.made',
    body,
    response: Type.Object({ loop: Type.String() }),
    example: { loop: '17' },
    handler: async ({ body: objection, actor, work }) => object(app, work, await getOwn(app, work, actor), objection),
  }),
]

async function object(app: App, work: Work, entity: string, { record, field, text }: Objection) {
  const ref = findRef(record)
  if (!ref || !(await isAbout(work.tx, entity, ref)))
    throw new InvalidInput('wrong-record', words('该记录不属于这份档案', 'This record does not belong to the file'))
  const { source } = app.use(datasetExtracts).get(ref.dataset).dataset
  const matter = await app.use(loops).open(work, {
    definition: 'one-file.objection',
    data: { entity, what: field, unit: source, record, text },
    key: randomUUID(),
    origin: { kind: 'one-file.person', id: entity },
  })
  work.audit({
    event: 'one-file.objection.made',
    subject: { kind: 'one-file.person', id: entity },
    details: { record, field },
  })
  return { loop: matter.id }
}
