import type { FastifyRequest } from 'fastify'
import { type App, type Authenticator, NotSignedIn, visitor, words } from '#runtime'
import type { ActorCache, Known } from './actor-cache.ts'
import { findSession } from './find-session.ts'
import { findToken } from './find-token.ts'
import { hashOf } from './secret-token.ts'

export const COOKIE = 'daizong'

/** Who calls, by session cookie or bearer token. A cookie that stands for nothing any more makes a visitor. */
export class Callers implements Authenticator {
  readonly #app: App
  readonly #cache: ActorCache

  constructor(app: App, cache: ActorCache) {
    this.#app = app
    this.#cache = cache
  }

  async actorOf(request: FastifyRequest) {
    const bearer = bearerOf(request)
    if (!bearer) return (await this.session(request))?.actor ?? visitor
    const known = await this.#known('token', bearer, findToken)
    if (known) return known.actor
    throw new NotSignedIn('token-not-valid', words('令牌无效或已过期', 'The token is not valid or has expired'))
  }

  /** The living session of the call's cookie. */
  async session(request: FastifyRequest): Promise<Known | undefined> {
    const cookie = request.cookies[COOKIE]
    return cookie ? this.#known('session', cookie, findSession) : undefined
  }

  #known(kind: string, secret: string, read: typeof findSession | typeof findToken) {
    const hash = hashOf(secret)
    const key = `${kind}:${hash.toString('base64')}`
    const now = this.#app.now().getTime()
    return this.#cache.find(key, now) ?? this.#cache.load(key, now, () => read(this.#app, hash))
  }
}

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' ? token : undefined
}
