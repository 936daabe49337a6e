import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loops } from '#platform/loops'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { platformModules } from '../../modules.ts'
import { doAction, openLicence, trialPeople } from '../testing/bench-of-people.ts'
import { seen, trialModule } from '../testing/trial.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof trialPeople>>
let now = new Date('2025-09-26T10:00:00+08:00')

beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule], now: () => now })
  people = await trialPeople(app)
})
afterAll(() => app.stop())
beforeEach(() => {
  now = new Date('2025-09-26T10:00:00+08:00')
  Object.assign(seen, { isMonday: false, fails: false, stamped: 0 })
})

const rows = async (text: string) => (await asOwner(app.ownerUrl, text)).rows
const logOf = (id: string) => rows(`select * from loops.action where instance = ${id} order by revision`)

test('a new matter lies with the nearest post that has the right, and only there', async () => {
  const instance = await openLicence(app)
  expect(instance).toMatchObject({ place: 'submitted', revision: 1, holders: [`post:${people.clerk.actor.post}`] })
  expect(instance.headline.zh).toBe('食品经营许可：张**')
  const inbox = await rows(`select holder, state from loops.inbox where instance = ${instance.id}`)
  expect(inbox).toEqual([{ holder: `post:${people.clerk.actor.post}`, state: 'todo' }])
})

test('the same key opens once, also twenty times at once', async () => {
  const open = () =>
    app.app.work(people.clerk.actor, (work) =>
      app.app.use(loops).open(work, {
        definition: 'trial.licence',
        key: 'same',
        data: { item: 'x', applicantName: 'y', division: '370902' },
      }),
    )
  const all = await Promise.all(Array.from({ length: 20 }, open))
  expect(new Set(all.map(({ id }) => id)).size).toBe(1)
  expect(await rows(`select 1 from loops.instance where key = 'same'`)).toHaveLength(1)
})

test('data that does not fit the definition opens nothing and names each field', async () => {
  const opening = openLicence(app, { division: 'nowhere', applicantName: '' })
  await expect(opening).rejects.toMatchObject({
    status: 422,
    issues: [{ path: '/data/applicantName' }, { path: '/data/division' }],
  })
})

test('the same action sent twenty times at once is done once and answers the same each time', async () => {
  const instance = await openLicence(app)
  const send = () => doAction(app, people.clerk.actor, instance, 'accept', { key: 'once' })
  const answers = await Promise.all(Array.from({ length: 20 }, send))
  expect(new Set(answers.map(({ place, revision }) => `${place} ${revision}`))).toEqual(new Set(['deciding 2']))
  expect(await logOf(instance.id)).toHaveLength(2)
})

test('of two people who act at once one wins and the other is told who did what', async () => {
  const instance = await openLicence(app)
  const atOnce = await doAction(app, people.clerk.actor, instance, 'accept')
  const both = await Promise.allSettled([
    doAction(app, people.decider.actor, atOnce, 'inspect'),
    doAction(app, people.decider.actor, atOnce, 'grant', { form: { opinion: '同意' } }),
  ])
  const lost = both.find((one) => one.status === 'rejected')
  expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(lost?.reason).toMatchObject({ status: 409, code: 'moved-on' })
  expect(lost?.reason.issues[0].message.zh).toContain(people.decider.account)
  expect(await logOf(instance.id)).toHaveLength(3)
})

test('a stale revision is refused, but a note of somebody else does not disturb', async () => {
  const instance = await openLicence(app)
  await doAction(app, people.head.actor, instance, 'loops.note', { form: { text: '请注意' } })
  const accepted = await doAction(app, people.clerk.actor, instance, 'accept')
  expect(accepted).toMatchObject({ place: 'deciding', revision: 3 })
  await expect(doAction(app, people.decider.actor, instance, 'inspect')).rejects.toMatchObject({ code: 'moved-on' })
})

test('a key that was used for another action is refused', async () => {
  const instance = await openLicence(app)
  const noted = await doAction(app, people.clerk.actor, instance, 'loops.note', { form: { text: 'x' }, key: 'k' })
  await expect(doAction(app, people.clerk.actor, noted, 'accept', { key: 'k' })).rejects.toMatchObject({
    code: 'key-used',
  })
})

test('who accepted may not grant, another person may', async () => {
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  const opinion = { form: { opinion: '同意' } }
  await expect(doAction(app, people.clerk.actor, accepted, 'grant', opinion)).rejects.toMatchObject({
    status: 403,
    code: 'own-work',
  })
  const granted = await doAction(app, people.decider.actor, accepted, 'grant', opinion)
  expect(granted).toMatchObject({ place: 'granted', outcome: 'done', light: 'grey', holders: [] })
  expect(granted.data).toMatchObject({ opinion: '同意', item: '已盖章' })
  expect(granted.headline.zh).toBe('已盖章：张**')
})

test('who has no part in it neither sees nor does anything', async () => {
  const instance = await openLicence(app)
  await expect(doAction(app, people.stranger.actor, instance, 'accept')).rejects.toMatchObject({ status: 404 })
  const actions = await app.app.work(people.stranger.actor, (work) =>
    app.app.use(loops).actionsFor(work, instance.id, people.stranger.actor),
  )
  expect(actions).toEqual([])
})

test('a person may not do what is automatic', async () => {
  const instance = await openLicence(app)
  await expect(doAction(app, people.clerk.actor, instance, 'deemAccepted')).rejects.toMatchObject({ status: 403 })
})

test('a guard that refuses and an effect that breaks leave everything as it was', async () => {
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  seen.isMonday = true
  const grant = () => doAction(app, people.decider.actor, accepted, 'grant', { form: { opinion: '同意' } })
  await expect(grant()).rejects.toMatchObject({ status: 409, words: { zh: '周一不办理' } })
  Object.assign(seen, { isMonday: false, fails: true })
  await expect(grant()).rejects.toThrow('the stamp broke')
  expect(await logOf(accepted.id)).toHaveLength(2)
  seen.fails = false
  expect(await grant()).toMatchObject({ place: 'granted' })
})

test('a form is checked field by field, and missing evidence is named', async () => {
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  await expect(
    doAction(app, people.decider.actor, accepted, 'grant', { form: { opinion: '', more: 1 } }),
  ).rejects.toMatchObject({ issues: [{ path: '/form/more' }, { path: '/form/opinion' }] })
  await expect(doAction(app, people.decider.actor, accepted, 'refuse')).rejects.toMatchObject({
    code: 'evidence-missing',
    issues: [{ path: '/evidence' }],
  })
})

test('what is asked once cannot be asked twice', async () => {
  const asked = await doAction(
    app,
    people.clerk.actor,
    await openLicence(app, { applicant: people.stranger.actor.id }),
    'askOnce',
    {
      form: { missing: '租赁合同' },
    },
  )
  expect(asked).toMatchObject({ place: 'correcting', light: 'grey', due: null })
  const corrected = await doAction(app, people.stranger.actor, asked, 'correct')
  expect(corrected).toMatchObject({ place: 'submitted', light: 'green' })
  await expect(
    doAction(app, people.clerk.actor, corrected, 'askOnce', { form: { missing: '又一样' } }),
  ).rejects.toMatchObject({ status: 409, code: 'not-now' })
})

test('signing keeps a matter with the post; transfer gives it to another with the right; return sends it back', async () => {
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  expect(accepted.holders).toHaveLength(2)
  const signed = await doAction(app, people.decider.actor, accepted, 'loops.sign')
  expect(signed.holders).toEqual([`post:${people.decider.actor.post}`])
  await expect(
    doAction(app, people.decider.actor, signed, 'loops.transfer', {
      form: { to: `post:${people.stranger.actor.post}`, reason: '不对口' },
    }),
  ).rejects.toMatchObject({ issues: [{ path: '/form/to' }] })
  const given = await doAction(app, people.decider.actor, signed, 'loops.transfer', {
    form: { to: `post:${people.clerk.actor.post}`, reason: '对口' },
  })
  expect(given.holders).toEqual([`post:${people.clerk.actor.post}`])
  const back = await doAction(app, people.clerk.actor, given, 'loops.return', { form: { reason: '退回受理' } })
  expect(back).toMatchObject({ place: 'submitted', holders: [`post:${people.clerk.actor.post}`] })
})

test('a head supervises and instructs for the holders alone; the clerk may not', async () => {
  const instance = await openLicence(app)
  const form = { text: '本周办结' }
  await expect(doAction(app, people.clerk.actor, instance, 'loops.supervise', { form })).rejects.toMatchObject({
    status: 403,
  })
  const supervised = await doAction(app, people.head.actor, instance, 'loops.supervise', { form })
  await doAction(app, people.head.actor, supervised, 'loops.instruct', { form: { text: '密', restricted: true } })
  const log = await logOf(instance.id)
  expect(log.at(-1).readers).toEqual([`post:${people.head.actor.post}`, `post:${people.clerk.actor.post}`])
  const watching = await rows(`select holder from loops.inbox where instance = ${instance.id} and state = 'watching'`)
  expect(watching).toEqual([{ holder: `post:${people.head.actor.post}` }])
})

test('an ended matter is taken up again within its time and by right only', async () => {
  const accepted = await doAction(app, people.clerk.actor, await openLicence(app), 'accept')
  const granted = await doAction(app, people.decider.actor, accepted, 'grant', { form: { opinion: '同意' } })
  const form = { reason: '有新材料' }
  await expect(doAction(app, people.decider.actor, granted, 'loops.reopen', { form })).rejects.toMatchObject({
    status: 403,
  })
  now = new Date('2025-11-26T10:00:00+08:00')
  await expect(doAction(app, people.head.actor, granted, 'loops.reopen', { form })).rejects.toMatchObject({
    code: 'too-late',
  })
  now = new Date('2025-10-15T10:00:00+08:00')
  const again = await doAction(app, people.head.actor, granted, 'loops.reopen', { form })
  expect(again).toMatchObject({ place: 'deciding', outcome: null, endedAt: null, light: 'green' })
})

test('the opener evaluates an ended matter, once', async () => {
  const opened = await openLicence(app, {}, people.clerk.actor)
  const accepted = await doAction(app, people.clerk.actor, opened, 'accept')
  const granted = await doAction(app, people.decider.actor, accepted, 'grant', { form: { opinion: '同意' } })
  await expect(
    doAction(app, people.decider.actor, granted, 'loops.evaluate', { form: { stars: 5 } }),
  ).rejects.toMatchObject({ status: 403 })
  const rated = await doAction(app, people.clerk.actor, granted, 'loops.evaluate', { form: { stars: 5 } })
  await expect(
    doAction(app, people.clerk.actor, rated, 'loops.evaluate', { form: { stars: 1 } }),
  ).rejects.toMatchObject({ status: 409 })
})

test('the log cannot be changed or shortened by the program', async () => {
  const instance = await openLicence(app)
  for (const text of ['update loops.action set note = $1', 'delete from loops.action where key <> $1'])
    await expect(app.app.pool.query(text, [instance.id])).rejects.toThrow(/permission denied/)
})
