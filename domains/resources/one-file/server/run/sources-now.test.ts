import { afterAll, beforeAll, expect, test } from 'vitest'
import { registry } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { citizenNumber, datasetOf, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'
import { countChanges } from './find-changes.ts'
import { mayBegin } from './may-begin.ts'
import { lookAgain } from './records.ts'
import { runMatching } from './run-matching.ts'
import { EVERYTHING, sourcesNow } from './sources-now.ts'

const signal = new AbortController().signal
let running: TestApp
const numbers = Array.from({ length: 60 }, (_, n) => citizenNumber('19700101', String(100 + 2 * n)))
const names = '赵钱孙李周吴郑王冯陈'
const person = (n: number, more = {}) => ({
  number: numbers[n],
  name: `${names[n % 10]}${names[(n >> 3) % 10]}明`,
  sex: '2',
  bornOn: '1970-01-01',
  household: String(n).padStart(9, '0'),
  relation: '0',
  address: `山东省泰安市泰山区岱庙街道龙山路${n}号`,
  division: '370902001005',
  ...more,
})
const insured = (n: number, more = {}) => ({
  member: `Y${n}`,
  name: `${names[n % 10]}${names[(n >> 3) % 10]}明`,
  sex: '2',
  number: numbers[n],
  bornOn: '1970-01-01',
  kind: '居民',
  ...more,
})
const all = Array.from(numbers, (_, n) => n)

beforeAll(async () => {
  running = await testApp({ demo: true })
  await writeRows(
    running,
    'base.resident',
    all.map((n) => person(n)),
  )
  await writeRows(
    running,
    'base.medical-insured',
    all.map((n) => insured(n)),
  )
  await settle(running.app)
}, 180_000)
afterAll(() => running.stop())

/** Sources of which the next run looks through more than nothing. */
const changed = async () => [...(await sourcesNow(running.app)).changed.keys()].map(({ dataset }) => dataset)

/** Transactions that began before what was noted may still be open for a moment. */
async function quiet() {
  while ((await changed()).length > 0) await runMatching(running.app, signal)
}

/** Every record with its entity, told by the first record of it. */
async function files() {
  const { rows } = await asOwner(
    running.ownerUrl,
    `select dataset, row::int, part, version::int, kind,
      first_value(dataset || '/' || row) over (partition by entity, kind order by dataset, row, part) as whose
    from one_file.record order by dataset, row, part`,
  )
  return rows
}

const wholeRuns = async () =>
  (await asOwner(running.ownerUrl, `select count(*) from one_file.run where is_whole and state = 'done'`)).rows[0].count

/** The files as runs leave them that look at what has changed are those of a run that looks at everything. */
async function expectWhole() {
  await settle(running.app)
  const some = await files()
  const before = await wholeRuns()
  while ((await wholeRuns()) === before) await runMatching(running.app, signal, { whole: true })
  expect(some).toEqual(await files())
  await quiet()
}

test('after the first run every source is known, and nothing is looked through again', async () => {
  expect(await files()).toHaveLength(120)
  await expectWhole()
  expect(await changed()).toEqual([])
})

test('a change in one source: that one is looked through', async () => {
  await writeRows(running, 'base.medical-insured', [insured(3, { number: numbers[4] }), insured(5, { kind: '职工' })])
  expect(await changed()).toEqual(['base.medical-insured'])
  await expectWhole()
})

test('a row that is gone', async () => {
  await running.app.work(system('test'), (work) =>
    running.app.use(registry).remove(work, datasetOf('base.resident'), [{ number: numbers[7] }]),
  )
  expect(await changed()).toEqual(['base.resident'])
  await settle(running.app)
  expect(await files()).toHaveLength(119)
  await expectWhole()
})

test('a row that is gone while another one came', async () => {
  await running.app.work(system('test'), async (work) => {
    await running.app.use(registry).remove(work, datasetOf('base.resident'), [{ number: numbers[8] }])
    await running.app.use(registry).write(work, datasetOf('base.resident'), [person(7)])
  })
  expect(await changed()).toEqual(['base.resident'])
  await settle(running.app)
  expect(await files()).toHaveLength(119)
  await expectWhole()
})

test('a transaction that began before a run and is confirmed after it is not missed', async () => {
  let [goOn, isWritten] = [() => {}, () => {}]
  const written = new Promise<void>((done) => {
    isWritten = done
  })
  const open = running.app.work(system('test'), async (work) => {
    await running.app.use(registry).write(work, datasetOf('base.resident'), [person(11, { sex: '1' })])
    isWritten()
    await new Promise<void>((done) => {
      goOn = done
    })
  })
  await written
  await writeRows(running, 'base.medical-insured', [insured(12, { kind: '职工' })])
  await settle(running.app)
  goOn()
  await open
  expect(await changed()).toContain('base.resident')
  await expectWhole()
})

test('a source that no run has seen', async () => {
  await asOwner(
    running.ownerUrl,
    `delete from one_file.record where dataset = 'base.medical-insured';
      delete from one_file.source_seen where dataset = 'base.medical-insured'`,
  )
  expect(await changed()).toEqual(['base.medical-insured'])
  await settle(running.app)
  expect(await files()).toHaveLength(119)
  await expectWhole()
})

test('rows that are to be looked at again are, although their source has not changed', async () => {
  const [ref] = await files()
  await running.app.work(system('test'), (work) => lookAgain(work, [ref]))
  expect(await changed()).toEqual([])
  expect(await countChanges(running.app, running.app.db, new Map())).toBe(1)
  await settle(running.app)
  expect(await countChanges(running.app, running.app.db, EVERYTHING)).toBe(0)
})

test('a run that is cut short notes nothing', async () => {
  await quiet()
  await writeRows(running, 'base.resident', [person(9, { household: '000000010' })])
  await expect(runMatching(running.app, AbortSignal.abort())).rejects.toThrow('aborted')
  expect(await changed()).toEqual(['base.resident'])
  await expectWhole()
})

test('a run waits while a source is imported, for an hour at most, and not for imports of other tables', async () => {
  const imported = (dataset: string) =>
    asOwner(
      running.ownerUrl,
      `with f as (insert into registry.file (sm3, name, size, by, organisation, at)
        values (repeat(md5('${dataset}'), 2), 'x.csv', 1, 'x', 'city', now()) returning sm3)
      insert into registry.load (dataset, file, file_name, reading, columns, state, bytes, by, organisation, started_at, moved_at)
      select '${dataset}', sm3, 'x.csv', '{}', '[]', 'loading', 1, 'x', 'city', now(), now() from f`,
    )
  await imported('city.division')
  expect(await mayBegin(running.app)).toBe(true)
  await imported('base.resident')
  expect(await mayBegin(running.app)).toBe(false)
  await asOwner(running.ownerUrl, `update one_file.run set ended_at = ended_at - interval '61 minutes'`)
  expect(await mayBegin(running.app)).toBe(true)
})
