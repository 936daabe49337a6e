import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { fieldMeta, rowSight } from '#platform/registry'
import { type App, Forbidden, NOTHING_PERSONAL, NotFound, route, words } from '#runtime'
import { allDatasets, getDataset, titleOf } from '../known-datasets.ts'
import { object, rowsAbout, subjectField } from '../objections/objections.ts'
import { unitsWithin } from '../quality/views.ts'
import { collectionTables } from '../tables.ts'

const claim = Type.String({ minLength: 1, maxLength: 4000 })
const field = Type.Optional(Type.String({ maxLength: 200 }))
const Opened = Type.Object({ loop: Type.String() })

/** `POST /api/collection/objections`: a user of the data objects to a row that he may see. */
export const objectRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/collection/objections',
    title: words('对一条数据提出异议', 'Object to a record'),
    right: 'collection.object',
    audit: 'collection.objection.made',
    body: Type.Object(
      {
        dataset: Type.String({ maxLength: 100 }),
        row: Type.Integer({ minimum: 1 }),
        field,
        claim,
        purpose: Type.Optional(Type.String({ maxLength: 200 })),
      },
      { additionalProperties: false },
    ),
    response: Opened,
    example: { loop: '17' },
    handler: async ({ body, work }) => {
      const dataset = getDataset(app, body.dataset)
      const purpose = body.purpose ?? words('提出数据异议', 'Objects to a record').zh
      const [row] = await app.use(rowSight).rows({ ...work, purpose }, dataset.id, [body.row])
      if (!row) throw new NotFound()
      const { row: number, claim, field } = body
      return {
        loop: await object(app, work, { dataset, row: number, claim, asSubject: false, ...(field ? { field } : {}) }),
      }
    },
  })

/** `POST /api/collection/own-objections`: a resident or firm, proven to be that, objects to what a table says of him or it. */
export const objectOwnRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/collection/own-objections',
    title: words('对本人或本企业数据提出异议', 'Object to own data'),
    right: 'collection.object',
    audit: 'collection.objection.made',
    body: Type.Object(
      {
        dataset: Type.String({ maxLength: 100 }),
        field,
        claim,
      },
      { additionalProperties: false },
    ),
    response: Opened,
    example: { loop: '17' },
    handler: async ({ body, work }) => {
      const dataset = getDataset(app, body.dataset)
      const { claim, field } = body
      const proof = await app.use(identity).proofOf(work.actor.id, work.tx)
      if (!proof)
        throw new Forbidden(
          'not-proven',
          words(
            '您的账号还没有核验身份，请带身份证（企业带营业执照）到服务窗口核验',
            'Nobody has proven of whom your account is; bring your identity card (a firm its licence) to a service counter',
          ),
        )
      const [row, ...others] = await rowsAbout(app, work, dataset, proof)
      const about = { dataset, claim, asSubject: true, hidesRow: true, ...(field ? { field } : {}) }
      // Of several rows nobody has said which is meant.
      return { loop: await object(app, work, row === undefined || others.length > 0 ? about : { ...about, row }) }
    },
  })

/** Tables to whose rows a subject can object, with what they say; none while nobody has proven who it is. */
export const objectTablesRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/own-objections/tables',
    title: words('可以提出异议的数据', 'Tables to object to'),
    right: 'collection.object',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: {
      rows: [{ dataset: 'base.resident', title: { zh: '常住人口登记', en: 'Registered residents' }, fields: [] }],
    },
    handler: async ({ actor, work }) => {
      const proof = await app.use(identity).proofOf(actor.id, work.tx)
      return {
        rows: allDatasets(app)
          .filter((dataset) => proof && subjectField(dataset, proof.kind) !== undefined)
          .map(({ id, title, source, schema }) => ({
            dataset: id,
            title,
            source,
            fields: Object.values(schema.properties).map(
              (each) => fieldMeta(each as Parameters<typeof fieldMeta>[0])?.title,
            ),
          })),
      }
    },
  })

/** One's own objections, latest first. */
export const myObjectionsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/objections',
    title: words('我提出的异议', 'My objections'),
    right: 'collection.object',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ loop: '17', dataset: 'base.resident', openedAt: '2026-03-01T00:00:00Z', endedAt: null }] },
    handler: async ({ actor, work }) => {
      const found = await collectionTables(work.tx)
        .selectFrom('collection.objection')
        .select(['loop', 'dataset', 'opened_at', 'ended_at'])
        .where('by', '=', actor.id)
        .orderBy('opened_at', 'desc')
        .limit(200)
        .execute()
      return {
        rows: found.map(({ loop, dataset, opened_at: openedAt, ended_at: endedAt }) => ({
          loop,
          dataset,
          title: titleOf(app, dataset),
          openedAt,
          endedAt,
        })),
      }
    },
  })

/** Open objections to the data of the units within reach, with the row that each is about. */
export const receivedObjectionsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/objections/received',
    title: words('收到的异议', 'Objections received'),
    right: 'collection.correct',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ loop: '17', dataset: 'base.resident', row: 7, openedAt: '2026-03-01T00:00:00Z' }] },
    handler: async ({ scope, work }) => {
      let query = collectionTables(work.tx)
        .selectFrom('collection.objection')
        .select(['loop', 'dataset', 'row', 'source', 'opened_at'])
        .where('ended_at', 'is', null)
        .orderBy('opened_at')
        .limit(200)
      if (scope.reach !== 'city') query = query.where('source', 'in', [...(await unitsWithin(app, work.tx, scope))])
      return {
        rows: (await query.execute()).map(({ loop, dataset, row, source, opened_at: openedAt }) => ({
          loop,
          dataset,
          row,
          source,
          title: titleOf(app, dataset),
          openedAt,
        })),
      }
    },
  })
