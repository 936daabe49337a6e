import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** How long readers and proxies may keep what the catalogue says; a change shows within this time. */
export const CATALOGUE_SECONDS = 60
/** A version never changes. */
export const FOREVER_SECONDS = 31_536_000

/** Lets an answer be kept, and answers 304 to those who have it already: then the text is not sent. */
export function cacheable(
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, seconds }: { readonly tag: string; readonly seconds: number },
): boolean {
  const etag = `"${tag}"`
  // With a session the same address may say more.
  const scope = request.headers.cookie ? 'private' : 'public'
  reply
    .header('etag', etag)
    .header('cache-control', `${scope}, max-age=${seconds}`)
    .header('access-control-allow-origin', '*')
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (!known?.includes(etag)) return false
  reply.code(304)
  return true
}

/** Tag of a text. */
export const tagOf = (text: string): string => createHash('sm3').update(text).digest('hex').slice(0, 32)

/** Answers text that may be kept for a minute. */
export function keptText(request: FastifyRequest, reply: FastifyReply, text: string): string {
  return cacheable(request, reply, { tag: tagOf(text), seconds: CATALOGUE_SECONDS }) ? '' : text
}

/** Answers JSON that may be kept for a minute. */
export function keptJson(request: FastifyRequest, reply: FastifyReply, value: unknown): string {
  reply.type('application/json; charset=utf-8')
  return keptText(request, reply, JSON.stringify(value))
}
