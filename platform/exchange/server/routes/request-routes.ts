import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type App, type Route, route, words } from '#runtime'
import { Application } from '../grants/application.ts'
import { apply } from '../grants/apply.ts'
import type { GrantStore } from '../grants/grant-store.ts'
import { Nullable } from './schemas.ts'

export const requestRoutes = (app: App, store: GrantStore): Route[] => [
  route({
    method: 'POST',
    path: '/api/exchange/requests',
    title: words('申请共享数据', 'Apply for data'),
    right: 'exchange.apply',
    audit: 'exchange.request.made',
    body: Application,
    response: Type.Object({ request: Type.String(), place: Type.String(), grant: Nullable(Type.String()) }),
    example: { request: '1024', place: 'considering', grant: null },
    handler: async ({ body, work, actor, request }) => {
      const header = request.headers['idempotency-key']
      const key = typeof header === 'string' && header.length >= 8 ? header.slice(0, 100) : randomUUID()
      return apply(app, store, work, body, `${actor.id}:${key}`)
    },
  }),
]
