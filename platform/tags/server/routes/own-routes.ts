import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { Maybe, TagId } from '../shapes.ts'
import { object, Portrait, portraitOf } from './member-routes.ts'
import { findOwn, ownMember } from './own-member.ts'
import { OwnSegment, outOfAllSince, ownSegments } from './own-segments.ts'

/** What is said of oneself: a firm sees its tags, why it was chosen, and objects. */
export const ownRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tags/own',
    title: words('本企业的标签', 'Tags of the own firm'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      portrait: Type.Union([Portrait, Type.Null()]),
      segments: Type.Array(OwnSegment),
      /** Since when it wants no pushes of services at all. */
      outOfAllSince: Maybe(Type.String()),
    }),
    example: {
      portrait: { key: '', name: '', themes: {}, tags: [], line: [], withheld: 0, asOf: null },
      segments: [],
      outOfAllSince: null,
    },
    handler: async ({ work }) => {
      const own = await findOwn(book, work)
      if (!own) return { portrait: null, segments: [], outOfAllSince: null }
      const since = await outOfAllSince(work.tx, own)
      return {
        portrait: await portraitOf(book, work.tx, { ...own, sensitive: true }),
        segments: await ownSegments(book, work.tx, own, since !== null),
        outOfAllSince: since,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/own/objections/:id',
    title: words('企业对自己的标签提出异议', 'A firm objects to a tag of its own'),
    right: SIGNED_IN,
    audit: 'tags.objected',
    params: TagId,
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 2000 }) }, { additionalProperties: false }),
    response: Type.Object({ matter: Type.String() }),
    example: { matter: '1024' },
    handler: async ({ params, body, work }) => {
      const { key } = await ownMember(book, work)
      return { matter: await object(book, work, { id: params.id, key, reason: body.reason }) }
    },
  }),
]
