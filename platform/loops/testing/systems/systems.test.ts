import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopDefinition, type LoopInstance, loops } from '#platform/loops'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { defineModule, system, words } from '#runtime'
import { platformModules } from '../../../modules.ts'
import { demand, gridEvent, keyWork, project, reading, share } from './city.ts'
import { criminalCase, dispute, inspection, service } from './law.ts'
import { RIGHTS } from './parts.ts'

const all = [keyWork, inspection, criminalCase, gridEvent, dispute, service, share, demand, reading, project]
const cities = defineModule({
  id: 'cities',
  title: words('城市', 'City'),
  about: words('八个系统的流程', 'Loops of eight systems'),
  needs: ['loops'],
  folder: '/none',
  rights: RIGHTS.map((id) => ({ id: `cities.${id}`, title: words(id, id) })),
  loops: all,
})
const UNIT = 'county.370902.ecology'

let app: TestApp
let people: Record<string, SignedInClient>
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, cities] })
  people = {}
  for (const right of RIGHTS)
    people[right] = await client(app, { rights: { [`cities.${right}`]: 'city' }, organisation: UNIT })
})
afterAll(() => app.stop())

const work = <T>(actor: SignedInClient['actor'], run: Parameters<typeof app.app.work<T>>[1]) => app.app.work(actor, run)

/** Opens a matter and does `who action` one after the other; `*` is the platform itself, `!` that it is refused. */
async function run(definition: LoopDefinition, data: object, steps: string): Promise<LoopInstance> {
  const service = app.app.use(loops)
  let matter = await work(system('cities'), (unit) =>
    service.open(unit, {
      definition: definition.id,
      key: randomUUID(),
      data: { name: '某事', division: '370902', ...data },
    }),
  )
  for (const step of steps.split(',')) {
    const [who = '', name = ''] = step.trim().split(' ')
    const action = name.replace('!', '')
    const actor = who === '*' ? system('cities') : people[who]?.actor
    if (!actor) throw new TypeError(`Nobody is ${who}`)
    const evidence = definition.actions[action]?.evidence ? [await file(who)] : undefined
    const form = definition.actions[action]?.form ? { text: '说明' } : undefined
    const doing = work(actor, (unit) =>
      service.act(unit, {
        instance: matter.id,
        action,
        revision: matter.revision,
        key: randomUUID(),
        ...(form ? { form } : {}),
        ...(evidence ? { evidence } : {}),
      }),
    )
    if (name.startsWith('!')) await expect(doing).rejects.toMatchObject({ status: expect.any(Number) })
    else matter = await doing
  }
  return matter
}

async function file(who: string): Promise<string> {
  const body = new FormData()
  body.set('file', new Blob([`proof ${randomUUID()}`], { type: 'text/plain' }), 'proof.txt')
  const headers = { cookie: people[who]?.cookie ?? '' }
  const answer = await fetch(`${app.address}/api/files`, { method: 'POST', headers, body })
  const { id } = (await answer.json()) as { id?: string }
  if (!id) throw new TypeError(`The file was not kept: ${answer.status}`)
  return id
}

const paths: readonly (readonly [string, LoopDefinition, object, string])[] = [
  [
    '1.1 key work',
    keyWork,
    { due: '2030-06-30' },
    'first begin,first report,first !passed,second passed,first object,third reviewed',
  ],
  [
    '1.1 by a live indicator',
    keyWork,
    { due: '2030-06-30' },
    'first begin,first report,second measure,* measured,first accepted',
  ],
  [
    '3.8 inspection',
    inspection,
    {},
    'first !scan,* scan,first mend,first !recheck,first file,second review,third punish',
  ],
  [
    '4.1 criminal case',
    criminalCase,
    {},
    'first request,second arrest,first transfer,second supplement,first again,second supplement,first again,second !supplement,second prosecute,third judge',
  ],
  [
    '4.2 grid event',
    gridEvent,
    { category: '井盖', term: '1hwd' },
    'third send,first handled,second again,first handled,second passed',
  ],
  ['4.3 dispute', dispute, {}, 'first accept,second agree,second confirm,second perform'],
  [
    '5.5 demand',
    demand,
    { unit: UNIT, topic: '噪声' },
    'first answer,second notSolved,first answer,first !solved,second solved',
  ],
  ['9.3 reading', reading, { turnaround: '30min' }, 'first read,second back,first read,second sign'],
  ['14.1 project', project, {}, 'first submit,second approve,first finish,second accept,* evaluate,third archive'],
]

test.each(paths)('%s runs from its beginning to its end by those who may', async (_, definition, data, steps) => {
  expect(await run(definition, data, steps)).toMatchObject({ outcome: 'done', light: 'grey' })
})

test('5.1 a service case waits for all units, who share its term', async () => {
  const matter = await run(service, { units: [UNIT, 'county.370911.ecology'] }, 'first accept')
  const { rows } = await asOwner(
    app.ownerUrl,
    `select id, due from loops.instance where parent = ${matter.id} order by id`,
  )
  expect(rows.map(({ due }) => due)).toEqual([matter.due, matter.due])
  for (const { id } of rows)
    await work(system('cities'), (unit) =>
      app.app.use(loops).act(unit, { instance: String(id), action: 'decide', revision: 1, key: randomUUID() }),
    )
  const joined = await work(system('cities'), (unit) => app.app.use(loops).get(unit, matter.id))
  expect(joined).toMatchObject({ place: 'delivering' })
})

test('custody is counted in natural days and never waits for a working day', async () => {
  const matter = await run(criminalCase, {}, 'first request')
  expect(matter.due?.getTime()).toBeLessThanOrEqual(matter.openedAt.getTime() + 8 * 86_400_000)
})
