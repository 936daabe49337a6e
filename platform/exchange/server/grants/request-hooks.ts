import { randomUUID } from 'node:crypto'
import { identity } from '#platform/identity'
import type { Effect, Guard, Hooks, LoopInstance } from '#platform/loops'
import { sharedRows, type Where } from '#platform/registry'
import { type App, type Work, words } from '#runtime'
import type { Way } from '../../contract.ts'
import { isFree } from './application.ts'
import type { GrantStore } from './grant-store.ts'

/** What the matter of an application carries. */
interface RequestData {
  readonly dataset: string
  readonly title: string
  readonly owner: string
  readonly consumer: string
  readonly fields: readonly string[]
  readonly whole: readonly string[]
  readonly rows: Where
  readonly purpose: string
  readonly basis: string
  readonly ways: readonly Way[]
  readonly until: string
  readonly quota: number
  readonly returnFlow: boolean
  readonly grant?: string
  readonly wished?: string
}

const dataOf = ({ data }: Pick<LoopInstance, 'data'>): RequestData => data as unknown as RequestData

/** Makes the grant that the matter now describes; returns its number. */
export async function makeGrant(store: GrantStore, work: Work, instance: LoopInstance): Promise<{ grant: string }> {
  const { dataset, consumer, fields, whole, rows, purpose, basis, ways, until, quota, returnFlow } = dataOf(instance)
  const id = randomUUID()
  const shown = whole.filter((name) => fields.includes(name))
  await store.make(work, {
    ...{ id, request: instance.id, dataset, consumer, fields, rows, purpose, basis, ways, until, quota, returnFlow },
    whole: shown,
  })
  return { grant: id }
}

/** Where a decided application goes: data that are not there yet have to be delivered. */
async function placeOf(app: App, work: Work, { dataset, fields }: RequestData): Promise<string> {
  const plan = app.use(sharedRows).plan({ dataset, fields, whole: [], rows: {} })
  return (await plan.rows(work.tx, { limit: 1 })).length > 0 ? 'granted' : 'delivering'
}

/** Hooks of the loop; names are those of its definition. */
export const requestHooks = (app: App, store: GrantStore): Hooks => ({
  choices: {
    start: async (work, instance) =>
      isFree(app, dataOf(instance)) ? placeOf(app, work, dataOf(instance)) : 'considering',
    delivered: (work, instance) => placeOf(app, work, dataOf(instance)),
  },
  guards: { narrows, later },
  effects: {
    grant: (work, instance) => makeGrant(store, work, instance),
    'note-reason': async (_work, _instance, form) => ({ answer: String(form.reason) }),
    renew: async (work, instance) => {
      const { grant = '', wished = '' } = dataOf(instance)
      await store.renew(work, grant, wished)
      return { until: wished }
    },
    withdraw: ending(store, 'withdrawn'),
    expire: ending(store, 'expired'),
  },
  finders: {
    owner: async (work, instance) => {
      const { owner } = dataOf(instance)
      const posts = await app.use(identity).postsWith('exchange.decide', { organisation: owner }, work.tx)
      const own = posts.filter(({ organisation }) => organisation === owner)
      return (own.length > 0 ? own : posts).map(({ id }) => ({ post: id }))
    },
  },
  titles: {
    start: words('无条件共享的直接授权', 'What is shared freely is granted at once'),
    delivered: words('数据未到位的先提供', 'Data that are not there are delivered first'),
    narrows: words('只能收窄，不能扩大', 'May narrow, never widen'),
    later: words('续期应晚于现有期限', 'A renewal ends later than before'),
    grant: words('作出授权', 'Makes the grant'),
    'note-reason': words('记下理由', 'Notes the reason'),
    renew: words('延长授权', 'Extends the grant'),
    withdraw: words('收回授权', 'Withdraws the grant'),
    expire: words('授权到期', 'Ends the grant'),
    owner: words('数据提供单位', 'The owner of the data'),
  },
})

const ending =
  (store: GrantStore, state: 'expired' | 'withdrawn'): Effect =>
  async (work, instance) => {
    const { grant } = dataOf(instance)
    if (grant) await store.end(work, grant, state)
    return undefined
  }

/** The owner may take away, but gives nothing that was not applied for. */
const narrows: Guard = async (_work, instance, form) => {
  const applied = dataOf(instance)
  for (const name of ['fields', 'whole', 'ways'] as const) {
    const given = form[name] as readonly string[] | undefined
    const more = given?.find((one) => !(applied[name] as readonly string[]).includes(one))
    if (more) return words(`“${more}”不在申请范围内`, `"${more}" was not applied for`)
    if (given?.length === 0 && name !== 'whole') return words('至少保留一项', 'Leave at least one')
  }
  if (typeof form.until === 'string' && form.until > applied.until)
    return words(`期限不能晚于申请的 ${applied.until}`, `Not later than the ${applied.until} applied for`)
  if (typeof form.quota === 'number' && form.quota > applied.quota)
    return words(`上限不能高于申请的 ${applied.quota} 次`, `Not more than the ${applied.quota} calls applied for`)
  return null
}

const later: Guard = async (_work, instance, form) => {
  const { until } = dataOf(instance)
  return String(form.wished) > until ? null : words(`应晚于现有期限 ${until}`, `Must be later than ${until}`)
}
