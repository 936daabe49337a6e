import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  type App,
  NOTHING_PERSONAL,
  PUBLIC,
  preferredLanguage,
  publicAddress,
  type Route,
  route,
  words,
} from '#runtime'
import { keptJson } from '../site/cacheable.ts'
import { READS_A_MINUTE } from '../site/catalogue-routes.ts'
import type { Shelf } from '../site/shelf.ts'
import { ACTIONS } from './actions.ts'
import { storedVersion } from './datastore.ts'
import { DUMPS, type DumpFormat, dump } from './dump.ts'
import { asCkan, CkanError } from './errors.ts'
import { Parameters } from './parameters.ts'

const AT_ONCE = 16
const DUMPS_A_MINUTE = 20
const MOST_FORM = 64 * 1024
const params = Type.Object({ action: Type.String({ pattern: '^[a-z_]{1,60}$' }) })
const common = {
  right: PUBLIC,
  audit: NOTHING_PERSONAL,
  perMinute: READS_A_MINUTE,
  atOnce: AT_ONCE,
  params,
  response: Type.Unknown(),
  example: { help: 'http://…/api/3/action/help_show?name=package_list', success: true, result: ['air-stations'] },
} as const

/** CKAN's Action API, at both of its addresses and by both of its methods. */
export const ckanRoutes = (app: App, shelf: Shelf): Route[] => [
  ...['/api/3/action/:action', '/api/action/:action'].flatMap((path) => [
    route({
      ...common,
      method: 'GET',
      path,
      title: words('CKAN 接口（公开，只读）', "CKAN's Action API, read only, for everybody"),
      query: Type.Record(Type.String(), Type.Unknown()),
      handler: ({ params: { action }, query, request, reply }) =>
        answer(app, shelf, { action, given: query, request, reply }),
    }),
    route({
      ...common,
      method: 'POST',
      onlyReads: true,
      accepts: 'raw',
      path,
      title: words(
        'CKAN 接口（公开，只读，以 POST 询问）',
        "CKAN's Action API asked by POST, read only, for everybody",
      ),
      handler: async ({ params: { action }, request, reply }) =>
        answer(app, shelf, { action, given: await bodyOf(request), request, reply }),
    }),
  ]),
  dumpRoute(app, shelf),
]

interface Ask {
  readonly action: string
  readonly given: Readonly<Record<string, unknown>>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function answer(app: App, shelf: Shelf, { action, given, request, reply }: Ask): Promise<unknown> {
  const base = publicAddress(app, request)
  const help = `${base}/api/3/action/help_show?name=${action}`
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
  reply.type('application/json; charset=utf-8')
  if (!run) return reply.code(400).send(JSON.stringify(`Bad request - Action name not known: ${action}`))
  try {
    const language = preferredLanguage(request.headers['accept-language'])
    const result = await run({ app, shelf, base, language, at: app.now(), given: new Parameters(given) })
    return keptJson(request, reply, { help, success: true, result })
  } catch (error) {
    const said = asCkan(error)
    if (!said) throw error
    return reply.code(said.status).send(JSON.stringify({ help, success: false, error: said.error }))
  }
}

/** JSON, or a form as browsers send it. @throws CkanError for anything else */
async function bodyOf(request: FastifyRequest): Promise<Readonly<Record<string, unknown>>> {
  const { body } = request
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  if (!request.headers['content-type']?.includes('application/x-www-form-urlencoded')) return {}
  let text = ''
  for await (const chunk of request.raw) {
    text += String(chunk)
    if (text.length > MOST_FORM)
      throw new CkanError(400, { __type: 'Validation Error', message: 'The form is too large' })
  }
  return Object.fromEntries(new URLSearchParams(text))
}

/** `/datastore/dump/{id}`: a whole resource as it is now, as CKAN writes it. */
const dumpRoute = (app: App, shelf: Shelf): Route =>
  route({
    method: 'GET',
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    perMinute: DUMPS_A_MINUTE,
    atOnce: AT_ONCE,
    path: '/datastore/dump/:id',
    title: words('整份导出开放数据（CKAN 格式，公开）', 'Dump open data as CKAN does, for everybody'),
    params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
    query: Type.Object({
      format: Type.Enum(Object.keys(DUMPS) as DumpFormat[], { default: 'csv' }),
      bom: Type.Optional(Type.Boolean()),
    }),
    response: Type.Unknown(),
    produces: 'text/csv',
    example: '_id,code,name',
    handler: async ({ params: { id }, query, reply }) => {
      const version = await storedVersion(shelf, id)
      reply
        .type(DUMPS[query.format])
        .header('content-disposition', `attachment; filename="${id}.${query.format}"`)
        .header('access-control-allow-origin', '*')
      return Readable.from(dump(app, version, query.format, query.bom === true), { objectMode: false })
    },
  })
