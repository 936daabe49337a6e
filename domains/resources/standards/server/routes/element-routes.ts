import { Type } from 'typebox'
import { inventory } from '#domains/resources/collection'
import { codeLists } from '#platform/registry'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { type Element, elementDataset } from '../../declarations/datasets.ts'
import { Changes, proposeChange, proposeElement, proposeRetirement, Registration } from '../changes/propose.ts'
import { claimElement } from '../claims.ts'
import { judgements } from '../conformance.ts'
import { allElements, getElement } from '../elements.ts'
import { jsonSchemaOf } from '../json-schema.ts'
import { type Use, usesOf } from '../uses.ts'

const Params = Type.Object({ id: Type.String({ maxLength: 80 }) })
const Key = Type.String({ minLength: 8, maxLength: 100 })
const Loop = Type.Object({ loop: Type.String() })
const Text = Type.String({ minLength: 1, maxLength: 2000 })
const Terms = { begins: Type.String({ format: 'date' }), reason: Text, key: Key }

const fits = (element: Element, text: string): boolean =>
  [element.id, element.title, element.titleEn, element.objectClass, element.definition, ...element.synonyms].some(
    (each) => each.toLowerCase().includes(text),
  )

const useView = ({ dataset, datasetTitle, source, field, meta }: Use) => ({
  dataset,
  datasetTitle,
  source,
  field,
  fieldTitle: meta.title,
})

/** Elements: list, one with its users, claim, new, change, retirement, JSON Schema. */
export const elementRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/standards/elements',
    title: words('数据元目录', 'Data elements'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 100 })),
      set: Type.Optional(Type.String({ maxLength: 40 })),
      owner: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ id: 'taian:person.name', title: '姓名', owner: 'city.police', uses: 16, rivals: 0 }] },
    handler: async ({ query, work }) => {
      const elements = await allElements(app, work)
      const judged = Map.groupBy(judgements(elements, await usesOf(app, work)), ({ element }) => element.id)
      const text = (query.q ?? '').trim().toLowerCase()
      const rows = elements.filter(
        (each) =>
          (text === '' || fits(each, text)) &&
          (query.set === undefined || each.set === query.set) &&
          (query.owner === undefined || each.owner === query.owner),
      )
      return {
        rows: rows.map((each) => {
          const own = judged.get(each.id) ?? []
          return { ...each, uses: own.length, rivals: own.filter(({ rival }) => rival).length }
        }),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/standards/elements/:id',
    title: words('数据元', 'Data element'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    response: Type.Object({
      element: elementDataset.schema,
      uses: Type.Array(Type.Unknown()),
      declared: Type.Array(Type.Unknown()),
      declaredCount: Type.Integer(),
    }),
    example: { element: { id: 'taian:person.name', title: '姓名' }, uses: [], declared: [], declaredCount: 0 },
    handler: async ({ params, work }) => {
      const element = await getElement(app, work, params.id)
      const uses = (await usesOf(app, work)).filter((use) => use.element === params.id)
      const like = { elements: [element.id], titles: [element.title, ...element.synonyms] }
      const declared = await app.use(inventory).fieldsLike(work.tx, like)
      const holders = await app.use(inventory).ownersLike(work.tx, like)
      return {
        element,
        declaredCount: holders.reduce((all, { fields }) => all + fields, 0),
        declared: declared.map((field) => ({ ...field, rival: !element.link && field.owner !== element.owner })),
        uses: judgements([element], uses).map(({ use, faults, rival }) => ({ ...useView(use), faults, rival })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/standards/elements/:id/schema.json',
    title: words('数据元的 JSON Schema', 'JSON Schema of an element'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    response: Type.Unknown(),
    example: { title: '性别', type: 'string' },
    handler: async ({ params, work }) => {
      const element = await getElement(app, work, params.id)
      const list = app
        .use(codeLists)
        .all()
        .find(({ id }) => id === element.codes)
      return jsonSchemaOf(element, list)
    },
  }),
  route({
    method: 'POST',
    path: '/api/standards/elements/:id/claims',
    title: words('认领数据元', 'Claim an element'),
    right: 'standards.claim',
    audit: 'standards.claim.opened',
    params: Params,
    body: Type.Object({ basis: Text, key: Key }, { additionalProperties: false }),
    response: Loop,
    example: { loop: '17' },
    handler: async ({ params, body, work }) => ({
      loop: await claimElement(app, work, params.id, body.basis, body.key),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/standards/elements',
    title: words('提出新增数据元', 'Propose a new element'),
    right: 'standards.propose',
    audit: 'standards.change.opened',
    body: Type.Object({ element: Registration, isSource: Type.Boolean(), ...Terms }, { additionalProperties: false }),
    response: Loop,
    example: { loop: '18' },
    handler: async ({ body, work }) => ({
      loop: await proposeElement(app, work, body.element, body.isSource, body),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/standards/elements/:id/retirement',
    title: words('提出停用数据元', 'Propose to retire an element'),
    right: 'standards.propose',
    audit: 'standards.change.opened',
    params: Params,
    body: Type.Object(Terms, { additionalProperties: false }),
    response: Loop,
    example: { loop: '18' },
    handler: async ({ params, body, work }) => ({ loop: await proposeRetirement(app, work, params.id, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/standards/elements/:id/changes',
    title: words('提出数据元变更', 'Propose a change of an element'),
    right: 'standards.propose',
    audit: 'standards.change.opened',
    params: Params,
    body: Type.Object({ changes: Changes, ...Terms }, { additionalProperties: false }),
    response: Loop,
    example: { loop: '18' },
    handler: async ({ params, body, work }) => ({
      loop: await proposeChange(app, work, params.id, body.changes, body),
    }),
  }),
]
