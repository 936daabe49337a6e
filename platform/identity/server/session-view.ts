import { type Static, Type } from 'typebox'
import type { Actor } from '#runtime'
import type { AccountKind } from '../contract.ts'
import { KindView, NameView, Nullable, ReachView } from './schemas.ts'
import type { UsablePost } from './usable-posts.ts'

const PostView = Type.Object({
  id: Type.String(),
  title: NameView,
  organisation: Type.String(),
  organisationName: NameView,
  onBehalfOf: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() }, { description: 'Who lent it' })),
  until: Type.Optional(Type.String({ format: 'date-time' })),
})

/** What the portal knows of the one signed in. */
export const SessionView = Type.Object({
  session: Type.String({ description: 'Id of the session' }),
  account: Type.String({ description: 'Id of the account' }),
  signInName: Type.String({ description: 'What is typed to sign in' }),
  name: Type.String(),
  kind: KindView,
  post: Type.Union(Nullable.anyOf, { description: 'The post in use' }),
  posts: Type.Array(PostView, { description: 'Posts to switch to with PATCH' }),
  organisation: Type.Union(Nullable.anyOf, { description: 'Organisation of the post in use' }),
  path: Type.Union(Nullable.anyOf, { description: 'Its place in the tree' }),
  division: Type.Union(Nullable.anyOf, { description: 'Division it answers for' }),
  rights: Type.Record(Type.String(), ReachView, { description: 'How far each right reaches' }),
  mustChangePassword: Type.Boolean({ description: 'No right is held until the password is changed' }),
  hasTotp: Type.Boolean(),
  expiresAt: Type.String({ format: 'date-time', description: 'End of the session at the latest' }),
})
export type SessionView = Static<typeof SessionView>

export interface ViewParts {
  readonly session: string
  readonly signInName: string
  readonly kind: AccountKind
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
  session: parts.session,
  account: actor.id,
  signInName: parts.signInName,
  name: actor.name,
  kind: parts.kind,
  post: post?.id ?? null,
  posts: posts.map(postView),
  organisation: post?.organisation.id ?? null,
  path: post?.organisation.path ?? null,
  division: post?.organisation.division ?? null,
  rights: Object.fromEntries([...actor.rights].map(([right, { reach }]) => [right, reach])),
  mustChangePassword: parts.mustChange,
  hasTotp: parts.hasTotp,
  expiresAt: parts.expiresAt.toISOString(),
})

const postView = ({ id, title, organisation, onBehalfOf, until }: UsablePost): SessionView['posts'][number] => ({
  id,
  title,
  organisation: organisation.id,
  organisationName: organisation.name,
  ...(onBehalfOf ? { onBehalfOf } : {}),
  ...(until ? { until: until.toISOString() } : {}),
})

export const SESSION_EXAMPLE: SessionView = {
  session: '5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10',
  account: 'demo.taishan',
  signInName: 'taishan',
  name: '李明',
  kind: 'staff',
  post: 'county.370902.ecology.officer',
  posts: [
    {
      id: 'county.370902.ecology.officer',
      title: { zh: '环境执法员', en: 'Enforcement officer' },
      organisation: 'county.370902.ecology',
      organisationName: {
        zh: '泰安市生态环境局泰山分局',
        en: 'Taishan Branch of the Municipal Ecology and Environment Bureau',
      },
    },
  ],
  organisation: 'county.370902.ecology',
  path: 'city/city.government/city.ecology/county.370902.ecology/',
  division: '370902',
  rights: { 'air.warning.read': 'subtree' },
  mustChangePassword: false,
  hasTotp: false,
  expiresAt: '2026-11-30T08:00:00.000Z',
}
