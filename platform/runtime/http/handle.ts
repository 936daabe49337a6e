import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { readOnlyWork } from '../run-work.ts'
import type { Work } from '../work.ts'
import { admittedTo } from './admit.ts'
import { NOTHING_PERSONAL, OWN_RECORD, type Route } from './route.ts'

type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** A read that leaves no audit record, or one of its own, runs without a transaction; everything else is one unit of work. */
export function handlerOf(app: App, route: Route): Handle {
  if (route.audit === OWN_RECORD) return readHandler(app, route)
  if (route.method !== 'GET' && !route.onlyReads) return workHandler(app, route)
  if (route.audit === NOTHING_PERSONAL) return readHandler(app, route)
  const { isHarmless } = route
  if (!isHarmless) return workHandler(app, route)
  const [read, work] = [readHandler(app, route), workHandler(app, route)]
  return (request, reply) => (isHarmless(request.params) ? read(request, reply) : work(request, reply))
}

const readHandler =
  (app: App, route: Route): Handle =>
  async (request, reply) => {
    const { actor, scope } = admittedTo(request)
    const { params, query, body } = request
    const work = readOnlyWork(app.db, actor, app.now())
    const call = { params, query, body, actor, scope, work, received: undefined, request, reply }
    return answer(route, reply, await route.handler(call))
  }

const workHandler =
  (app: App, route: Route): Handle =>
  async (request, reply) => {
    const { actor, scope } = admittedTo(request)
    const { params, query, body } = request
    const received = await route.receive?.(request, actor)
    const run = async (work: Work) => {
      let isTold = false
      const audit: Work['audit'] = (record) => {
        isTold ||= record.event === route.audit
        work.audit(record)
      }
      const call = { params, query, body, actor, scope, work: { ...work, audit }, received, request, reply }
      const value = await route.handler(call)
      if (typeof route.audit === 'string' && !isTold) work.audit({ event: route.audit, ...subjectOf(params) })
      return value
    }
    return answer(route, reply, await app.work(actor, run, purposeOf(request)))
  }

const PURPOSE_LENGTH = 200

/** Why personal data is read: header `x-purpose`, percent-encoded UTF-8. */
function purposeOf(request: FastifyRequest): { readonly purpose?: string } {
  const header = request.headers['x-purpose']
  if (typeof header !== 'string' || header.trim() === '') return {}
  try {
    return { purpose: decodeURIComponent(header).slice(0, PURPOSE_LENGTH) }
  } catch {
    return { purpose: header.slice(0, PURPOSE_LENGTH) }
  }
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
