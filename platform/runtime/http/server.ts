import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { type Actor, type Scope, visitor } from '../actor.ts'
import type { App } from '../app.ts'
import { Forbidden, NotFound, NotSignedIn, TooMany } from '../errors.ts'
import { readOnlyWork } from '../run-work.ts'
import { words } from '../words.ts'
import type { Work } from '../work.ts'
import { authenticator } from './authenticate.ts'
import { API_DOCUMENT, operationOf } from './openapi.ts'
import { sendProblem } from './problem.ts'
import { NOTHING_PERSONAL, PUBLIC, type Route, SIGNED_IN } from './route.ts'
import { refuseForeignSites } from './same-site.ts'

const MEGABYTE = 1_048_576

/** The HTTP server with every declared route; nothing else can be called. */
export async function createServer(app: App, routes: readonly Route[]): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: app.log.child({ part: 'http' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MEGABYTE,
    trustProxy: 'loopback',
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: 'array',
        useDefaults: true,
        allErrors: true,
        strict: false,
      },
    },
  })
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  server.setNotFoundHandler((request, reply) => sendProblem(new NotFound(), request, reply))
  await server.register(cookie)
  await server.register(compress, { threshold: 1024 })
  await server.register(multipart, { limits: { fileSize: 10 * 1024 * MEGABYTE, files: 20, fields: 100 } })
  await server.register(swagger, { openapi: API_DOCUMENT })
  server.addContentTypeParser('*', (_request, _payload, done) => done(null))
  server.addHook('onRequest', refuseForeignSites)
  server.addHook('onSend', async (_request, reply) => {
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'SAMEORIGIN')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  for (const route of routes) addRoute(server, app, route)
  return server
}

function addRoute(server: FastifyInstance, app: App, route: Route): void {
  const handle =
    route.method === 'GET' && route.audit === NOTHING_PERSONAL ? readHandler(app, route) : workHandler(app, route)
  const schema = operationOf(route)
  server.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? MEGABYTE,
    schema,
    ...(route.atOnce ? { onRequest: limitAtOnce(route.atOnce) } : {}),
    handler: handle,
  })
}

/** Back-pressure: what is over the limit costs nothing but the answer. */
function limitAtOnce(most: number) {
  let running = 0
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    if (running >= most) throw new TooMany('busy', words('正忙，请稍后再试', 'Busy at the moment; try again soon'), 1)
    running++
    reply.raw.once('close', () => running--)
  }
}

const actors = new WeakMap<FastifyRequest, Actor>()

/** The actor of a call, found once. */
async function actorOf(app: App, request: FastifyRequest, reply: FastifyReply): Promise<Actor> {
  const known = actors.get(request)
  if (known) return known
  const actor = (await app.find(authenticator)?.actorOf(request, reply)) ?? visitor
  actors.set(request, actor)
  return actor
}

/** Deny until told otherwise. */
function scopeFor(route: Route, actor: Actor): Scope {
  if (route.right === PUBLIC) return { reach: 'own', organisation: '', path: '', division: '' }
  if (actor.kind === 'visitor') throw new NotSignedIn()
  if (route.right === SIGNED_IN) return { reach: 'own', organisation: actor.organisation ?? '', path: '', division: '' }
  const scope = actor.rights.get(route.right as string)
  if (!scope)
    throw new Forbidden(
      'forbidden',
      words(
        `您没有“${route.title.zh}”的权限，如需要请联系本单位管理员`,
        `You have no right to "${route.title.en}"; ask your unit's administrator if you need it`,
      ),
    )
  return scope
}

const readHandler = (app: App, route: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
  const actor = await actorOf(app, request, reply)
  const scope = scopeFor(route, actor)
  const { params, query, body } = request
  const work = readOnlyWork(app.db, actor, app.now())
  return answer(
    route,
    reply,
    await route.handler({ params, query, body, actor, scope, work, received: undefined, request, reply }),
  )
}

const workHandler = (app: App, route: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
  const actor = await actorOf(app, request, reply)
  const scope = scopeFor(route, actor)
  const { params, query, body } = request
  const purpose = request.headers['x-purpose']
  const received = await route.receive?.(request, actor)
  const options = typeof purpose === 'string' ? { purpose: decodeURIComponent(purpose).slice(0, 200) } : {}
  const result = await app.work(
    actor,
    async (work) => {
      let isTold = false
      const audit: Work['audit'] = (record) => {
        isTold ||= record.event === route.audit
        work.audit(record)
      }
      const call = { params, query, body, actor, scope, work: { ...work, audit }, received, request, reply }
      const value = await route.handler(call)
      if (typeof route.audit === 'string' && !isTold) work.audit({ event: route.audit, ...subjectOf(params) })
      return value
    },
    options,
  )
  return answer(route, reply, result)
}

/** The route's own parameters say what was touched. */
function subjectOf(params: unknown) {
  const entries = Object.entries((params ?? {}) as Record<string, string>)
  const [first] = entries
  return first ? { subject: { kind: first[0], id: entries.map(([, value]) => value).join('/') } } : {}
}

function answer(route: Route, reply: FastifyReply, value: unknown): unknown {
  if (reply.sent) return reply
  if (route.produces && !reply.hasHeader('content-type')) reply.type(route.produces)
  if (value === undefined) return reply.code(204).send()
  return value
}
