import { Type } from 'typebox'
import { codeLists } from '#platform/registry'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import { proposeEdition } from '../changes/propose.ts'
import { differences, skosOf } from '../code-lists.ts'

const Params = Type.Object({ list: Type.String({ pattern: '^[a-z][a-z0-9.-]{1,60}$' }) })
const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ maxLength: 200 }) })

/** Code lists with their editions: list, one with what changed, a new edition, SKOS. */
export const codeListRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/standards/code-lists/:list',
    title: words('代码表及各版本', 'A code list and its editions'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    response: Type.Object({ editions: Type.Array(Type.Unknown()) }),
    example: {
      editions: [{ edition: 0, validFrom: '1900-01-01', source: 'GB/T 2261.1-2003', codes: {}, differences: [] }],
    },
    handler: async ({ params }) => {
      const editions = app.use(codeLists).editions(params.list)
      if (editions.length === 0) throw noList()
      return {
        editions: editions.map((each, at) => ({
          ...each,
          differences: at === 0 ? [] : differences(editions[at - 1]?.codes ?? {}, each.codes),
        })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/standards/code-lists/:list/editions',
    title: words('提出代码表新版本', 'Propose an edition of a code list'),
    right: 'standards.propose',
    audit: 'standards.change.opened',
    params: Params,
    body: Type.Object(
      {
        title: Words,
        source: Type.String({ minLength: 1, maxLength: 200 }),
        note: Type.String({ minLength: 1, maxLength: 500 }),
        codes: Type.Record(Type.String({ pattern: '^\\S{1,40}$' }), Words, { maxProperties: 20_000 }),
        begins: Type.String({ format: 'date' }),
        reason: Type.String({ minLength: 1, maxLength: 2000 }),
        key: Type.String({ minLength: 8, maxLength: 100 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ loop: Type.String() }),
    example: { loop: '18' },
    handler: async ({ params, body, work }) => {
      const { begins, reason, key, ...edition } = body
      return { loop: await proposeEdition(app, work, params.list, edition, { begins, reason, key }) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/standards/code-lists/:list/skos.jsonld',
    title: words('代码表（SKOS）', 'A code list as SKOS'),
    right: 'standards.read',
    audit: NOTHING_PERSONAL,
    params: Params,
    produces: 'application/ld+json',
    response: Type.Unknown(),
    example: '{"@type":"skos:ConceptScheme"}',
    handler: async ({ params, request }) => {
      const list = app
        .use(codeLists)
        .all()
        .find(({ id }) => id === params.list)
      if (!list) throw noList()
      const base = `${request.protocol}://${request.host}/api/standards/code-lists/${params.list}`
      return JSON.stringify(skosOf(list, base))
    },
  }),
]

const noList = () => new NotFound('no-code-list', words('没有这个代码表', 'There is no such code list'))
