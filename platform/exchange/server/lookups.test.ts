import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SharedPlan, sharedRows } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import type { Db } from '#runtime'
import { DIVISIONS, idNumber, PERSONS, sharePersons } from './testing/shared-people.ts'

let running: TestApp
let plan: SharedPlan
let statements = 0
let db: Db

beforeAll(async () => {
  running = await testApp()
  await sharePersons(running, 60)
  await asOwner(running.ownerUrl, 'create index on registry_data.shared_person (street)')
  const rows = { division: { is: DIVISIONS[0] } }
  plan = running.app
    .use(sharedRows)
    .plan({ dataset: PERSONS, fields: ['idNumber', 'name', 'street'], whole: ['name'], rows })
  db = running.app.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
})
afterAll(() => running?.stop())

const find = (idNumber: string, more = {}) =>
  plan.rows(db, { where: { idNumber: { is: idNumber } }, limit: 5, ...more })
const namesOf = (answers: readonly (readonly { readonly value: Readonly<Record<string, unknown>> }[])[]) =>
  answers.map((rows) => rows.map(({ value }) => value.name).join())

test('lookups that come at once are few statements, and each has its own answer within the selection', async () => {
  await find(idNumber(0))
  statements = 0
  const numbers = Array.from({ length: 60 }, (_, n) => idNumber(n))
  const answers = await Promise.all([...numbers, '370902199001019999'].map((number) => find(number)))
  const own = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? `张${'甲乙丙丁戊'[n % 5]}${n}` : ''))
  expect(namesOf(answers)).toEqual([...own, ''])
  expect(statements).toBeLessThan(5)
})

test('those that ask for other fields or fewer rows do not get what others asked for', async () => {
  const [all, some, none] = await Promise.all([
    find(idNumber(0)),
    find(idNumber(0), { fields: ['street'] }),
    find(idNumber(0), { limit: 0 }),
  ])
  expect(Object.keys(all?.[0]?.value ?? {})).toEqual(['idNumber', 'name', 'street'])
  expect(some?.map(({ value }) => value)).toEqual([{ street: 'S0' }])
  expect(none).toEqual([])
})

test('one whose value the database refuses fails by itself', async () => {
  const by = (street: string) => plan.rows(running.app.db, { where: { street: { is: street } }, limit: 100 })
  const answers = await Promise.allSettled([by('S0'), by('S\0'), by('S1')])
  expect(answers.map((answer) => ('value' in answer ? answer.value.length : 'refused'))).toEqual([20, 'refused', 0])
})
