import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Actor, Scope } from '../actor.ts'
import type { Words } from '../words.ts'
import type { Work } from '../work.ts'

/** Anybody may call it, signed in or not; say why in `title`. */
export const PUBLIC = Symbol('public')
/** Anybody signed in may call it; the handler serves only what is the caller's own. */
export const SIGNED_IN = Symbol('signed in')
/** The route neither writes nor reads personal data, so no audit record is due. */
export const NOTHING_PERSONAL = Symbol('nothing personal')
/**
 * Each call leaves a record of its own, signed and stored before it is answered, such as the receipts of the exchange.
 * It gets no transaction, so that the records of many calls can be stored together.
 */
export const OWN_RECORD = Symbol('a record of its own')

/**
 * One call of the API, declared where it is written. The schemas give validation, TypeScript types and the OpenAPI
 * document; `right` and `audit` are compared with the declarations at start, and a route without them stops it.
 */
export interface Route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify path, e.g. `/api/air/stations/:code`. */
  readonly path: string
  readonly title: Words
  readonly right: string | typeof PUBLIC | typeof SIGNED_IN
  /**
   * Audit event left by every successful call, or the promise that none is due. A handler that leaves this event itself
   * (with a better subject or details) replaces the automatic record; other events are added.
   */
  readonly audit: string | typeof NOTHING_PERSONAL | typeof OWN_RECORD
  /** Of a GET route that serves both kinds: whether this call reads nothing personal, so that no record is due. */
  readonly isHarmless?: (params: Static<P>) => boolean
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly response: R
  /** Example of the answer, shown in the API document. */
  readonly example: unknown
  /** `raw`: the body stays a stream on `request.raw`; `multipart`: `@fastify/multipart` parts. JSON unless said. */
  readonly accepts?: 'json' | 'raw' | 'multipart'
  /** Content type of an answer that is not JSON, e.g. `text/csv`; the handler then returns a stream, buffer or string. */
  readonly produces?: string
  /** Largest body in bytes; 1 MiB unless said. */
  readonly bodyLimit?: number
  /**
   * Runs by right but before the transaction begins, for slow input such as an upload, so that no connection waits for
   * the network; its answer is `call.received`.
   */
  readonly receive?: (request: FastifyRequest, actor: Actor) => Promise<unknown>
  /** A POST that changes nothing, because a protocol asks by POST: it runs as a read. */
  readonly onlyReads?: true
  /** At most so many calls of it a minute from one address that is not signed in, in a process; more are told when to come again (429). */
  readonly perMinute?: number
  /** At most so many calls of it at once in a process; more are told to come again (429) before their body is read. */
  readonly atOnce?: number
  readonly handler: (call: Call<Static<P>, Static<Q>, Static<B>>) => Promise<unknown>
}

/** What a handler gets. */
export interface Call<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly actor: Actor
  /** Reach of the declared right; the whole city for public routes and the own rows for signed-in ones. */
  readonly scope: Scope
  readonly work: Work
  /** What `receive` answered. */
  readonly received: unknown
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Types a route from its schemas. */
export const route = <P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  declaration: Route<P, Q, B, R>,
): Route => declaration as unknown as Route
