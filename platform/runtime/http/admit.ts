import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { type Actor, type Scope, visitor } from '../actor.ts'
import type { App } from '../app.ts'
import { Defect, Forbidden, NotSignedIn, TooMany } from '../errors.ts'
import { words } from '../words.ts'
import { authenticator } from './authenticate.ts'
import { PUBLIC, type Route, SIGNED_IN } from './route.ts'

/** Who calls and how far the route's right reaches. */
interface Admitted {
  readonly actor: Actor
  readonly scope: Scope
}

const admitted = new WeakMap<FastifyRequest, Admitted>()

/** Checks the right before anything of the call is read: who may not learns nothing of the route's input. */
export const admit = (app: App, route: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
  const actor = (await app.find(authenticator)?.actorOf(request, reply)) ?? visitor
  admitted.set(request, { actor, scope: scopeFor(route, actor) })
}

/** What `admit` found. */
export function admittedTo(request: FastifyRequest): Admitted {
  const found = admitted.get(request)
  if (!found) throw new Defect('A handler ran for a call that was not admitted.')
  return found
}

/** Deny until told otherwise. @throws NotSignedIn, Forbidden */
function scopeFor(route: Route, actor: Actor): Scope {
  if (route.right === PUBLIC) return { reach: 'own', organisation: '', path: '', division: '' }
  if (actor.kind === 'visitor') throw new NotSignedIn()
  if (route.right === SIGNED_IN) return { reach: 'own', organisation: actor.organisation ?? '', path: '', division: '' }
  const scope = actor.rights.get(route.right as string)
  if (!scope)
    throw new Forbidden(
      'forbidden',
      words(
        `您没有“${route.title.zh}”的权限，如需要请联系本单位管理员`,
        `You have no right to "${route.title.en}"; ask your unit's administrator if you need it`,
      ),
    )
  return scope
}

/** Back-pressure: what is over the limit costs nothing but the answer. */
export function limitAtOnce(most: number) {
  let running = 0
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    if (running >= most) throw new TooMany('busy', words('正忙，请稍后再试', 'Busy at the moment; try again soon'), 1)
    running++
    reply.raw.once('close', () => running--)
  }
}

const MINUTE = 60_000
/** Addresses remembered for one route; the longest silent are forgotten. */
const ADDRESSES = 20_000

/** A share for each address of those who are not signed in, so that one robot does not take the place of all readers. */
export function limitPerMinute(most: number, now: () => Date) {
  const seen = new LRUCache<string, { readonly minute: number; calls: number }>({ max: ADDRESSES })
  return async (request: FastifyRequest) => {
    if (admittedTo(request).actor.kind !== 'visitor') return
    const time = now().getTime()
    const minute = Math.floor(time / MINUTE)
    const before = seen.get(request.ip)
    const count = before?.minute === minute ? before : { minute, calls: 0 }
    count.calls++
    seen.set(request.ip, count)
    if (count.calls > most)
      throw new TooMany(
        'too-many-calls',
        words(
          `每分钟最多 ${most} 次，请稍后再试；大量使用请下载整份文件`,
          `At most ${most} calls a minute; try again later, or download the whole file`,
        ),
        Math.ceil(((minute + 1) * MINUTE - time) / 1000),
      )
  }
}
