import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Action, type LoopDefinition, loop, loops, type Place } from '#platform/loops'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { defineModule, ProductError, words } from '#runtime'
import { platformModules } from '../../modules.ts'
import { mistakesIn } from '../check-definition.ts'

const RIGHT = 'chance.handle'
const known = { rights: new Set([RIGHT]), definitions: new Map() }

/** Definitions of any shape; those with mistakes are what the check is for, the others must run. */
const definitions = fc
  .record({
    kinds: fc.array(fc.constantFrom<Place['kind']>('open', 'open', 'waiting'), { minLength: 1, maxLength: 5 }),
    edges: fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.boolean()), { minLength: 1, maxLength: 14 }),
    star: fc.boolean(),
  })
  .map(({ kinds, edges, star }) => {
    const names = [...kinds.map((_, i) => `p${i}`), 'end']
    const title = words('甲', 'A')
    const places: Record<string, Place> = { end: { title, kind: 'end', outcome: 'done' } }
    for (const [i, kind] of kinds.entries())
      places[`p${i}`] = {
        title,
        kind,
        ...(kind === 'open' ? { assign: { right: RIGHT } } : {}),
        clock: { limit: '5wd' },
      }
    const actions: Record<string, Action> = {}
    for (const [i, [from, to, stays]] of edges.entries()) {
      const target = names[to % names.length] ?? 'end'
      const source = names[from % kinds.length] ?? 'p0'
      actions[`a${i}`] = {
        title,
        from: star && i === 0 ? '*' : [source],
        who: { right: RIGHT },
        ...(stays ? {} : { to: target }),
      }
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
    })
  })

const sample = fc
  .sample(definitions, { seed: 20260301, numRuns: 400 })
  .map((definition, i) => ({ ...definition, id: `chance.d${i}` }))
const sound = sample.filter((definition) => mistakesIn(definition, known).length === 0).slice(0, 12)

let app: TestApp
let people: SignedInClient[]
beforeAll(async () => {
  const chance = defineModule({
    id: 'chance',
    title: words('随机', 'Chance'),
    about: words('随机流程', 'Random loops'),
    needs: ['loops'],
    folder: '/none',
    rights: [{ id: RIGHT, title: words('办理', 'Handle') }],
    loops: sound,
  })
  app = await testApp({ modules: [...platformModules, chance] })
  const make = () => client(app, { rights: { [RIGHT]: 'city', 'loops.supervise': 'city' } })
  people = [await make(), await make(), await make()]
})
afterAll(() => app.stop())

/** What a matter should look like, kept beside it: where it is, and how often something was done. */
interface Model {
  place: string
  revision: number
}

const steps = fc.array(
  fc.record({
    action: fc.constantFrom(
      ...Array.from({ length: 14 }, (_, i) => `a${i}`),
      'loops.sign',
      'loops.return',
      'loops.note',
    ),
    person: fc.nat(2),
    repeat: fc.integer({ min: 1, max: 3 }),
    stale: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

test('the check finds sound definitions among random ones, and refuses others', () => {
  expect(sound).toHaveLength(12)
  expect(sample.some((definition) => mistakesIn(definition, known).length > 0)).toBe(true)
})

test('whatever is done by whomever in whatever definition, a matter is in one place and its log explains it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sound), steps, async (definition, todo) => {
      const service = app.app.use(loops)
      const actor = (n: number) => (people[n] ?? (people[0] as SignedInClient)).actor
      const opened = await app.app.work(actor(0), (work) =>
        service.open(work, { definition: definition.id, key: randomUUID(), data: { name: 'x' } }),
      )
      const model: Model = { place: 'p0', revision: 1 }
      for (const { action, person, repeat, stale } of todo) {
        const seen = stale ? model.revision - 1 : model.revision
        const key = randomUUID()
        const before = model.revision
        const send = () =>
          app.app.work(actor(person), (work) =>
            service.act(work, {
              instance: opened.id,
              action,
              revision: seen,
              key,
              ...(action === 'loops.note' ? { form: { text: 'n' } } : {}),
              ...(action === 'loops.return' ? { form: { reason: 'r' } } : {}),
            }),
          )
        const answers = await Promise.allSettled(Array.from({ length: repeat }, send))
        for (const answer of answers)
          if (answer.status === 'rejected' && !(answer.reason instanceof ProductError)) throw answer.reason
        const now = await app.app.work(actor(0), (work) => service.get(work, opened.id))
        expect(now.revision - before).toBeLessThanOrEqual(1)
        const done = answers.filter((answer) => answer.status === 'fulfilled')
        expect(done.length).toBe(now.revision === before ? 0 : repeat)
        follow(definition, model, action, now.revision > before, now.place)
        expect({ place: now.place, revision: now.revision }).toEqual(model)
        expect(now.endedAt !== null).toBe(definition.places[now.place]?.kind === 'end')
      }
      await logExplains(opened.id, model)
    }),
    { numRuns: 40, seed: 7 },
  )
}, 60_000)

/** What the definition alone says that an action does. */
function follow(definition: LoopDefinition, model: Model, action: string, happened: boolean, place: string): void {
  if (!happened) return
  model.revision += 1
  const declared = definition.actions[action]
  if (action === 'loops.return') model.place = place
  else if (typeof declared?.to === 'string') model.place = declared.to
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
  const { rows: differences } = await asOwner(
    app.ownerUrl,
    `select holder from loops.inbox where instance = ${id} and state = 'todo'
     except select h ->> 'who' from loops.instance, jsonb_array_elements(holders) h where id = ${id}`,
  )
  expect(differences).toEqual([])
}
