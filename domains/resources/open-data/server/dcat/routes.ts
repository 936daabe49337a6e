import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, NotFound, PUBLIC, publicAddress, type Route, route, words } from '#runtime'
import { keptText } from '../site/cacheable.ts'
import { getShelved, READS_A_MINUTE } from '../site/catalogue-routes.ts'
import type { Shelf } from '../site/shelf.ts'
import { catalogUri, describeCatalog, describeDataset } from './describe.ts'
import { Graph } from './graph.ts'
import { SYNTAXES, type Syntax } from './write.ts'

/** Datasets on one page of the catalogue. */
const PAGE = 100

const open = { method: 'GET', right: PUBLIC, audit: NOTHING_PERSONAL, perMinute: READS_A_MINUTE } as const
const document = { response: Type.Unknown(), example: '@prefix dcat: <http://www.w3.org/ns/dcat#> .' } as const
const Paged = Type.Object({ page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }) })
const syntaxes = Object.keys(SYNTAXES) as Syntax[]

/** DCAT-AP: the catalogue in pages and each dataset, in three forms, by suffix or by what is asked for. */
export const dcatRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    ...open,
    ...document,
    path: '/open-data/catalog',
    title: words('开放目录（DCAT-AP，按所要格式）', 'Catalogue in DCAT-AP, in the form asked for'),
    produces: 'text/turtle',
    handler: async ({ request, reply }) => {
      const syntax = wantedSyntax(request.headers.accept ?? '')
      reply.header('vary', 'accept').code(303).header('location', `/open-data/catalog.${syntax}`)
      return ''
    },
  }),
  ...syntaxes.map((syntax) =>
    route({
      ...open,
      ...document,
      path: `/open-data/catalog.${syntax}`,
      title: words(`开放目录（DCAT-AP，${syntax}）`, `Catalogue in DCAT-AP as ${syntax}`),
      query: Paged,
      produces: SYNTAXES[syntax].type,
      handler: async ({ query, request, reply }) => {
        const graph = await catalogPage(shelf, publicAddress(app, request), syntax, query.page)
        return send(request, reply, syntax, graph)
      },
    }),
  ),
  route({
    ...open,
    ...document,
    path: '/open-data/dcat/:file',
    title: words('一个开放数据集（DCAT-AP）', 'One open dataset in DCAT-AP'),
    params: Type.Object({ file: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}\\.(ttl|rdf|jsonld)$' }) }),
    produces: 'text/turtle',
    handler: async ({ params, work, request, reply }) => {
      const [id = '', syntax = 'ttl'] = params.file.split('.')
      const graph = new Graph()
      describeDataset(graph, publicAddress(app, request), await getShelved(app, work, shelf, id))
      return send(request, reply, syntax as Syntax, graph)
    },
  }),
]

/** The first of the forms in the order of the header; Turtle for whoever does not mind. */
const wantedSyntax = (accept: string): Syntax => {
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim())
  return types.flatMap((type) => syntaxes.find((syntax) => SYNTAXES[syntax].type === type) ?? [])[0] ?? 'ttl'
}

async function send(request: FastifyRequest, reply: FastifyReply, syntax: Syntax, graph: Graph): Promise<string> {
  const { type, write } = SYNTAXES[syntax]
  reply.type(`${type}; charset=utf-8`)
  return keptText(request, reply, await write(graph.quads()))
}

/** Datasets in the order of their ids, so that a page stays what it is; hydra says where the next one is. */
async function catalogPage(shelf: Shelf, base: string, syntax: Syntax, page: number): Promise<Graph> {
  const all = (await shelf.all()).toSorted((a, b) => a.entry.id.localeCompare(b.entry.id))
  const listed = all.slice((page - 1) * PAGE, page * PAGE)
  const pages = Math.max(1, Math.ceil(all.length / PAGE))
  if (page > pages) throw new NotFound('no-page', words(`只有 ${pages} 页`, `There are only ${pages} pages`))
  const graph = new Graph()
  const changed = all
    .map(({ entry }) => entry.changedAt ?? '')
    .toSorted()
    .at(-1)
  describeCatalog(graph, base, listed, changed || new Date(0).toISOString())
  for (const shelved of listed) describeDataset(graph, base, shelved)
  const address = (number: number) => `${base}/open-data/catalog.${syntax}?page=${number}`
  const view = graph.type(address(page), 'hydra:PartialCollectionView')
  graph.link(catalogUri(base), 'hydra:view', view)
  graph.text(catalogUri(base), 'hydra:totalItems', String(all.length), { type: 'xsd:integer' })
  graph.link(view, 'hydra:first', address(1))
  graph.link(view, 'hydra:last', address(pages))
  if (page > 1) graph.link(view, 'hydra:previous', address(page - 1))
  if (page < pages) graph.link(view, 'hydra:next', address(page + 1))
  return graph
}
