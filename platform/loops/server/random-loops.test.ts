import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Action, loop, loops, type Place } from '#platform/loops'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { defineModule, ProductError, words } from '#runtime'
import { platformModules } from '../../modules.ts'
import { mistakesIn } from '../check-definition.ts'
import { type Answer, HOUR, Model } from '../testing/model.ts'

const RIGHTS = ['chance.a', 'chance.b'] as const
/** Of each of the three people. */
const HELD: readonly (readonly string[])[] = [['chance.a'], ['chance.b'], ['chance.a', 'chance.b']]
const known = { rights: new Set<string>(RIGHTS), definitions: new Map() }
const ACTIONS = Array.from({ length: 14 }, (_, i) => `a${i}`)
const GENERIC = ['loops.sign', 'loops.return', 'loops.note', 'loops.pause', 'loops.resume', 'loops.extend']

/** What a clock does at its limit and so many hours after the step before: it notes something, or takes the matter elsewhere. */
const step = fc.record({ after: fc.integer({ min: 1, max: 8 }), leadsTo: fc.option(fc.nat(6)) })

/** Definitions of any shape; those with mistakes are what the check is for, the others must run. */
const definitions = fc
  .record({
    places: fc.array(
      fc.record({
        kind: fc.constantFrom<Place['kind']>('open', 'open', 'waiting'),
        right: fc.constantFrom(...RIGHTS),
        hours: fc.option(fc.integer({ min: 1, max: 40 }), { freq: 3 }),
        steps: fc.array(step, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    actions: fc.array(
      fc.record({
        from: fc.nat(6),
        to: fc.option(fc.nat(6)),
        right: fc.option(fc.constantFrom(...RIGHTS)),
        times: fc.option(fc.integer({ min: 1, max: 2 })),
        notBy: fc.option(fc.constantFrom(...ACTIONS.slice(0, 4))),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    star: fc.boolean(),
    clock: fc.option(
      fc.record({
        hours: fc.integer({ min: 1, max: 60 }),
        pausable: fc.constantFrom(true, true, false),
        extendable: fc.boolean(),
        steps: fc.array(step, { maxLength: 2 }),
      }),
    ),
  })
  .map(({ places: shapes, actions: edges, star, clock }) => {
    const names = [...shapes.map((_, i) => `p${i}`), 'end']
    const nameAt = (n: number) => names[n % names.length] ?? 'end'
    const title = words('甲', 'A')
    const places: Record<string, Place> = { end: { title, kind: 'end', outcome: 'done' } }
    const actions: Record<string, Action> = {}
    const stepsFor = (
      name: string,
      from: Action['from'],
      steps: readonly { after: number; leadsTo: number | null }[],
    ) => {
      let hours = 0
      return steps.map(({ after, leadsTo }, n) => {
        const act = `${name}${n}`
        actions[act] = { title, from, automatic: 'clock', ...(leadsTo === null ? {} : { to: nameAt(leadsTo) }) }
        hours += n === 0 ? 0 : after
        return { act, ...(hours === 0 ? {} : { after: `${hours}h` }) }
      })
    }
    for (const [i, { kind, right, hours, steps }] of shapes.entries()) {
      places[`p${i}`] = {
        title,
        kind,
        ...(kind === 'open' ? { assign: { right } } : {}),
        ...(hours === null ? {} : { clock: { limit: `${hours}h`, atLimit: stepsFor(`auto${i}x`, [`p${i}`], steps) } }),
      }
    }
    for (const [i, { from, to, right, times, notBy }] of edges.entries())
      actions[`a${i}`] = {
        title,
        from: star && i === 0 ? '*' : [`p${from % shapes.length}`],
        ...(to === null ? {} : { to: nameAt(to) }),
        ...(right === null ? {} : { who: { right } }),
        ...(times === null ? {} : { times }),
        ...(notBy === null || Number(notBy.slice(1)) >= edges.length ? {} : { notBy: [notBy] }),
      }
    return loop({
      id: 'chance.d',
      version: 1,
      title,
      headline: words('{name}', '{name}'),
      data: Type.Object({ name: Type.String() }),
      start: 'p0',
      places,
      actions,
      ...(clock === null
        ? {}
        : {
            clock: {
              limit: `${clock.hours}h`,
              atLimit: stepsFor('late', '*', clock.steps),
              pausable: clock.pausable,
              ...(clock.extendable ? { extension: { by: '7h', who: { right: 'chance.b' } } } : {}),
            },
          }),
    })
  })

const sample = fc
  .sample(definitions, { seed: 20260301, numRuns: 600 })
  .map((definition, i) => ({ ...definition, id: `chance.d${i}` }))
const sound = sample.filter((definition) => mistakesIn(definition, known).length === 0).slice(0, 24)

const BEGIN = new Date('2026-03-02T10:00:00+08:00')
let now = BEGIN
let app: TestApp
let people: SignedInClient[]
beforeAll(async () => {
  const chance = defineModule({
    id: 'chance',
    title: words('随机', 'Chance'),
    about: words('随机流程', 'Random loops'),
    needs: ['loops'],
    folder: '/none',
    rights: RIGHTS.map((id) => ({ id, title: words('办理', 'Handle') })),
    loops: sound,
  })
  app = await testApp({ modules: [...platformModules, chance], now: () => now })
  people = []
  for (const rights of HELD)
    people.push(
      await client(app, { rights: Object.fromEntries([...rights, 'loops.supervise'].map((id) => [id, 'city'])) }),
    )
})
afterAll(() => app.stop())

const time = fc.record({ hours: fc.integer({ min: 1, max: 30 }) })
const deed = fc.record({
  action: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ACTIONS) },
    { weight: 2, arbitrary: fc.constantFrom(...GENERIC) },
  ),
  person: fc.nat(2),
  repeat: fc.integer({ min: 1, max: 3 }),
  stale: fc.boolean(),
})
/** A clock that has taken some of its steps is stopped, and goes on later. */
const rest = fc.tuple(time, fc.nat(2), time, time).map(([before, person, during, after]) => {
  const by = (action: string) => ({ action, person, repeat: 1, stale: false })
  return [before, by('loops.pause'), during, by('loops.resume'), after]
})
const steps = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: deed.map((one) => [one]) },
      { weight: 1, arbitrary: time.map((one) => [one]) },
      { weight: 1, arbitrary: rest },
    ),
    { minLength: 4, maxLength: 14 },
  )
  .map((parts) => parts.flat())

const FORMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'loops.note': { text: 'n' },
  ...Object.fromEntries(['return', 'pause', 'resume', 'extend'].map((name) => [`loops.${name}`, { reason: 'r' }])),
}

test('the check finds sound definitions among random ones, and refuses others', () => {
  expect(sound).toHaveLength(24)
  expect(sample.some((definition) => mistakesIn(definition, known).length > 0)).toBe(true)
})

test('whatever is done by whomever and whenever in whatever definition, engine and reference agree', async () => {
  const service = app.app.use(loops)
  const actor = (n: number) => (people[n] as SignedInClient).actor
  const postOf = (n: number) => `post:${actor(n).post}`
  const met = new Set<Answer | 'clock'>()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sound), steps, async (definition, todo) => {
      now = BEGIN
      const { id } = await app.app.work(actor(0), (work) =>
        service.open(work, { definition: definition.id, key: randomUUID(), data: { name: 'x' } }),
      )
      const model = new Model(definition, HELD, now.getTime())
      const get = () => app.app.work(actor(2), (work) => service.get(work, id))
      const compare = async () => {
        const { place, revision, holders, due, endedAt } = await get()
        expect({ place, revision, holders: [...holders].sort(), due, isEnded: endedAt !== null }).toEqual({
          place: model.place,
          revision: model.revision,
          holders: model.holders.map(({ person }) => postOf(person)).sort(),
          due: model.due === null ? null : new Date(model.due),
          isEnded: model.isEnded,
        })
      }
      await compare()
      for (const step of todo) {
        if ('hours' in step) {
          now = new Date(now.getTime() + step.hours * HOUR)
        } else {
          const { action, person, repeat, stale } = step
          const wanted = { action, instance: id, revision: model.revision - (stale ? 1 : 0), key: randomUUID() }
          const form = FORMS[action]
          const send = () =>
            app.app.work(actor(person), (work) => service.act(work, { ...wanted, ...(form ? { form } : {}) }))
          const answers = await Promise.allSettled(Array.from({ length: repeat }, send))
          const expected = model.act(action, person, wanted.revision, now.getTime())
          met.add(expected)
          expect(answers.map(statusOf)).toEqual(answers.map(() => expected))
        }
        // Also what somebody does can make a step due, such as resuming a clock whose limit is past.
        if (model.pass(now.getTime())) {
          met.add('clock')
          await expect.poll(async () => (await get()).revision, { timeout: 20_000, interval: 50 }).toBe(model.revision)
        }
        await compare()
      }
      await logExplains(id, model)
    }),
    // A shorter example would take minutes to find: each try waits for clocks.
    { numRuns: 60, seed: 7, endOnFailure: true },
  )
  expect(met).toEqual(new Set(['done', 403, 404, 409, 'clock']))
}, 300_000)

function statusOf(answer: PromiseSettledResult<unknown>): Answer {
  if (answer.status === 'fulfilled') return 'done'
  if (answer.reason instanceof ProductError) return answer.reason.status as Answer
  throw answer.reason
}

/** The log is without gaps, each line begins where the one before ended, and the inbox agrees with the holders. */
async function logExplains(id: string, model: Model): Promise<void> {
  const { rows } = await asOwner(
    app.ownerUrl,
    `select revision, from_place, to_place from loops.action where instance = ${id} order by revision`,
  )
  expect(rows.map(({ revision }) => revision)).toEqual(Array.from({ length: model.revision }, (_, i) => i + 1))
  for (const [i, row] of rows.entries()) if (i > 0) expect(row.from_place).toBe(rows[i - 1].to_place)
  expect(rows.at(-1).to_place).toBe(model.place)
  const { rows: todo } = await asOwner(
    app.ownerUrl,
    `select holder from loops.inbox where instance = ${id} and state = 'todo'`,
  )
  const posts = model.holders.map(({ person }) => `post:${people[person]?.actor.post}`)
  expect(todo.map(({ holder }) => holder).sort()).toEqual(posts.sort())
}
