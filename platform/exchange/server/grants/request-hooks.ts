import { randomUUID } from 'node:crypto'
import { identity } from '#platform/identity'
import type { Effect, Guard, Hooks, LoopInstance } from '#platform/loops'
import { sharedRows, type Where } from '#platform/registry'
import { type App, type Work, words } from '#runtime'
import type { Way } from '../../contract.ts'
import { isFree } from './application.ts'
import type { GrantStore } from './grant-store.ts'
import { askedInWords, takenAway } from './in-words.ts'

/** What the matter of an application carries. */
export interface RequestData {
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
export async function makeGrant(store: GrantStore, work: Work, data: RequestData, request: string): Promise<string> {
  const { dataset, consumer, fields, whole, rows, purpose, basis, ways, until, quota, returnFlow } = data
  const id = randomUUID()
  await store.make(work, {
    ...{ id, request, dataset, consumer, fields, whole, rows, purpose, basis, ways, until, quota, returnFlow },
  })
  return id
}

/** The grant of what the owner left of the application. */
const grant =
  (app: App, store: GrantStore): Effect =>
  async (work, instance, form) => {
    const applied = dataOf(instance)
    const { fields, masked, ways } = takenAway(app, applied, form)
    const left = {
      fields: applied.fields.filter((name) => !fields.names.includes(name)),
      whole: applied.whole.filter((name) => !fields.names.includes(name) && !masked.names.includes(name)),
      ways: applied.ways.filter((way) => !ways.names.includes(way)),
    }
    const data = { ...applied, ...left }
    return { ...left, grant: await makeGrant(store, work, data, instance.id), asked: askedInWords(app, data) }
  }

/** Where a decided application goes: data that are not there yet have to be delivered. */
async function placeOf(app: App, work: Work, { dataset, fields }: RequestData): Promise<string> {
  const plan = app.use(sharedRows).plan({ dataset, fields, whole: [], rows: {} })
  return (await plan.rows(work.tx, { limit: 1 })).length > 0 ? 'granted' : 'delivering'
}

/** Hooks of the loop; names are those of its definition. */
export const requestHooks = (app: App, store: GrantStore): Hooks => ({
  choices: {
    start: async (_work, instance) => (isFree(app, dataOf(instance)) ? 'granted' : 'considering'),
    delivered: (work, instance) => placeOf(app, work, dataOf(instance)),
  },
  guards: { narrows: narrows(app), later },
  effects: {
    grant: grant(app, store),
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

/** The owner may take away, but gives nothing that was not applied for, and leaves something. */
const narrows =
  (app: App): Guard =>
  async (_work, instance, form) => {
    const applied = dataOf(instance)
    const { fields, masked, ways } = takenAway(app, applied, form)
    const [unknown] = [...fields.unknown, ...masked.unknown, ...ways.unknown]
    if (unknown !== undefined) return words(`“${unknown}”不在申请范围内`, `"${unknown}" was not applied for`)
    if (fields.names.length === applied.fields.length || ways.names.length === applied.ways.length)
      return words('至少保留一个字段和一种方式，否则请选“不予共享”', 'Leave a field and a way, or refuse')
    if (typeof form.until === 'string' && form.until > String(applied.until))
      return words(`期限不能晚于申请的 ${applied.until}`, `Not later than the ${applied.until} applied for`)
    if (typeof form.quota === 'number' && form.quota > applied.quota)
      return words(`上限不能高于申请的 ${applied.quota} 次`, `Not more than the ${applied.quota} calls applied for`)
    return null
  }

const later: Guard = async (_work, instance, form) => {
  const { until } = dataOf(instance)
  return String(form.wished) > until ? null : words(`应晚于现有期限 ${until}`, `Must be later than ${until}`)
}
