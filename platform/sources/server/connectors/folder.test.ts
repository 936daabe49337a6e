import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { correctionLists } from '#platform/registry'
import type { TestApp } from '#platform/testing'
import { system } from '#runtime'
import { collect, collectingApp, csv, feedOf, HEADER, pensioner, people, rowsOf } from '../testing/people.ts'

let running: TestApp
beforeAll(async () => {
  running = await collectingApp()
})
afterAll(() => running.stop())

let folders = 0

/** A folder of the inbox with a feed of its own. */
async function inbox(feed: Parameters<typeof feedOf>[2] = { from: '*' }) {
  const name = `folder-${++folders}`
  const path = join(running.app.config.inbox, name)
  await mkdir(path, { recursive: true })
  const known = await feedOf(running, { id: name, connection: { kind: 'folder', path: name } }, feed)
  let minutes = 0
  const put = async (file: string, content: string | Buffer) => {
    await writeFile(join(path, file), content)
    const at = new Date(Date.now() - 3_600_000 + ++minutes * 60_000)
    await utimes(join(path, file), at, at)
  }
  return { ...known, path, put, run: () => collect(running, known.feed) }
}

test('a file goes in, is reconciled, and the next one changes what has changed', async () => {
  const { put, run, table } = await inbox()
  await put('2026-03-01.csv', iconv.encode(csv(people(200)), 'gbk'))
  const first = await run()
  expect(first).toMatchObject({ state: 'done', rows: 200, problem: null })
  expect(first.reconciliation).toMatchObject({
    sourceRows: null,
    arrivedRows: 200,
    inserted: 200,
    refused: 0,
    columns: [],
    agrees: null,
  })
  const changed = people(200).map((cells, n) => (n < 5 ? [cells[0] ?? '', cells[1] ?? '', '9999.50', '正常'] : cells))
  await put('2026-03-02.csv', csv([...changed, pensioner(200)]))
  const second = await run()
  expect(second.reconciliation).toMatchObject({
    inserted: 1,
    changed: 5,
    same: 195,
    refused: 0,
    removed: 0,
    agrees: null,
  })
  const rows = await rowsOf(running, table)
  expect(rows).toHaveLength(201)
  expect(rows[0]).toMatchObject({ amount: 9999.5, _by: expect.stringMatching(/^system:sources\./) })
})

test('a control file beside a file is compared with what arrived; a difference is told and deletes nothing', async () => {
  const { put, path, run, feed, table } = await inbox({ from: '*', deletes: 'missing' })
  const control = (file: string, content: string | Buffer) => writeFile(join(path, `${file}.check`), content)
  await control('a.csv', `rows=120\nsum.月养老金=${total(people(120)).toFixed(2)}\n`)
  await put('a.csv', csv(people(120)))
  expect((await run()).reconciliation).toMatchObject({
    sourceRows: 120,
    columns: [{ column: '月养老金', what: 'sum', agrees: true }],
    agrees: true,
  })
  await control('b.csv', iconv.encode(`rows=120\r\nsum.月养老金=1\r\n`, 'gbk'))
  await put('b.csv', csv(people(115)))
  const half = await run()
  expect(half).toMatchObject({
    state: 'incomplete',
    reconciliation: { sourceRows: 120, arrivedRows: 115, removed: 0, agrees: false },
    problem: { zh: expect.stringContaining('来源称有 120 行，实际收到 115 行；这些项目与来源不一致：月养老金') },
  })
  expect(await rowsOf(running, table)).toHaveLength(120)
  await control('c.csv', 'rows=many')
  await put('c.csv', csv(people(115)))
  const isTold = { zh: expect.stringContaining('对账文件“c.csv.check”的第 1 项无法识别') }
  expect(await run()).toMatchObject({ state: 'failed', problem: isTold })
  await control('c.csv', 'rows=115')
  expect(await collect(running, feed)).toMatchObject({ state: 'done', reconciliation: { removed: 5, agrees: true } })
})

/** Sum of the amounts of rows, or of the cells of a file. */
const total = (rows: readonly ({ readonly amount: number } | readonly string[])[]): number =>
  rows.reduce((sum, row) => sum + Number('amount' in row ? row.amount : row[2]), 0)

test("yesterday's file sent again, even under another name, changes nothing and it is said", async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(120)))
  await run()
  await put(
    'b.csv',
    csv(people(120).map(([id = '', name = '', amount, state = '']) => [id, name, `${Number(amount) + 0.25}`, state])),
  )
  await run()
  await put('c.csv', csv(people(120)))
  const again = await run()
  expect(again).toMatchObject({ state: 'done', remark: { zh: expect.stringContaining('完全相同') } })
  expect(total(await rowsOf(running, table))).toBe(total(people(120)) + 120 / 4)
})

test('a file cut off in the middle halts, writes nothing, and gives way to the whole one', async () => {
  const { put, run, table } = await inbox({ from: '*', deletes: 'missing' })
  await put('a.csv', csv(people(150)))
  await run()
  const whole = csv(people(150))
  await put('b.csv', whole.slice(0, whole.indexOf('P000070') + 12))
  const half = await run()
  expect(half.state).toBe('halted')
  expect(half.drift?.findings).toContainEqual(expect.objectContaining({ kind: 'incomplete', halts: true }))
  expect(await rowsOf(running, table)).toHaveLength(150)
  await put('b.csv', csv(people(151)))
  expect(await run()).toMatchObject({ state: 'done', reconciliation: { inserted: 1, removed: 0 } })
})

test('half a file gives way to a newer version of itself only: the next file waits behind it', async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(150)))
  await run()
  const whole = csv(people(100, 200))
  await put('b.csv', whole.slice(0, whole.indexOf('P000210') + 9))
  const half = await run()
  expect(half.state).toBe('halted')
  await put('c.csv', csv(people(90, 300)))
  expect(await run()).toMatchObject({ id: half.id, state: 'halted' })
  expect(await rowsOf(running, table)).toHaveLength(150)
  await put('b.csv', whole)
  const next = await run()
  expect(next.id).not.toBe(half.id)
  while ((await rowsOf(running, table)).length < 340) await sleep(40)
})

test("a snapshot of too few rows, cut at a line's end, deletes nothing until a person agrees", async () => {
  const { put, run, table } = await inbox({ from: '*', deletes: 'missing' })
  await put('a.csv', csv(people(150)))
  await run()
  await put('b.csv', csv(people(100)))
  const few = await run()
  expect(few).toMatchObject({ state: 'halted' })
  expect(few.drift?.findings).toMatchObject([{ kind: 'shrunk', halts: true }])
  expect(await rowsOf(running, table)).toHaveLength(150)
})

test('rows that a whole snapshot does not have any more are deleted and stay in the history', async () => {
  const { put, run, table } = await inbox({ from: '*', deletes: 'missing' })
  await put('a.csv', csv(people(150)))
  await run()
  await put('b.csv', csv(people(140)))
  expect((await run()).reconciliation).toMatchObject({ same: 140, removed: 10 })
  expect(await rowsOf(running, table)).toHaveLength(140)
})

test('refused rows wait until a file that is all there is has them no more; a part, or what may be half, settles nothing', async () => {
  const bad = ['P9', '', '1', '正常']
  const waiting = (dataset: string) =>
    running.app.work(system('test'), (work) => running.app.use(correctionLists).waiting(work, dataset))
  const parts = await inbox()
  await parts.put('a.csv', csv([...people(150), bad]))
  await parts.run()
  await parts.put('b.csv', csv(people(150, 150)))
  expect((await parts.run()).reconciliation).toMatchObject({ inserted: 150 })
  expect(await waiting(parts.dataset)).toBe(1)
  const whole = await inbox({ from: '*', deletes: 'missing' })
  await whole.put('a.csv', csv([...people(150), bad]))
  await whole.run()
  expect(await waiting(whole.dataset)).toBe(1)
  await whole.put('b.csv', csv(people(151)))
  await whole.run()
  expect(await waiting(whole.dataset)).toBe(0)
  await whole.put('c.csv', csv([...people(151), bad]))
  await whole.run()
  await whole.put('d.csv', csv(people(150, 100)))
  expect(await whole.run()).toMatchObject({ state: 'halted', drift: { findings: [{ kind: 'shrunk' }] } })
  expect(await waiting(whole.dataset)).toBe(1)
})

test('two rows with one key, a formula and SQL in a cell: the second row is refused, the rest is only text', async () => {
  const { put, run, table } = await inbox()
  const evil = [
    ['P1', '=HYPERLINK("http://x")', '1', '正常'],
    ['P2', "'); drop table registry.file; --", '2', '正常'],
    ['P2', '王二', '3', '正常'],
  ]
  const lines = evil.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`))
  await put('a.csv', csv(lines))
  const done = await run()
  expect(done.reconciliation).toMatchObject({ arrivedRows: 3, inserted: 2, refused: 1, agrees: null })
  expect((await rowsOf(running, table)).map(({ name }) => name)).toEqual(evil.slice(0, 2).map(([, name]) => name))
})

test('an encoding that lies halts before anything is written', async () => {
  const { put, run, table } = await inbox()
  const head = Buffer.from(csv(people(45_000)))
  await put(
    'mixed.csv',
    Buffer.concat([
      head,
      iconv.encode(
        people(2_000, 45_000)
          .map((c) => c.join(','))
          .join('\n'),
        'gbk',
      ),
    ]),
  )
  const mixed = await run()
  expect(mixed.state).toBe('halted')
  expect(mixed.drift?.findings[0]).toMatchObject({ kind: 'encoding', column: '姓名' })
  const other = await inbox()
  const misread = iconv.decode(Buffer.from(csv(people(300), HEADER).split('\n').slice(1).join('\n')), 'gbk')
  await other.put('misread.csv', `${HEADER.join(',')}\n${misread}`)
  expect((await other.run()).drift?.findings[0]).toMatchObject({ kind: 'encoding' })
  expect(await rowsOf(running, table)).toEqual([])
})

test('a file that is still being written is waited for', async () => {
  const { path, run } = await inbox()
  await writeFile(join(path, 'growing.csv'), csv(people(50)))
  await writeFile(join(path, 'next.csv.part'), csv(people(60)))
  setTimeout(() => void writeFile(join(path, 'growing.csv'), csv(people(110))), 800)
  expect((await run()).reconciliation).toMatchObject({ inserted: 110 })
})

test('nothing outside the inbox is read, by whatever path or link', async () => {
  await expect(feedOf(running, { connection: { kind: 'folder', path: '../..' } }, { from: '*' })).rejects.toMatchObject(
    {
      code: 'wrong-source',
    },
  )
  const { path, run } = await inbox({ from: '**' })
  await symlink('/etc', join(path, 'etc'))
  await symlink('/etc/passwd', join(path, 'passwd.csv'))
  expect(await run()).toMatchObject({ state: 'done', remark: { en: expect.stringContaining('nothing new') } })
  const climbing = await inbox({ from: '../*' })
  expect(await climbing.run()).toMatchObject({ state: 'failed', problem: { en: expect.stringContaining('..') } })
})
