import type { FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden } from '../errors.ts'
import { words } from '../words.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses calls that change something and come from another site's page: with a cookie, the browser must name the same
 * origin (Fetch metadata, or Origin where a browser does not send it). Machines send no cookie.
 */
export async function refuseForeignSites(request: FastifyRequest, _reply: FastifyReply): Promise<void> {
  if (SAFE.has(request.method) || !request.headers.cookie) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && (origin === undefined || hostOf(origin) === request.headers.host)) return
  throw new Forbidden(
    'foreign-site',
    words('该请求来自其他网站，已拒绝', 'The request comes from another site and was refused'),
  )
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)
