import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopDefinition, loop } from '#platform/loops'
import { field } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { words } from '#runtime'
import { platformModules } from '../../../modules.ts'
import { licence, trialModule } from '../../testing/trial.ts'
import { Definitions } from '../definitions.ts'

let app: TestApp
let designer: SignedInClient
let worker: SignedInClient
let other: SignedInClient
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule] })
  designer = await client(app, { rights: { 'loops.define': 'city' } })
  worker = await client(app, { rights: { 'loops.open': 'city', 'loops.handle': 'city' } })
  other = await client(app, { rights: { 'trial.accept': 'subtree' } })
})
afterAll(() => app.stop())

const post = (person: SignedInClient): string => person.actor.post ?? ''

/** Three steps and five working days, as an administrator draws them; `check` must be by somebody else. */
const drawn = (id: string): LoopDefinition =>
  loop({
    id,
    version: 1,
    title: words('来访登记', 'Visit'),
    headline: words('{about}', '{about}'),
    data: Type.Object({ about: field.text(words('事由', 'About')) }),
    start: 'handling',
    opens: { right: 'loops.open' },
    clock: { limit: '5wd', warnBefore: '1wd', atLimit: [{ urge: { right: 'loops.supervise' } }] },
    places: {
      handling: { title: words('办理', 'In hand'), kind: 'open', assign: { post: post(worker) } },
      checking: { title: words('核验', 'Check'), kind: 'open', assign: { post: post(worker) } },
      closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
    },
    actions: {
      report: {
        title: words('上报', 'Report'),
        from: ['handling'],
        to: 'checking',
        form: Type.Object({ result: field.text(words('结果', 'Result')) }, { additionalProperties: false }),
      },
      close: { title: words('办结', 'Close'), from: ['checking'], to: 'closed', notBy: ['report'] },
    },
  })

const path = (id: string, more = '') => `/api/loops/definitions/${id}${more}`
const save = (id: string, body: object, revision = 0) => designer.put(path(id, '/draft'), { body, revision })

async function published(id: string, body: object): Promise<number> {
  const saved = await save(id, body)
  const answer = await designer.post(path(id, '/publish'), { revision: saved.body.revision, note: '首次发布' })
  expect(answer).toMatchObject({ status: 200 })
  return answer.body.version
}

const open = (id: string) =>
  worker.post('/api/loops', { definition: id, data: { about: '反映噪声' }, key: randomUUID() })

test('what an administrator drew is checked, tried, published and then runs', async () => {
  const id = 'own.visit'
  const half = { ...drawn(id), actions: {} }
  const first = await save(id, half)
  expect(first).toMatchObject({ status: 200, body: { revision: 1 } })
  expect(first.body.mistakes.map(({ at }: { at: string }) => at)).toContain('/places/checking')
  expect(await designer.post(path(id, '/publish'), { revision: 1, note: 'x' })).toMatchObject({ status: 422 })

  expect(await save(id, drawn(id), 1)).toMatchObject({ status: 200, body: { revision: 2, mistakes: [] } })
  expect(await designer.post(path(id, '/publish'), { revision: 2, note: '首次' })).toMatchObject({
    body: { version: 1 },
  })
  const opened = await open(id)
  expect(opened).toMatchObject({ status: 200, body: { place: 'handling' } })
  const kept = await designer.get(path(id))
  expect(kept.body).toMatchObject({ draft: null, versions: [{ version: 1, made: 'page', inForce: true, running: 1 }] })
  expect(Object.keys(kept.body.body.actions)).toEqual(['report', 'close'])
  const { body: list } = await designer.get('/api/loops/definition-store')
  const { body: me } = await designer.get('/api/session')
  expect(list.rows.find((row: { id: string }) => row.id === id)).toMatchObject({
    inForce: 1,
    draft: null,
    by: me.name,
    running: [{ version: 1, matters: 1 }],
  })
})

test('a trial says whom the clocks remind, once, and that a reminder reaches nobody', async () => {
  const body = {
    ...drawn('own.reminded'),
    clock: { limit: '5wd', warnBefore: '1wd', atLimit: [{ urge: { post: post(other) } }] },
  }
  const steps = [{ wait: '4wd' }, { wait: '2wd' }, { wait: '1wd' }]
  const tried = async (atLimit: object[]) => {
    const clock = { ...body.clock, atLimit }
    const { states } = (
      await designer.post(path('own.reminded', '/trial'), { body: { ...body, clock }, data: { about: '噪声' }, steps })
    ).body
    return states.map(({ told }: { told: { title: { en: string }; to: object[] }[] }) =>
      told.map(({ title, to }) => `${title.en} ${to.length}`),
    )
  }
  expect(await tried(body.clock.atLimit)).toEqual([[], ['Due soon 1'], ['Past its limit 1'], []])
  expect(await tried([{ urge: { right: 'trial.decide' } }])).toEqual([[], ['Due soon 1'], ['Past its limit 0'], []])
})

test('a trial of joint handling shows each share and who would get it, and supposes that the units have finished', async () => {
  const units = Type.Object({
    unit: field.organisation(words('单位', 'Unit')),
    about: field.text(words('事由', 'About')),
  })
  const of = { organisationIn: 'unit', right: 'trial.accept' } as const
  await published('own.unit-share', {
    ...drawn('own.unit-share'),
    data: units,
    places: { ...drawn('x').places, handling: { title: words('办理', 'In hand'), kind: 'open', assign: of } },
  })
  const whole = drawn('own.jointly')
  const body = {
    ...whole,
    data: Type.Object({ ...whole.data.properties, units: field.organisations(words('联办单位', 'Units')) }),
    places: {
      ...whole.places,
      jointly: {
        title: words('联办', 'Joint handling'),
        kind: 'waiting',
        joint: { loop: 'own.unit-share', units: 'units', as: 'unit', leaveBy: 'joined' },
      },
    },
    actions: {
      ...whole.actions,
      report: { ...whole.actions.report, to: 'jointly' },
      joined: { title: words('联办办结', 'All finished'), from: ['jointly'], to: 'checking', automatic: 'joint-ended' },
    },
  }
  const data = { about: '反映噪声', units: ['city.ecology', 'city.police'] }
  const steps = [{ action: 'report', form: { result: '已到场' } }, { action: 'joined' }]
  const answer = await designer.post(path('own.jointly', '/trial'), { body, data, steps })
  expect(answer).toMatchObject({ status: 200 })
  const { states, mistakes } = answer.body
  expect(mistakes).toEqual([])
  expect(states[1].shares.map(({ unit }: { unit: { zh: string } }) => unit.zh)).toEqual(['市生态环境局', '市公安局'])
  expect(states[1].shares.map(({ holders }: { holders: object[] }) => holders.length)).toEqual([1, 1])
  expect(states[1].shares.map(({ caretaken }: { caretaken: boolean }) => caretaken)).toEqual([true, true])
  expect(states[2]).toMatchObject({ place: 'checking', problem: null, shares: [] })
})

/** Begins with the check, and leads back from it. */
const turned = (id: string) => ({
  ...drawn(id),
  start: 'checking',
  actions: { ...drawn(id).actions, back: { title: words('退', 'Back'), from: ['checking'], to: 'handling' } },
})

test('matters that run keep their version, new ones follow the new one, and the old one can be put in force again', async () => {
  const id = 'own.versions'
  await published(id, drawn(id))
  const before = await open(id)
  expect(await published(id, turned(id))).toBe(2)
  expect((await open(id)).body.place).toBe('checking')
  const detail = await worker.get(`/api/loops/${before.body.id}/diagram`)
  expect(detail.body.ways.map(({ action }: { action: string }) => action)).not.toContain('back')
  expect(await designer.post(path(id, '/in-force'), { version: 1 })).toMatchObject({ status: 200 })
  expect((await open(id)).body.place).toBe('handling')
})

test('what was read before another version was put in force does not undo it', async () => {
  const id = 'own.read-late'
  await published(id, drawn(id))
  await published(id, turned(id))
  const here = new Definitions()
  await here.load(app.app.db, [])
  expect(here.get(id).version).toBe(2)
  // What is in force is read, and arrives when it is not true any more.
  const answers: (() => void)[] = []
  const late = app.app.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      const [row = {}] = result.rows as object[]
      const isInForce = 'version' in row && !('body' in row)
      if (isInForce && answers.length === 0) await new Promise<void>((done) => answers.push(done))
      return result
    },
  })
  const reading = here.refresh(late)
  while (answers.length === 0) await sleep(5)
  await designer.post(path(id, '/in-force'), { version: 1 })
  here.putInForce(id, here.get(id, 1))
  for (const arrive of answers) arrive()
  await reading
  expect(here.get(id).version).toBe(1)
})

test('a trial asks for no evidence, since nobody uploads files for it', async () => {
  const id = 'own.evidence'
  const { actions } = drawn(id)
  const tried = await designer.post(path(id, '/trial'), {
    body: { ...drawn(id), actions: { ...actions, report: { ...actions.report, evidence: 2 } } },
    data: { about: '试' },
    steps: [{ action: 'report', form: { result: '已办' } }],
  })
  expect(tried.body.states.at(-1)).toMatchObject({ place: 'checking', problem: null })
})

test('a trial runs the real engine with clocks and a second pair of eyes, and leaves nothing behind', async () => {
  const id = 'own.trial'
  const count = async () =>
    (
      await asOwner(
        app.ownerUrl,
        'select (select count(*) from loops.instance) + (select count(*) from loops.definition) as n',
      )
    ).rows[0].n
  const before = await count()
  const tried = await designer.post(path(id, '/trial'), {
    body: drawn(id),
    data: { about: '试' },
    steps: [
      { action: 'close' },
      { wait: '6wd' },
      { action: 'report', form: {} },
      { action: 'report', form: { result: '已办' } },
      { action: 'close' },
      { action: 'close', person: 2 },
    ],
  })
  expect(tried).toMatchObject({ status: 200, body: { mistakes: [] } })
  const seen = tried.body.states.map(
    ({ place, light, problem }: { place: string; light: string; problem: unknown }) => [place, light, problem !== null],
  )
  expect(seen).toEqual([
    ['handling', 'green', false],
    ['handling', 'green', true],
    ['handling', 'red', false],
    ['handling', 'red', true],
    ['checking', 'red', false],
    ['checking', 'red', true],
    ['closed', 'grey', false],
  ])
  expect(await count()).toBe(before)
})

test('two who save the same draft: the second is told', async () => {
  const id = 'own.twice'
  await save(id, drawn(id))
  const answers = await Promise.all([save(id, drawn(id), 1), save(id, drawn(id), 1)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await designer.delete(path(id, '/draft'))).toMatchObject({ status: 200 })
  expect(await designer.get(path(id))).toMatchObject({ status: 404 })
})

test('what code declares can be changed, but not so that its module cannot work with it', async () => {
  const { deemAccepted: _, ...actions } = licence.actions
  const broken = await save(licence.id, { ...licence, actions })
  expect(JSON.stringify(broken.body.mistakes)).toContain('deemAccepted')
  const renamed = { ...licence, title: words('许可（本地）', 'Licence, local') }
  const saved = await save(licence.id, renamed, broken.body.revision)
  expect(saved.body.mistakes).toEqual([])
  const { body } = await designer.post(path(licence.id, '/publish'), { revision: saved.body.revision, note: '改名' })
  expect(body.version).toBeGreaterThan(10_000)
  expect((await designer.get(path(licence.id))).body.body.title.en).toBe('Licence, local')
  await designer.post(path(licence.id, '/in-force'), { version: null })
  expect((await designer.get(path(licence.id))).body.body.version).toBe(licence.version)
})

test('hooks, rights and definitions to choose from have names in words, rights also how many posts hold them', async () => {
  const { body } = await designer.get('/api/loops/definition-parts')
  const postsWith = (right: string): number => body.rights.find(({ id }: { id: string }) => id === right).posts
  expect([postsWith('loops.handle'), postsWith('loops.hand-over')]).toEqual([1, 0])
  expect(body.hooks).toContainEqual({
    kind: 'guards',
    name: 'trial.not-monday',
    title: words('不在周一', 'Not on a Monday'),
  })
  const hook = { ...drawn('own.hook').actions, report: { ...drawn('own.hook').actions.report, guards: ['trial.gone'] } }
  const checked = await designer.post(path('own.hook', '/evaluate'), { body: { ...drawn('own.hook'), actions: hook } })
  expect(checked.body).toMatchObject([{ at: '/actions/report' }])
})

test('who may not define sees and changes nothing, and ids of modules are not for own definitions', async () => {
  for (const answer of await Promise.all([
    other.get('/api/loops/definition-store'),
    other.get('/api/loops/definition-parts'),
    other.get(path('trial.licence')),
    other.put(path('own.x', '/draft'), { body: {}, revision: 0 }),
    other.post(path('own.x', '/publish'), { revision: 1, note: 'x' }),
    other.post(path('own.x', '/trial'), { body: {}, data: {}, steps: [] }),
    other.post(path('trial.licence', '/in-force'), { version: null }),
  ]))
    expect(answer.status).toBe(403)
  expect(await save('air.mine', {})).toMatchObject({ status: 422 })
})
