import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { platformModules } from '../../../modules.ts'
import { openLicence, trialPeople } from '../../testing/bench-of-people.ts'
import { trialModule } from '../../testing/trial.ts'

let app: TestApp
let clerk: SignedInClient
let stranger: SignedInClient
const made = new Map<string, string>()

beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule] })
  const people = await trialPeople(app)
  clerk = people.clerk
  stranger = people.stranger
  for (const item of ['泰山区黑臭水体', 'Café O’Hara’s 100%', `it's a \\ back`, '鑫', '🌾🌽麦', '第20260003167号'])
    made.set(item, (await openLicence(app, { item })).id)
})
afterAll(() => app.stop())

const found = async (person: SignedInClient, path: string, text: string): Promise<string[]> => {
  const answer = await person.get(`${path}?text=${encodeURIComponent(text)}`)
  expect(answer.status).toBe(200)
  return answer.body.rows.map(({ id }: { id: string }) => id)
}
const all = [
  ['黑臭', '泰山区黑臭水体'],
  ['臭', '泰山区黑臭水体'],
  ['体', '泰山区黑臭水体'],
  ['鑫', '鑫'],
  ['CAFÉ', 'Café O’Hara’s 100%'],
  ['é o', 'Café O’Hara’s 100%'],
  ['100%', 'Café O’Hara’s 100%'],
  ["'", `it's a \\ back`],
  ["it's a \\", `it's a \\ back`],
  ['🌽麦', '🌾🌽麦'],
  ['第20260003167号', '第20260003167号'],
  ['20260003167', '第20260003167号'],
  ['60003', '第20260003167号'],
  ['3167号', '第20260003167号'],
  ['167号', '第20260003167号'],
  ['第2', '第20260003167号'],
] as const

test.each(all)('%s is found in %s, in the inbox and among all matters', async (text, item) => {
  for (const path of ['/api/loops', '/api/loops/inbox'])
    expect(await found(clerk, path, text)).toEqual([made.get(item)])
})

test.each(['臭黑', '泰水', '100_', '_', '黑 臭', '\\\\', '31670', '第0003', '02600031670'])(
  '%s is no part of a headline',
  async (text) => {
    expect(await found(clerk, '/api/loops', text)).toEqual([])
  },
)

test('who may not read a matter does not find it', async () => {
  expect(await found(stranger, '/api/loops', '黑臭')).toEqual([])
})

test('the index of texts gives what looking through the newest would', async () => {
  const { rows } = await asOwner(
    app.ownerUrl,
    `select (loops.grams('n12345', 'n12345') @@ '''1234'' & ''2345'' & ''n1'''::tsquery) as number,
       (loops.grams('ab', 'ab') @@ '''ab'''::tsquery) as pair, (loops.grams('ab', 'ab') @@ '''b'':*'::tsquery) as last,
       (loops.grams('甲', 'Yi') @@ '''yi'''::tsquery) as english, (loops.grams('', '') @@ '''a'':*'::tsquery) as empty`,
  )
  expect(rows).toEqual([{ number: true, pair: true, last: true, english: true, empty: false }])
})

test('of very many the counts are those that are due first, and say so', async () => {
  const before = await clerk.get('/api/loops/inbox/counts')
  expect(before.body).toMatchObject({ total: made.size, more: false })
  const holder = `account:${(await clerk.get('/api/session')).body.account}`
  const fill = async (from: number, to: number) =>
    asOwner(
      app.ownerUrl,
      `set session_replication_role = replica;
       insert into loops.inbox (instance, holder, state, definition, headline, due, at)
       select 1000000 + n, '${holder}', 'todo', 'trial.licence', 'x', now() - interval '1 day', now()
       from generate_series(${from}, ${to}) n`,
    )
  await fill(1, 10_000)
  const full = await clerk.get('/api/loops/inbox/counts')
  expect(full.body).toMatchObject({ total: 10_000 + made.size, more: false, byLight: { red: 10_000 } })
  await fill(10_001, 10_001)
  const over = await clerk.get('/api/loops/inbox/counts')
  expect(over.body).toMatchObject({ total: 10_000 + made.size, more: true, byLight: { red: 10_000 } })
})
