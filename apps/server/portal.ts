import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { type App, NotFound, type PageHead, StartError, sendProblem } from '#runtime'
import { isBuilt } from '../portal/build/stamp.ts'
import { startPage } from './start-page.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PORTAL = resolve(ROOT, 'apps/portal')

/**
 * No script but the portal's own files and the map's worker; styles may be inline because the component library and
 * the charts write them.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Builds the portal if its sources have changed since the last build, in a process of its own. */
export async function buildPortal(): Promise<void> {
  if (isBuilt(ROOT)) return
  const vite = resolve(ROOT, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', PORTAL, '--config', resolve(PORTAL, 'vite.config.ts')], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (text) => said.push(String(text)))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  if (code !== 0) throw new StartError(`The portal could not be built:\n${said.join('')}`)
}

/** Serves the built portal: hashed files for good, the start page for every other address that is not the API's. */
export async function servePortal(http: FastifyInstance, app: App, heads: readonly PageHead[]): Promise<void> {
  const start = await startPage(resolve(PORTAL, 'dist/index.html'), app, heads)
  await http.register(staticFiles, { root: resolve(PORTAL, 'dist'), serve: false, preCompressed: true })
  const hidden = { schema: { hide: true } }
  http.get<{ Params: { '*': string } }>('/assets/*', hidden, (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, { immutable: true, maxAge: '365d' }),
  )
  http.get('/icon.svg', hidden, (_request, reply) => reply.sendFile('icon.svg', { maxAge: '1d' }))
  http.get('/*', hidden, (request, reply) => {
    if (request.url.startsWith('/api/')) return sendProblem(new NotFound(), request, reply)
    return start(request, reply.header('content-security-policy', CONTENT_SECURITY_POLICY))
  })
}
