import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loop, loops } from '#platform/loops'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { platformModules } from '../../modules.ts'
import { doAction, openLicence, trialPeople } from '../testing/bench-of-people.ts'
import { licence, seen, trialModule } from '../testing/trial.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof trialPeople>>
let now = new Date()
const at = (time: string) => {
  now = new Date(`${time}+08:00`)
}

beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule], now: () => now })
  people = await trialPeople(app)
})
afterAll(() => app.stop())
beforeEach(() => Object.assign(seen, { isMonday: false, fails: false }))

const get = (id: string) => app.app.work(system('test'), (work) => app.app.use(loops).get(work, id))
const placeOf = async (id: string) => (await get(id)).place
const local = (date: Date | null) => date && new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
const until = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 25_000, interval: 200 })

test('five working days run over National Day 2025, with its make-up days', async () => {
  at('2025-09-26T10:00')
  const instance = await openLicence(app)
  expect(local(instance.due)).toBe('2025-10-11T00:00')
})

test('twenty working days run over Spring Festival 2026', async () => {
  at('2026-02-02T10:00')
  const instance = await openLicence(app)
  const accepted = await doAction(app, people.clerk.actor, instance, 'accept')
  expect(local(accepted.due)).toBe('2026-03-07T00:00')
})

test('silence counts as acceptance, once, and the log says that no person did it', async () => {
  at('2025-09-26T10:00')
  const { id } = await openLicence(app)
  at('2025-10-10T23:59')
  expect(await placeOf(id)).toBe('submitted')
  at('2025-10-11T00:00')
  await until(() => placeOf(id)).toBe('deciding')
  const { rows } = await asOwner(
    app.ownerUrl,
    `select action, actor from loops.action where instance = ${id} order by revision`,
  )
  expect(rows.slice(1)).toEqual([{ action: 'deemAccepted', actor: 'system:loops.clock' }])
})

test('the light turns yellow and red by the clock alone, and grey while it is paused', async () => {
  at('2026-03-02T10:00')
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  expect(accepted.light).toBe('green')
  at('2026-03-27T10:00')
  expect((await get(accepted.id)).light).toBe('yellow')
  const paused = await doAction(app, people.decider.actor, accepted, 'loops.pause', { form: { reason: '专家评审' } })
  expect(paused).toMatchObject({ light: 'grey', due: null })
  at('2026-04-27T10:00')
  const resumed = await doAction(app, people.decider.actor, paused, 'loops.resume', { form: { reason: '评审结束' } })
  expect(local(resumed.due)).toBe('2026-04-29T00:00')
  at('2026-04-29T00:00')
  expect((await get(accepted.id)).light).toBe('red')
})

test('a head extends the term once; the decider may not', async () => {
  at('2026-03-02T10:00')
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  const form = { reason: '案情复杂' }
  await expect(doAction(app, people.decider.actor, accepted, 'loops.extend', { form })).rejects.toMatchObject({
    status: 403,
  })
  const extended = await doAction(app, people.head.actor, accepted, 'loops.extend', { form })
  expect([local(accepted.due), local(extended.due)]).toEqual(['2026-03-31T00:00', '2026-04-15T00:00'])
  await expect(doAction(app, people.head.actor, extended, 'loops.extend', { form })).rejects.toMatchObject({
    code: 'not-now',
  })
})

test('a machine clock that jumps back leaves the order of the log and the clocks whole', async () => {
  at('2026-03-05T10:00')
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  at('2026-03-04T10:00')
  const paused = await doAction(app, people.decider.actor, accepted, 'loops.pause', { form: { reason: '评审' } })
  const { rows } = await asOwner(
    app.ownerUrl,
    `select at from loops.action where instance = ${paused.id} order by revision`,
  )
  expect(rows.map((row) => local(row.at))).toEqual(['2026-03-05T10:00', '2026-03-05T10:00', '2026-03-05T10:00'])
})

test('a hundred clocks due at once are all served, one that fails waits and holds up nobody', async () => {
  at('2026-05-06T10:00')
  const all = await Promise.all(Array.from({ length: 100 }, () => openLicence(app)))
  const bad = all[50]?.id
  await asOwner(
    app.ownerUrl,
    `update loops.instance set data = data - 'item' || '{"lost": "x"}', clocks = '{"place": {"events": [{"at": "nonsense", "type": "start", "duration": "5wd"}], "taken": 0}}' where id = ${bad}`,
  )
  at('2026-06-06T10:00')
  const left = () =>
    asOwner(
      app.ownerUrl,
      `select id from loops.instance where place = 'submitted' and key like 'case-%' and opened_at >= '2026-05-06'`,
    )
  await until(async () => (await left()).rows.map(({ id }) => String(id))).toEqual([bad])
  const { rows } = await asOwner(app.ownerUrl, `select failures from loops.clock where instance = ${bad}`)
  expect(rows[0].failures).toBeGreaterThan(0)
})

test('one that cannot be written waits alone, wherever it lies among those that were to be written with it', async () => {
  at('2026-07-06T10:00')
  const all = await Promise.all(Array.from({ length: 21 }, () => openLicence(app)))
  const bad = all[13]?.id
  await asOwner(
    app.ownerUrl,
    `insert into loops.action (instance, revision, key, action, at, actor, actor_kind, to_place)
     values (${bad}, 2, 'foreign', 'x', now(), 'x', 'system', 'submitted')`,
  )
  at('2026-08-06T10:00')
  for (const { id } of all.filter((one) => one.id !== bad)) await until(() => placeOf(id)).toBe('deciding')
  const failures = async () =>
    (await asOwner(app.ownerUrl, `select failures from loops.clock where instance = ${bad}`)).rows[0].failures
  await until(failures).toBe(1)
  expect(await placeOf(bad ?? '')).toBe('submitted')
  const twice = await asOwner(
    app.ownerUrl,
    `select instance from loops.action where instance >= ${all[0]?.id} group by 1 having count(*) > 2`,
  )
  expect(twice.rows).toEqual([])
})

test('a signal closes the matter that waits for it, and one that comes early is remembered', async () => {
  at('2026-03-02T10:00')
  const origin = { kind: 'warning', id: '17' }
  const raise = (key: string) =>
    app.app.work(system('test'), (work) =>
      app.app.use(loops).open(work, {
        definition: 'trial.licence',
        key,
        origin,
        data: { item: 'x', applicantName: 'y', division: '370902' },
      }),
    )
  const clear = () => app.app.work(system('test'), (work) => app.app.use(loops).signal(work, origin, 'warning-cleared'))
  const early = await doAction(app, people.clerk.actor, await raise('early'), 'accept')
  const waiting = await doAction(
    app,
    people.decider.actor,
    await doAction(app, people.clerk.actor, await raise('waiting'), 'accept'),
    'inspect',
  )
  await clear()
  expect([await placeOf(waiting.id), await placeOf(early.id)]).toEqual(['granted', 'deciding'])
  const after = await doAction(app, people.decider.actor, await get(early.id), 'inspect')
  expect(after).toMatchObject({ place: 'granted', revision: 4 })
})

test('running matters keep their version; a changed definition under an old number stops the start', async () => {
  at('2026-03-02T10:00')
  const old = await openLicence(app)
  const next = loop({ ...licence, version: 2, start: 'deciding', places: licence.places })
  const { places, actions, ...rest } = next
  const { submitted: _, correcting: __, ...left } = places
  const { accept: _a, deemAccepted: _d, askOnce: _o, correct: _c, ...acts } = actions
  const { notBy: _n, ...grant } = actions.grant as typeof actions.grant & object
  const second = loop({ ...rest, places: left, actions: { ...acts, grant } })
  const restart = (definition: typeof licence) =>
    testAppOn(app, { ...trialModule, loops: [definition, ...trialModule.loops.slice(1)] })
  const newer = await restart(second)
  try {
    expect(await openLicence(newer)).toMatchObject({ version: 2, place: 'deciding' })
    const accepted = await doAction(newer, people.clerk.actor, old, 'accept')
    expect(accepted).toMatchObject({ version: 1, place: 'deciding' })
  } finally {
    await newer.stop()
  }
  await expect(restart(loop({ ...second, title: licence.places.granted?.title ?? licence.title }))).rejects.toThrow(
    /"trial.licence" was changed but still has version 2/,
  )
})

/** A second process on the same database. */
async function testAppOn(first: TestApp, module: typeof trialModule | object): Promise<TestApp> {
  const { boot } = await import('#runtime')
  const config = { ...first.app.config, port: 0, databaseUrl: first.ownerUrl }
  const running = await boot(config, [...platformModules, module as typeof trialModule], { now: () => now })
  return { ...running, ownerUrl: first.ownerUrl }
}
