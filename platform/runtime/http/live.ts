import { Type } from 'typebox'
import type { Actor } from '../actor.ts'
import type { App } from '../app.ts'
import { words } from '../words.ts'
import type { Audience, StoredEvent } from '../work.ts'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN } from './route.ts'

const HEARTBEAT_MS = 25_000

interface Listener {
  readonly actor: Actor
  send(event: StoredEvent): void
  end(): void
}

/** `GET /api/live`: server-sent events; the browser hears topic and key of what concerns it and reads again by right. */
export function liveRoute(app: App): Route {
  const listeners = new Set<Listener>()
  app.hear((event) => {
    for (const listener of listeners) if (mayHear(listener.actor, event)) listener.send(event)
  })
  app.stopping.addEventListener('abort', () => {
    for (const listener of listeners) listener.end()
  })
  return route({
    method: 'GET',
    path: '/api/live',
    title: words('实时消息', 'Live events'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.String(),
    produces: 'text/event-stream',
    example: 'data: {"topic":"loops.instance.moved","key":"1024"}\n\n',
    handler: async ({ actor, reply }) => {
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      stream.write(': hello\n\n')
      const beat = setInterval(() => stream.write(': beat\n\n'), HEARTBEAT_MS)
      const listener: Listener = {
        actor,
        send: ({ topic, key }) => void stream.write(`data: ${JSON.stringify({ topic, key })}\n\n`),
        end: () => stream.end(),
      }
      listeners.add(listener)
      stream.on('close', () => {
        clearInterval(beat)
        listeners.delete(listener)
      })
    },
  })
}

function mayHear(actor: Actor, { audience }: StoredEvent): boolean {
  if (!audience) return false
  return isList(audience) ? audience.some((one) => belongs(actor, one)) : belongs(actor, audience)
}

const isList = (audience: Audience | readonly Audience[]): audience is readonly Audience[] => Array.isArray(audience)

function belongs(actor: Actor, audience: Audience): boolean {
  if ('right' in audience) return actor.rights.has(audience.right)
  if ('account' in audience) return actor.id === audience.account
  return actor.post === audience.post
}
