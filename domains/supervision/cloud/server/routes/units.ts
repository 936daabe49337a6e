import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { unitsOf } from '../sight.ts'

/** `GET /api/supervision/units`: units that can be given tasks, with the posts that would handle an instruction. */
export const unitsRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/units',
    title: words('责任单位', 'Units'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      units: Type.Array(Type.Object({ id: Type.String(), zh: Type.String(), en: Type.String() })),
      posts: Type.Array(Type.Object({ id: Type.String(), zh: Type.String(), en: Type.String() })),
    }),
    example: {
      units: [{ id: 'city.ecology', zh: '市生态环境局', en: 'Municipal Ecology and Environment Bureau' }],
      posts: [],
    },
    handler: async ({ work }) => {
      const units = await unitsOf(app)
      const bodies = [...units.values()].filter(({ kind }) => kind === 'body' || kind === 'county' || kind === 'zone')
      const posts = new Map<string, { id: string; zh: string; en: string }>()
      for (const { id, short, name } of bodies)
        for (const post of await app.use(identity).postsWith('supervision.cloud.handle', { organisation: id }, work.tx))
          if (post.organisation === id)
            posts.set(post.id, { id: post.id, zh: `${short} ${post.title.zh}`, en: `${post.title.en}, ${name.en}` })
      return {
        units: bodies.map(({ id, short, name }) => ({ id, zh: short || name.zh, en: name.en })),
        posts: [...posts.values()],
      }
    },
  })
