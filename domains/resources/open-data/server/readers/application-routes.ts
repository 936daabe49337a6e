import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { type App, InvalidInput, NOTHING_PERSONAL, type Route, route, SIGNED_IN, words } from '#runtime'
import { getShelved } from '../site/catalogue-routes.ts'
import type { Shelf } from '../site/shelf.ts'
import { EntryParams } from '../site/views.ts'
import { termOf } from '../terms.ts'
import { grantsOf } from './grants.ts'

const text = Type.String({ minLength: 1, maxLength: 2000 })
const MOST_YEARS = 3

/** Conditional data: applied for by somebody who is signed in, so that it is known who holds them. */
export const applicationRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    method: 'POST',
    right: SIGNED_IN,
    audit: 'open-data.application.sent',
    path: '/api/open-data/datasets/:id/applications',
    title: words('申请使用有条件开放数据', 'Apply for conditional data'),
    params: EntryParams,
    body: Type.Object(
      { use: text, safety: text, until: Type.String({ format: 'date' }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ loop: Type.String() }),
    example: { loop: '17' },
    handler: async ({ params, body, actor, work }) => {
      const { entry } = await getShelved(app, work, shelf, params.id)
      checkApplication(entry.meta.access, body.until, work.at)
      const matter = await app.use(loops).open(work, {
        definition: 'open-data.application',
        key: `${params.id}:${actor.id}:${work.at.toISOString()}`,
        data: {
          ...{ ...body, entry: entry.id, title: entry.title, owner: entry.owner, account: actor.id },
          checkTerm: termOf(app, 'formal-check', work.at),
          decisionTerm: termOf(app, 'decision', work.at),
        },
      })
      work.audit({
        event: 'open-data.application.sent',
        subject: { kind: 'open-data.entry', id: entry.id },
        details: { loop: matter.id, until: body.until },
      })
      return { loop: matter.id }
    },
  }),
  route({
    method: 'GET',
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    path: '/api/open-data/my-grants',
    title: words('我获准使用的数据', 'Data granted to me'),
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ id: '5f0c…', entry: 'air-findings', use: '研究', until: '2027-11-29' }] },
    handler: async ({ actor, work }) => ({ rows: await grantsOf(work, actor.id) }),
  }),
]

/** @throws InvalidInput */
function checkApplication(access: string, until: string, at: Date): void {
  if (access === 'open')
    throw new InvalidInput(
      'open-to-all',
      words('该数据集无条件开放，可直接下载', 'This dataset is open to all; just download it'),
    )
  const day = Date.parse(until)
  if (day < at.getTime() || day > at.getTime() + MOST_YEARS * 366 * 86_400_000)
    throw new InvalidInput(
      'wrong-until',
      words('使用期限应在今天之后、三年以内', 'The term must end after today and within three years'),
      [{ path: '/until', message: words('期限有误', 'The term is wrong') }],
    )
}
