import { sql } from 'kysely'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Unavailable } from '../errors.ts'
import { words } from '../words.ts'
import { NOTHING_PERSONAL, PUBLIC, type Route, route } from './route.ts'

const open = { right: PUBLIC, audit: NOTHING_PERSONAL } as const

/** What operators and machines ask: alive, ready, figures, and the API document. */
export function healthRoutes(app: App, isReady: () => boolean, document: () => object): Route[] {
  return [
    route({
      ...open,
      method: 'GET',
      path: '/healthz',
      title: words('进程存活', 'The process is alive'),
      response: Type.Object({ alive: Type.Boolean() }),
      example: { alive: true },
      handler: async () => ({ alive: true }),
    }),
    route({
      ...open,
      method: 'GET',
      path: '/readyz',
      title: words('可以提供服务', 'Ready to serve'),
      response: Type.Object({ ready: Type.Boolean() }),
      example: { ready: true },
      handler: async () => {
        if (!isReady()) throw new Unavailable('not-ready', words('正在启动或停止', 'Starting or stopping'))
        await sql`select 1`.execute(app.db)
        return { ready: true }
      },
    }),
    route({
      ...open,
      method: 'GET',
      path: '/metrics',
      title: words('运行指标（Prometheus）', 'Operating figures (Prometheus text)'),
      response: Type.String(),
      produces: 'text/plain; version=0.0.4; charset=utf-8',
      example: '# HELP process_cpu_seconds_total …',
      handler: () => app.metrics.metrics(),
    }),
    route({
      ...open,
      method: 'GET',
      path: '/api/openapi.json',
      title: words('接口文档（OpenAPI 3.1）', 'API document (OpenAPI 3.1)'),
      response: Type.Unknown(),
      produces: 'application/json',
      example: { openapi: '3.1.0' },
      handler: async () => JSON.stringify(document()),
    }),
  ]
}
