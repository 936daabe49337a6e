import { type Dataset, dataDesk, datasetExtracts, registry } from '#platform/registry'
import { client, type SignedInClient, type TestApp, visitorClient } from '#platform/testing'
import { system } from '#runtime'
import type { Meta } from '../declarations/meta.ts'

const TEST = system('open-data.test')
const words = (text: string) => ({ zh: text, en: text })

/** A dataset of a steward about persons: a survey of residents. */
export async function defineSurvey(app: TestApp, name = 'survey'): Promise<string> {
  return app.app.work(TEST, (work) =>
    app.app.use(dataDesk).define(work, {
      name,
      title: { zh: '居民出行调查', en: 'Survey of trips' },
      about: { zh: '居民出行方式抽样调查', en: 'How residents travel, a sample' },
      source: 'city.ecology',
      fields: [
        { name: 'id', kind: 'text', title: words('编号'), required: true },
        { name: 'name', kind: 'text', title: words('姓名'), personal: true, mask: 'name' },
        { name: 'idNumber', kind: 'identity', title: words('身份证号') },
        { name: 'town', kind: 'text', title: words('街道') },
        { name: 'age', kind: 'text', title: words('年龄段') },
        { name: 'mode', kind: 'text', title: words('出行方式') },
        { name: 'minutes', kind: 'integer', title: words('通勤时间'), unit: 'min' },
      ],
      key: ['id'],
      level: 'internal',
      sharing: 'conditional',
      opening: 'open',
      retentionYears: 0,
    }),
  )
}

export interface Answered {
  readonly id: string
  readonly town: string
  readonly age: string
  readonly mode: string
  readonly minutes: number
}

/** `count` residents: every group of town and age has at least six rows and two modes. */
export const residents = (count: number): Answered[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `r${String(at).padStart(5, '0')}`,
    town: ['岱庙街道', '财源街道'][at % 2] ?? '',
    age: ['18-39', '40-59', '60+'][Math.floor(at / 2) % 3] ?? '',
    mode: ['公交', '步行', '驾车'][Math.floor(at / 6) % 3] ?? '',
    minutes: 10 + (at % 50),
  }))

export async function writeRows(app: TestApp, id: string, rows: readonly object[]): Promise<void> {
  const dataset = app.app.use(datasetExtracts).get(id).dataset as Dataset
  await app.app.work(TEST, (work) => app.app.use(registry).write(work, dataset, rows as never))
}

export const surveyMeta = (changes: Partial<Meta> = {}): Meta => ({
  title: { zh: '居民出行调查', en: 'Survey of trips' },
  about: { zh: '居民出行方式抽样调查结果', en: 'How residents travel, results of a sample' },
  access: 'open',
  fields: ['town', 'age', 'mode', 'minutes'],
  where: {},
  licence: 'cc-by-4.0',
  themes: ['TRAN', 'SOCI'],
  keywords: ['出行', 'travel'],
  promise: 'ANNUAL',
  contact: { name: { zh: '市生态环境局', en: 'Ecology Bureau' }, mail: 'open@example.org' },
  spatial: '370900',
  temporal: { from: '2026-01-01', to: '2026-06-30' },
  persons: true,
  exempt: exempt('mode', 'minutes'),
  sensitive: ['mode'],
  ...changes,
})

/** Fields of the survey that nobody could know from elsewhere. */
export const exempt = (...names: readonly string[]): Meta['exempt'] =>
  Object.fromEntries(names.map((name) => [name, { ground: 'unknown-elsewhere', reason: '仅在本次调查中填报' }]))

export interface People {
  readonly owner: SignedInClient
  readonly approver: SignedInClient
  readonly visitor: ReturnType<typeof visitorClient>
}

export async function people(app: TestApp): Promise<People> {
  const [owner, approver] = await Promise.all([
    client(app, {
      organisation: 'city.ecology',
      rights: {
        'open-data.read': 'city',
        'open-data.propose': 'subtree',
        'open-data.answer': 'subtree',
        'open-data.decide': 'subtree',
      },
    }),
    client(app, {
      organisation: 'city.big-data',
      rights: {
        'open-data.read': 'city',
        'open-data.approve': 'city',
        'open-data.withdraw': 'city',
        'open-data.answer': 'city',
        'loops.read': 'city',
      },
    }),
  ])
  return { owner, approver, visitor: visitorClient(app) }
}

/** Waits until a question has the answer that is hoped for; jobs run beside. */
export async function until<T>(
  ask: () => Promise<T>,
  isIt: (answer: T) => boolean,
  what: string,
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (isIt(answer)) return answer
    if (Date.now() > end) throw new TypeError(`Waited in vain for ${what}: ${JSON.stringify(answer).slice(0, 800)}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

export const managed = (who: SignedInClient, id: string) => who.get(`/api/open-data/manage/entries/${id}`)

/** Does an action of a matter as somebody; returns the answer. */
export async function act(who: SignedInClient, loop: string, action: string, form: object = {}) {
  const { body } = await who.get(`/api/loops/${loop}`)
  return who.post(`/api/loops/${loop}/actions`, {
    action,
    form,
    revision: body.matter?.revision ?? 1,
    key: `${action}:${Date.now()}`,
  })
}

/** Proposes and approves a release as people do, and waits until the public sees it. */
export async function release({ owner, approver, visitor }: People, id: string, source: string, meta: Meta) {
  const proposed = await owner.post('/api/open-data/manage/releases', { id, source, meta })
  if (proposed.status !== 200) throw new TypeError(JSON.stringify(proposed.body))
  const { loop } = proposed.body
  await until(
    () => managed(approver, id),
    ({ body }) => body.release?.place === 'reviewing',
    `the test of ${id}`,
  )
  const approved = await act(approver, loop, 'approve', { opinion: '同意' })
  if (approved.status !== 200) throw new TypeError(JSON.stringify(approved.body))
  await until(
    () => visitor.get(`/api/open-data/datasets/${id}`),
    ({ status }) => status === 200,
    `${id} on the shelf`,
  )
  return loop as string
}
