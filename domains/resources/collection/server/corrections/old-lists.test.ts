import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { correctionLists } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system, type Work } from '#runtime'
import { checkDataset } from '../quality/check-dataset.ts'
import { type Bench, bench, modules, NUMBER } from '../testing.ts'

let running: TestApp
let on: Bench
beforeAll(async () => {
  running = await testApp({ modules: await modules() })
  on = await bench(running)
})
afterAll(() => running.stop())

const FEED = system('sources.market.stalls')
const HEADER = '编号,摊主,身份证号,电话,面积,开业日期'
const row = (code: string, area = '很大') => `${code},李四,${NUMBER},13800138000,${area},2020-01-01`
const deliver = (...rows: string[]) => on.deliver([HEADER, ...rows, ''].join('\n'), FEED)
const ask = <T>(about: (work: Work) => Promise<T>): Promise<T> => running.app.work(system('test'), about)
const lists = () => ask((work) => running.app.use(correctionLists).all(work, on.dataset.id))
const owner = (statement: string) => asOwner(running.ownerUrl, statement)
const matters = async () =>
  (
    await owner(
      `select loop, rule, load, outcome from collection.correction where rule like 'refused:%' and load is not null`,
    )
  ).rows

const migration = (path: string) => readFile(new URL(`../../../../../${path}`, import.meta.url), 'utf8')

test('rows refused when each import had a list of its own keep what was decided, stand once, and are closed by delivering them', async () => {
  const waived = await deliver(row('S1'))
  const allowed = await deliver(row('S2'))
  const before = await deliver(row('S1'), row('S3'), row('S4'))
  const last = await deliver(row('S3'), row('S5'), row('S6', '9'))
  await vi.waitFor(async () => expect(await matters()).toMatchObject([{ load: last }]), { timeout: 30_000 })
  const [{ loop }] = await matters()

  // The table and the matters as they were then; cells are those of the rows that were refused just now.
  await owner(`
    create temp table known as select load, line, cells, reasons from registry.correction where dataset = '${on.dataset.id}';
    delete from registry.correction;
    alter table registry.correction drop column deliverer, drop column key, drop column content, drop column came,
      drop constraint correction_state_check, add unique (dataset, file, line),
      add constraint correction_state_check check (state in ('open', 'corrected', 'dropped'));
    drop index registry.correction_file;
    insert into registry.correction (dataset, file, load, line, cells, reasons, state, by, at)
    select l.dataset, l.file, l.id, v.line, k.cells, k.reasons, v.state, v.by, case when v.by is not null then now() end
    from (values
      (1, ${waived}, 2, ${before}, 2, 'open', null),
      (2, ${allowed}, 2, ${allowed}, 2, 'dropped', 'wang'),
      (3, ${before}, 2, ${before}, 2, 'open', null),
      (4, ${before}, 3, ${last}, 2, 'open', null),
      (5, ${before}, 4, ${before}, 4, 'corrected', 'system:collection.check'),
      (6, ${last}, 2, ${last}, 2, 'open', null),
      (7, ${last}, 3, ${last}, 3, 'dropped', 'wang')) v (n, load, line, known_load, known_line, state, by)
    join registry.load l on l.id = v.load join known k on k.load = v.known_load and k.line = v.known_line order by v.n;
    update collection.correction set rule = 'load:${last}' where loop = '${loop}';
    insert into collection.correction (loop, dataset, rule, load, source, opened_at, ended_at, outcome, first_bad, last_bad)
    values ('900001', '${on.dataset.id}', 'load:${waived}', ${waived}, 'city.market', now(), now(), 'waived', 1, 1),
      ('900002', '${on.dataset.id}', 'load:${allowed}', ${allowed}, 'city.market', now(), now(), 'closed', 1, 1);
    ${await migration('platform/registry/migrations/0013-refused-rows.sql')}
    ${await migration('domains/resources/collection/migrations/0007-one-list-a-deliverer.sql')}`)
  const job = 'registry.old-refusals'
  await ask(async (work) => work.enqueue(job, {}, { key: job }))
  const isDone = `select bool_and(content is not null or state = 'superseded') as done from registry.correction`
  await expect.poll(async () => (await owner(isDone)).rows, { timeout: 30_000 }).toEqual([{ done: true }])

  expect(await matters()).toMatchObject([{ loop }])
  expect(await lists()).toMatchObject([{ deliverer: FEED.id, load: last, open: 1, dropped: 1 }])
  await ask((work) => running.app.use(correctionLists).takeBack(work, last))
  expect(await lists()).toMatchObject([{ open: 2, dropped: 0 }])
  await deliver(row('S1'), row('S2'), row('S4'), row('S3', '30'), row('S5', '30'))
  expect(await lists()).toMatchObject([{ open: 1, dropped: 0 }])
  await deliver(row('S1'), row('S2'), row('S4', '30'))
  expect(await lists()).toEqual([])
  await checkDataset(running.app, on.dataset.id)
  expect(await matters()).toMatchObject([{ loop, outcome: 'closed' }])
}, 120_000)
