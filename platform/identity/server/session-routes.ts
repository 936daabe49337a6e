import { Type } from 'typebox'
import { Forbidden, NOTHING_PERSONAL, NotSignedIn, type Route, route, SIGNED_IN, words } from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { type Callers, COOKIE } from './authenticator.ts'
import { SESSION_EXAMPLE, SessionView } from './session-view.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

/** Reading, switching and ending one's own session. */
export const sessionRoutes = (callers: Callers, cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/session',
    title: words('当前登录', 'The session'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: SessionView,
    example: SESSION_EXAMPLE,
    handler: async ({ request }) => {
      const known = await callers.session(request)
      if (!known?.view) throw new NotSignedIn()
      return known.view
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/session',
    title: words('切换岗位', 'Switch to another post'),
    right: SIGNED_IN,
    audit: 'identity.session.switched',
    body: Type.Object({ post: Type.String() }, { additionalProperties: false }),
    response: Type.Object({ post: Type.String() }),
    example: { post: 'city.ecology.officer' },
    handler: async ({ work, actor, body }) => {
      if (!actor.session) throw new NotSignedIn()
      const post = (await usablePosts(work.tx, actor.id, work.at)).find(({ id }) => id === body.post)
      if (!post) throw new Forbidden('not-your-post', words('您现在不能使用该岗位', 'You may not use this post now'))
      await from(work.tx)
        .updateTable('identity.session')
        .set({ post: post.id })
        .where('id', '=', actor.session)
        .execute()
      const details = { from: actor.post ?? null, ...(post.onBehalfOf ? { onBehalfOf: post.onBehalfOf.id } : {}) }
      work.audit({ event: 'identity.session.switched', subject: { kind: 'post', id: post.id }, details })
      cache.changed(work, actor.id)
      return { post: post.id }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    title: words('退出登录', 'Sign out'),
    right: SIGNED_IN,
    audit: 'identity.session.ended',
    response: Type.Object({}),
    example: {},
    handler: async ({ work, actor, reply }) => {
      if (!actor.session) throw new NotSignedIn()
      await from(work.tx)
        .updateTable('identity.session')
        .set({ ended_at: work.at })
        .where('id', '=', actor.session)
        .execute()
      work.audit({ event: 'identity.session.ended', subject: { kind: 'session', id: actor.session } })
      cache.changed(work, actor.id)
      void reply.clearCookie(COOKIE, { path: '/' })
      return {}
    },
  }),
]
