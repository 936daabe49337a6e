import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { service } from '../services.ts'

/** Tells who calls; provided by the identity capability. */
export interface Authenticator {
  /**
   * The visitor if there is no session, or one that ended (so that an old cookie does not stop a new sign-in).
   * @throws NotSignedIn when a bearer token is given that is not valid any more
   */
  actorOf(request: FastifyRequest, reply: FastifyReply): Promise<Actor>
}
export const authenticator = service<Authenticator>('runtime.authenticator')
