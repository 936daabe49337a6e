import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { correctionLists, dataDesk, type FileOfRows } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { type Actor, system, type Work } from '#runtime'
import { residentCells, residentDefinition, residentHeader, spoil } from '../testing/resident.ts'

const FEED = system('sources.police.resident')
const OTHER = system('sources.tax.resident')
/** Ways to spoil a row: the key itself, or another cell. */
const KEY = 0
const DAY = 2

let running: TestApp
let dataset: string
let made = 0
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())
beforeEach(async () => {
  const define = (work: Work) =>
    running.app.use(dataDesk).define(work, { ...residentDefinition, name: `listed-${++made}` })
  dataset = await running.app.work(FEED, define)
})

interface Delivery extends FileOfRows {
  readonly load: number
}

async function deliver(rows: readonly (readonly string[])[], by: Actor = FEED): Promise<Delivery> {
  const desk = running.app.use(dataDesk)
  const content = Buffer.from([residentHeader, ...rows].map((cells) => cells.join(',')).join('\n'))
  const file = await desk.keep('居民.csv', Readable.from([content]))
  const { load, reading, columns } = await running.app.work(by, async (work) => {
    await desk.note(work, file, by)
    const { reading, columns } = await desk.inspect(work, dataset, file)
    return { reading, columns, load: await desk.start(work, { dataset, file, reading, columns }) }
  })
  while ((await desk.progress(load)).state === 'loading') await sleep(20)
  return { file, reading, columns, load }
}

const lists = <T>(ask: (work: Work) => Promise<T>): Promise<T> => running.app.work(system('test'), ask)
const rowsOf = async ({ load }: Delivery) =>
  (await lists((work) => running.app.use(correctionLists).rows(work, load, 0, 50))).map((row) => [row.load, row.line])
const waiting = () => lists((work) => running.app.use(correctionLists).waiting(work, dataset))
const good = residentCells(1)
const bad = spoil(good, DAY)
const other = residentCells(2)

test('a row stands once in the list of its deliverer however often it comes, with or without a readable key', async () => {
  await deliver([other, bad, spoil(residentCells(3), KEY)])
  await deliver([bad, residentCells(4)])
  const last = await deliver([residentCells(5), spoil(residentCells(3), KEY), bad.with(8, '新地址')])
  expect(await rowsOf(last)).toEqual([
    [last.load, 3],
    [last.load, 4],
  ])
  expect(await waiting()).toBe(2)
})

test('one that was stored, refused and delivered again as it was before is closed, though nothing changes', async () => {
  await deliver([good, other])
  const refused = await deliver([bad])
  expect(await waiting()).toBe(1)
  const again = await deliver([good])
  expect(await running.app.use(dataDesk).progress(again.load)).toMatchObject({ same: 1 })
  expect(await rowsOf(refused)).toEqual([])
  await deliver([bad])
  expect(await waiting()).toBe(1)
})

test('a row whose key comes twice waits as long as it comes twice', async () => {
  await deliver([good, good.with(1, '另一人')])
  await deliver([good, good.with(1, '又一人')])
  expect(await waiting()).toBe(1)
  await deliver([good])
  expect(await waiting()).toBe(0)
})

describe('rows whose key comes more than once', () => {
  const again = [good.with(1, '另一人'), good.with(1, '又一人')]
  /** A second chunk begins with the 10,001st row. */
  const between = Array.from({ length: 10_000 }, (_, n) => residentCells(n + 100))
  const file = [good, again[0] ?? [], spoil(good, DAY), ...between, good, again[1] ?? []]

  test.each(['waived', 'dropped', 'corrected'])(
    'stay %s as long as they come as they were, in the same chunk or a later one; what is new is open',
    async (state) => {
      await deliver(file)
      expect(await waiting()).toBe(4)
      const decide = `update registry.correction set state = '${state}', by = 'wang', at = now() where dataset = '${dataset}'`
      await asOwner(running.ownerUrl, decide)
      await deliver(file)
      await deliver([...file, good.with(1, '第四人')])
      expect(await waiting()).toBe(1)
      const [list] = await lists((work) => running.app.use(correctionLists).all(work, dataset))
      expect(list).toMatchObject({ open: 1, dropped: state === 'dropped' ? 4 : 0 })
      await deliver([good])
      expect(await lists((work) => running.app.use(correctionLists).all(work, dataset))).toEqual([])
    },
  )
})

test('what one deliverer refused nobody else settles; people of one organisation have one list', async () => {
  await deliver([bad])
  await deliver([good], OTHER)
  expect(await waiting()).toBe(1)
  const clerk = (id: string, organisation: string): Actor => ({ ...FEED, kind: 'person', id, organisation })
  await deliver([spoil(other, DAY)], clerk('wang', 'city.police'))
  await deliver([other], clerk('zhao', 'city.tax'))
  expect(await waiting()).toBe(2)
  await deliver([other], clerk('li', 'city.police'))
  const [left, ...more] = await lists((work) => running.app.use(correctionLists).all(work, dataset))
  expect(left).toMatchObject({ deliverer: FEED.id, open: 1, dropped: 0, fileName: '居民.csv' })
  expect(more).toEqual([])
})

test('what somebody corrected or left out stays so when the very same comes again, and opens when it comes otherwise', async () => {
  const load = await deliver([bad, spoil(other, DAY)])
  await asOwner(
    running.ownerUrl,
    `update registry.correction set state = 'corrected', by = 'wang', at = now() where dataset = '${dataset}' and line = 2`,
  )
  await lists((work) => running.app.use(correctionLists).waive(work, load.load, ['open']))
  await deliver([residentCells(6), bad, spoil(other, DAY)])
  expect(await waiting()).toBe(0)
  await deliver([bad.with(8, '新地址'), spoil(other, DAY).with(8, '新地址')])
  expect(await waiting()).toBe(2)
})

describe('a whole snapshot', () => {
  const settle = ({ file }: Delivery) =>
    running.app.work(FEED, (work) => running.app.use(dataDesk).settleRefused(work, { dataset, files: [file.sm3] }))

  test('without a refused row closes it, be its key readable or not; one that it still has waits', async () => {
    await deliver([bad, spoil(residentCells(3), KEY), spoil(residentCells(4), DAY)])
    const whole = await deliver([other, spoil(residentCells(4), DAY)])
    expect(await waiting()).toBe(3)
    await settle(whole)
    expect(await rowsOf(whole)).toEqual([[whole.load, 3]])
  })

  test('says nothing of what others were refused, and brings nothing back that was waived', async () => {
    const before = await deliver([bad])
    await lists((work) => running.app.use(correctionLists).waive(work, before.load, ['open']))
    await deliver([spoil(other, DAY)], OTHER)
    await settle(await deliver([residentCells(3)]))
    expect(await waiting()).toBe(1)
    await deliver([bad])
    expect(await waiting()).toBe(1)
  })
})

test('what its source has deleted need not be corrected any more', async () => {
  await deliver([bad])
  const deleted = await deliver([good], OTHER)
  const request = { dataset, files: [deleted], which: 'listed' } as const
  await running.app.use(dataDesk).removeByKeys(FEED, request, AbortSignal.timeout(30_000))
  expect(await waiting()).toBe(0)
})
