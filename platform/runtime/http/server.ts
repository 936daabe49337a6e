import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import { admit, limitAtOnce, limitPerMinute } from './admit.ts'
import { handlerOf } from './handle.ts'
import { lazyCompilers } from './lazy-compilers.ts'
import { API_DOCUMENT, operationOf } from './openapi.ts'
import { sendProblem } from './problem.ts'
import type { Route } from './route.ts'
import { refuseForeignSites } from './same-site.ts'

const MEGABYTE = 1_048_576

/** Every declared route; nothing else can be called. It does not listen: the front hands calls to it. */
export async function createServer(app: App, routes: readonly Route[]): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: app.log.child({ part: 'http' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MEGABYTE,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 300 },
    schemaController: { compilersFactory: lazyCompilers },
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
  server.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? MEGABYTE,
    schema: operationOf(route),
    onRequest: [
      ...(route.atOnce ? [limitAtOnce(route.atOnce)] : []),
      admit(app, route),
      ...(route.perMinute ? [limitPerMinute(route.perMinute, app.now)] : []),
    ],
    handler: handlerOf(app, route),
  })
}
