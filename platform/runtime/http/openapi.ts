import type { FastifySchema } from 'fastify'
import { NOTHING_PERSONAL, OWN_RECORD, PUBLIC, type Route, SIGNED_IN } from './route.ts'

/** Head of the API document. */
export const API_DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Daizong 岱宗',
    version: '1',
    description:
      'Every call of the platform and its systems. Errors are problem+json (RFC 9457). Sign in with `POST /api/session`, or send `Authorization: Bearer <token>`.',
  },
  components: {
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'daizong' },
      token: { type: 'http', scheme: 'bearer' },
    },
  },
} as const

const PROBLEM = {
  description: 'What was wrong and what to do (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          issues: {
            type: 'array',
            items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
          },
        },
      },
    },
  },
} as const

/** Fastify's schema of a route: validation, serialisation and its place in the API document. */
export function operationOf(route: Route): FastifySchema {
  const success = route.produces
    ? {
        200: {
          description: route.title.en,
          content: { [route.produces]: { schema: { type: 'string' }, example: route.example } },
        },
      }
    : {
        200: {
          description: route.title.en,
          content: { 'application/json': { schema: route.response, example: route.example } },
        },
      }
  return {
    summary: `${route.title.zh} · ${route.title.en}`,
    description: rightText(route),
    tags: [route.path.split('/')[2] ?? 'platform'],
    security: route.right === PUBLIC ? [] : [{ session: [] }, { token: [] }],
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body && (route.accepts ?? 'json') === 'json' ? { body: route.body } : {}),
    response: { ...success, '4xx': PROBLEM, '5xx': PROBLEM },
  } as FastifySchema
}

function rightText(route: Route): string {
  const right =
    route.right === PUBLIC
      ? 'nobody has to sign in'
      : route.right === SIGNED_IN
        ? 'anybody signed in'
        : `right \`${String(route.right)}\``
  const audit =
    route.audit === NOTHING_PERSONAL
      ? 'no audit record'
      : route.audit === OWN_RECORD
        ? 'a record of its own'
        : `audit event \`${String(route.audit)}\``
  return `Needs: ${right}. Leaves: ${audit}.`
}
