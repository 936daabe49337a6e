import { randomUUID } from 'node:crypto'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { registry } from '#platform/registry'
import { type App, InvalidInput, NOTHING_PERSONAL, PUBLIC, type Route, route, words } from '#runtime'
import { voiceDataset } from '../../declarations/datasets.ts'
import { keptJson } from '../site/cacheable.ts'
import { getShelved, READS_A_MINUTE } from '../site/catalogue-routes.ts'
import type { Shelf } from '../site/shelf.ts'
import { termOf } from '../terms.ts'

type Voice = Static<typeof voiceDataset.schema>

const SENT_A_MINUTE = 5
const PAGE = 20
/** Who answers what names no dataset. */
const DATA_BUREAU = 'city.big-data'
const { title, text } = voiceDataset.schema.properties

const VoiceView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  entry: Type.Optional(Type.String()),
  title: Type.String(),
  text: Type.String(),
  url: Type.Optional(Type.String()),
  madeAt: Type.String(),
  state: Type.String(),
  answer: Type.Optional(Type.String()),
  answeredAt: Type.Optional(Type.String()),
})

const example = {
  id: 'b6a1…',
  kind: 'request',
  title: '希望开放公交线路数据',
  text: '用于出行规划',
  madeAt: '2026-11-29T02:00:00.000Z',
  state: 'answered',
  answer: '已列入计划',
}

/** What readers send and what they were answered: shown once somebody has looked at it. */
export const voiceRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    method: 'GET',
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    perMinute: READS_A_MINUTE,
    path: '/api/open-data/voices',
    title: words('需求、纠错和应用案例（公开）', 'Requests, corrections and apps, for everybody'),
    query: Type.Object({
      kind: Type.Optional(Type.Enum(['request', 'correction', 'app'])),
      entry: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: Type.Object({ rows: Type.Array(VoiceView), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [example], next: null },
    handler: async ({ query, work, request, reply }) => {
      const { rows, next } = await app.use(registry).list(work, voiceDataset, {
        where: {
          state: { in: ['shown', 'answered'] },
          ...(query.kind ? { kind: { is: query.kind } } : {}),
          ...(query.entry ? { entry: { is: query.entry } } : {}),
        },
        sort: '-madeAt',
        limit: PAGE,
        ...(query.after ? { after: query.after } : {}),
      })
      return keptJson(request, reply, { rows: rows.map(({ value }) => value), next: next ?? null })
    },
  }),
  route({
    method: 'POST',
    right: PUBLIC,
    audit: 'open-data.voice.sent',
    perMinute: SENT_A_MINUTE,
    path: '/api/open-data/voices',
    title: words(
      '提出需求、纠错或应用案例（公开，不需登录）',
      'Send a request, correction or app; nobody has to sign in',
    ),
    body: Type.Object(
      {
        kind: Type.Enum(['request', 'correction', 'app']),
        entry: Type.Optional(Type.String({ maxLength: 60 })),
        title,
        text,
        url: Type.Optional(Type.String({ maxLength: 300, pattern: '^https?://[^\\s]+$' })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String() }),
    example: { id: 'b6a1…' },
    handler: async ({ body, work }) => {
      if (body.kind !== 'request' && !body.entry)
        throw new InvalidInput('no-entry', words('请说明是哪个数据集', 'Say which dataset it is about'))
      const shelved = body.entry ? await getShelved(app, work, shelf, body.entry) : undefined
      const voice: Voice = { ...body, id: randomUUID(), madeAt: work.at.toISOString(), state: 'waiting' }
      await app.use(registry).write(work, voiceDataset, [voice])
      const { id, kind, title: subject, text: said, url, entry } = voice
      await app.use(loops).open(work, {
        definition: 'open-data.voice',
        key: id,
        data: {
          ...{ voice: id, kind, title: subject, text: said, owner: shelved?.entry.owner ?? DATA_BUREAU },
          ...{ term: termOf(app, 'answer', work.at), ...(url ? { url } : {}), ...(entry ? { entry } : {}) },
        },
      })
      work.audit({ event: 'open-data.voice.sent', subject: { kind: 'open-data.voice', id }, details: { kind } })
      return { id }
    },
  }),
]
