import { setTimeout as sleep } from 'node:timers/promises'
import { type DatasetDefinition, dataDesk } from '#platform/registry'
import { asOwner, type TestApp, type TestAppOptions, testApp } from '#platform/testing'
import { system } from '#runtime'
import { analyticsModule } from '../../../analytics/module.ts'
import { documentsModule } from '../../../documents/module.ts'
import { identityModule } from '../../../identity/module.ts'
import { noticesModule } from '../../../notices/module.ts'
import { registryModule } from '../../../registry/module.ts'
import { type FeedDefinition, type RunReport, type SourceDefinition, sources } from '../../contract.ts'
import { sourcesModule } from '../../module.ts'

/** The program with no more than what collects: starting all systems would take longer than the tests. */
export const collectingApp = (options: TestAppOptions = {}): Promise<TestApp> =>
  testApp({
    modules: [identityModule, documentsModule, registryModule, noticesModule, analyticsModule, sourcesModule],
    ...options,
  })

const words = (zh: string, en: string) => ({ zh, en })
const actor = system('test')

const definition: DatasetDefinition = {
  name: 'pensioner',
  title: words('养老金领取人', 'Pensioners'),
  about: words('测试用', 'For tests'),
  source: 'city.human-resources',
  fields: [
    { name: 'number', kind: 'text', title: words('个人编号', 'Number'), required: true, aliases: ['number'] },
    { name: 'name', kind: 'text', title: words('姓名', 'Name'), required: true, personal: true, mask: 'name' },
    { name: 'amount', kind: 'decimal', title: words('月养老金', 'Monthly pension'), aliases: ['amount'] },
    { name: 'state', kind: 'text', title: words('状态', 'State'), aliases: ['state'] },
    { name: 'changed', kind: 'instant', title: words('更新时间', 'Changed'), aliases: ['changed_at'] },
  ],
  key: ['number'],
  level: 'sensitive',
  sharing: 'none',
  opening: 'closed',
  retentionYears: 0,
  indexed: [],
}

let made = 0

/** A dataset of its own for each test. @returns its id */
export const pensioners = (running: TestApp): Promise<string> =>
  running.app.work(actor, (work) =>
    running.app.use(dataDesk).define(work, { ...definition, name: `pensioner-${++made}` }),
  )

export const HEADER = ['个人编号', '姓名', '月养老金', '状态']

/** Cells of one pensioner; the same number is the same person. */
export const pensioner = (n: number): string[] => [
  `P${String(n).padStart(6, '0')}`,
  `${'王李张刘陈'[n % 5]}${'伟芳娜敏静'[(n >> 2) % 5]}${'军洋勇艳杰'[(n >> 4) % 5]}`,
  (1500 + ((n * 37) % 3000) + (n % 4) / 4).toFixed(2),
  n % 10 === 0 ? '暂停' : '正常',
]

export const people = (count: number, from = 0): string[][] =>
  Array.from({ length: count }, (_, n) => pensioner(from + n))

export const csv = (rows: readonly (readonly string[])[], header: readonly string[] = HEADER): string =>
  `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`

/** A source with one feed into a dataset of its own. */
export async function feedOf(
  running: TestApp,
  source: Pick<SourceDefinition, 'connection'> & Partial<SourceDefinition>,
  feed: Pick<FeedDefinition, 'from'> & Partial<FeedDefinition>,
): Promise<{ readonly feed: string; readonly dataset: string; readonly table: string }> {
  const { app } = running
  const dataset = feed.dataset ?? (await pensioners(running))
  const id = source.id ?? `source-${++made}`
  const service = app.use(sources)
  await app.work(actor, async (work) => {
    const title = words('测试来源', 'Test source')
    await service.define(work, { id, title, organisation: 'city.human-resources', isOn: true, ...source })
    await service.defineFeed(work, {
      id: `${id}.people`,
      source: id,
      title,
      dataset,
      mode: 'snapshot',
      deletes: 'keep',
      isOn: true,
      ...feed,
    })
  })
  return { feed: `${id}.people`, dataset, table: `registry_data.${dataset.slice(5).replaceAll('-', '_')}` }
}

const AT_WORK = new Set(['collecting', 'checking', 'loading', 'removing'])

/** The run once it waits for somebody or has ended. */
export async function settled(running: TestApp, run: number): Promise<RunReport> {
  for (;;) {
    const report = await running.app.use(sources).run(run)
    if (!AT_WORK.has(report.state)) return report
    await sleep(40)
  }
}

/** Waits until a run has kept what it collected. */
export async function untilCollected(running: TestApp, run: number): Promise<void> {
  while ((await running.app.use(sources).run(run)).state === 'collecting') await sleep(20)
}

/** Starts a run in a person's name. @returns its id */
export const begin = (running: TestApp, feed: string, how?: { readonly whole: boolean }): Promise<number> =>
  running.app.work({ ...actor, id: 'tester' }, (work) => running.app.use(sources).start(work, feed, how))

/** Starts a run and waits for it. */
export const collect = async (running: TestApp, feed: string): Promise<RunReport> =>
  settled(running, await begin(running, feed))

/** Notices of a person about a feed and its runs, once there are so many; then a moment longer, in case there are more. */
export async function noticesOf(running: TestApp, account: string, feed: string, atLeast: number) {
  const links = `select '/sources/runs/' || id from sources.run where feed = '${feed}'
    union all select '/sources/systems/' || source from sources.feed where id = '${feed}'`
  const text = `select title->>'en' as title, body->>'en' as body from notices.notice
    where account = '${account}' and link in (${links}) order by id`
  const read = async () => (await asOwner(running.ownerUrl, text)).rows as { title: string; body: string }[]
  while ((await read()).length < atLeast) await sleep(40)
  await sleep(400)
  return read()
}

export const rowsOf = async (running: TestApp, table: string) =>
  (await asOwner(running.ownerUrl, `select * from ${table} order by number`)).rows
