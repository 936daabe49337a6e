import { type Static, Type } from 'typebox'
import type { Actor } from '#runtime'
import type { UsablePost } from './usable-posts.ts'

const Name = Type.Object({ zh: Type.String(), en: Type.String() })
const Place = Type.Object({ id: Type.String(), name: Name, path: Type.String(), division: Type.String() })

const PostView = Type.Object({
  id: Type.String(),
  title: Name,
  organisation: Place,
  onBehalfOf: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
  until: Type.Optional(Type.String({ format: 'date-time' })),
})

/** What the portal knows of the one signed in. */
export const SessionView = Type.Object({
  id: Type.String({ description: 'Id of the session' }),
  account: Type.Object({
    id: Type.String(),
    account: Type.String(),
    name: Type.String(),
    kind: Type.Union([Type.Literal('staff'), Type.Literal('resident'), Type.Literal('firm')]),
  }),
  post: Type.Union([PostView, Type.Null()], { description: 'The post in use' }),
  posts: Type.Array(PostView, { description: 'Posts to switch to with PATCH' }),
  organisation: Type.Union([Place, Type.Null()], { description: 'Organisation of the post in use' }),
  rights: Type.Record(
    Type.String(),
    Type.Object({
      reach: Type.String(),
      organisation: Type.String(),
      path: Type.String(),
      division: Type.String(),
    }),
  ),
  mustChangePassword: Type.Boolean({ description: 'No right is held until the password is changed' }),
  hasTotp: Type.Boolean(),
  expiresAt: Type.String({ format: 'date-time', description: 'End of the session at the latest' }),
})
export type SessionView = Static<typeof SessionView>

export interface ViewParts {
  readonly id: string
  readonly account: SessionView['account']
  readonly mustChange: boolean
  readonly hasTotp: boolean
  readonly expiresAt: Date
}

export const viewOf = (
  parts: ViewParts,
  actor: Actor,
  post: UsablePost | undefined,
  posts: readonly UsablePost[],
): SessionView => ({
  id: parts.id,
  account: parts.account,
  post: post ? postView(post) : null,
  posts: posts.map(postView),
  organisation: post?.organisation ?? null,
  rights: Object.fromEntries(actor.rights),
  mustChangePassword: parts.mustChange,
  hasTotp: parts.hasTotp,
  expiresAt: parts.expiresAt.toISOString(),
})

const postView = ({ until, ...post }: UsablePost): SessionView['posts'][number] => ({
  ...post,
  ...(until ? { until: until.toISOString() } : {}),
})

export const SESSION_EXAMPLE: SessionView = {
  id: '5b0c…',
  account: { id: 'demo.taishan', account: 'taishan', name: '李明', kind: 'staff' },
  post: {
    id: 'county.370902.ecology.officer',
    title: { zh: '环境监察员', en: 'Environment officer' },
    organisation: {
      id: 'county.370902.ecology',
      name: { zh: '泰安市生态环境局泰山分局', en: 'Taishan Branch of the Municipal Ecology and Environment Bureau' },
      path: 'city/city.government/city.ecology/county.370902.ecology/',
      division: '370902',
    },
  },
  posts: [],
  organisation: null,
  rights: {
    'air.warning.read': {
      reach: 'subtree',
      organisation: 'county.370902.ecology',
      path: 'city/city.government/city.ecology/county.370902.ecology/',
      division: '370902',
    },
  },
  mustChangePassword: false,
  hasTotp: false,
  expiresAt: '2026-11-30T08:00:00.000Z',
}
