import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { registry } from '#platform/registry'
import { type App, InvalidInput, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import { mappingDataset } from '../../declarations/datasets.ts'
import { judgements, ratesOf } from '../conformance.ts'
import { allElements, inForceElement } from '../elements.ts'
import { suggestElements } from '../suggest.ts'
import { usesOf } from '../uses.ts'

const Column = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 200 }),
  values: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 }),
})
const Suggestions = Type.Array(Type.Array(Type.Unknown()))
const EXAMPLE = [
  [{ slot: 'taian:person.name', score: 1, reasons: [{ zh: '列名与“姓名”相同', en: 'Has the name "姓名"' }] }],
]

/** Which field is which element: suggested with reasons, agreed to by a person; and how far everybody keeps to it. */
export const mappingRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/api/standards/suggestions/query',
    title: words('为新表的列推荐数据元', 'Suggest elements for the columns of a new table'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    body: Type.Object({ columns: Type.Array(Column, { minItems: 1, maxItems: 300 }) }),
    response: Type.Object({ suggestions: Suggestions }),
    example: { suggestions: EXAMPLE },
    handler: async ({ body, work }) => ({
      suggestions: suggestElements(app, await allElements(app, work), body.columns),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/standards/mappings',
    title: words('字段与数据元的对应', 'Fields and their elements'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ dataset: Type.String({ maxLength: 100 }) }),
    response: Type.Object({ fields: Type.Array(Type.Unknown()) }),
    example: { fields: [{ field: 'name', title: { zh: '姓名', en: 'Name' }, element: null, suggestions: EXAMPLE[0] }] },
    handler: async ({ query, work }) => {
      const uses = (await usesOf(app, work)).filter(({ dataset }) => dataset === query.dataset)
      const columns = uses.map(({ meta }) => ({ title: meta.title.zh, values: [] }))
      const suggestions = suggestElements(app, await allElements(app, work), columns)
      return {
        fields: uses.map(({ field, meta, element }, at) => ({
          field,
          title: meta.title,
          kind: meta.kind,
          element: element ?? null,
          declared: meta.element !== undefined,
          suggestions: element === undefined ? (suggestions[at] ?? []) : [],
        })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/standards/mappings',
    title: words('确认字段的数据元', 'Agree to the element of a field'),
    right: 'standards.maintain',
    audit: 'standards.mapping.agreed',
    body: Type.Object(
      {
        dataset: Type.String({ maxLength: 100 }),
        field: Type.String({ maxLength: 60 }),
        element: Type.String({ maxLength: 80 }),
        reasons: Type.String({ maxLength: 1000 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ element: Type.String() }),
    example: { element: 'taian:person.name' },
    handler: async ({ body, actor, work }) => {
      await inForceElement(app, work, body.element)
      const use = (await usesOf(app, work)).find(
        ({ dataset, field }) => dataset === body.dataset && field === body.field,
      )
      if (!use) throw new InvalidInput('no-field', words('没有这个字段', 'There is no such field'))
      if (use.meta.element !== undefined)
        throw new InvalidInput('declared', words('这个字段的数据元由系统声明', 'The element of this field is declared'))
      await app.use(registry).write(work, mappingDataset, [{ ...body, by: actor.id }])
      work.audit({
        event: 'standards.mapping.agreed',
        subject: { kind: 'registry.dataset', id: body.dataset },
        details: { field: body.field, element: body.element },
      })
      return { element: body.element }
    },
  }),
  route({
    method: 'POST',
    path: '/api/standards/mappings/withdrawal',
    title: words('收回字段的数据元', 'Take back the element of a field'),
    right: 'standards.maintain',
    audit: 'standards.mapping.withdrawn',
    body: Type.Object(
      {
        dataset: Type.String({ maxLength: 100 }),
        field: Type.String({ maxLength: 60 }),
        reason: Type.String({ minLength: 1, maxLength: 1000 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ element: Type.String() }),
    example: { element: 'taian:person.name' },
    handler: async ({ body: { dataset, field, reason }, work }) => {
      const found = await app.use(registry).find(work, mappingDataset, { dataset, field })
      if (!found)
        throw new NotFound(
          'no-mapping',
          words('这个字段没有经人确认的数据元', 'Nobody has agreed to an element of this field'),
        )
      const { element } = found.value
      await app.use(registry).remove(work, mappingDataset, [{ dataset, field }])
      work.audit({
        event: 'standards.mapping.withdrawn',
        subject: { kind: 'registry.dataset', id: dataset },
        details: { field, element, reason },
      })
      return { element }
    },
  }),
  route({
    method: 'GET',
    path: '/api/standards/conformance',
    title: words('标准执行情况', 'How far the standards are kept'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rates: Type.Array(Type.Unknown()), faults: Type.Array(Type.Unknown()) }),
    example: {
      rates: [
        { source: 'city.police', name: words('市公安局', 'Police'), fields: 30, mapped: 28, conforming: 28, rivals: 0 },
      ],
      faults: [],
    },
    handler: async ({ work }) => {
      const uses = await usesOf(app, work)
      const judged = judgements(await allElements(app, work), uses)
      const names = new Map((await app.use(identity).organisations()).map(({ id, name }) => [id, name]))
      return {
        rates: ratesOf(uses, judged).map((rate) => ({
          ...rate,
          name: names.get(rate.source) ?? words(rate.source, rate.source),
        })),
        faults: judged
          .filter(({ rival, faults }) => rival || faults.length > 0)
          .map(({ use, element, rival, faults }) => ({
            dataset: use.dataset,
            datasetTitle: use.datasetTitle,
            source: use.source,
            field: use.field,
            fieldTitle: use.meta.title,
            element: element.id,
            elementTitle: { zh: element.title, en: element.titleEn },
            owner: element.owner ?? null,
            rival,
            faults,
          })),
      }
    },
  }),
]
