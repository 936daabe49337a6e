import { existsSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk } from '#platform/registry'
import { asOwner, client, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import type { SourcesParts } from '../parts.ts'
import { collect, collectingApp, csv, feedOf, people, rowsOf } from '../testing/people.ts'
import { forgetBytes } from './forget-bytes.ts'

const DAY_MS = 86_400_000
let running: TestApp
let now = () => new Date()
beforeAll(async () => {
  running = await collectingApp({ now: () => now() })
})
afterAll(() => running.stop())

const inDays = (days: number) => {
  now = () => new Date(Date.now() + days * DAY_MS)
}

async function inbox(name: string, keepDays?: number) {
  const path = join(running.app.config.inbox, name)
  await mkdir(path, { recursive: true })
  const known = await feedOf(
    running,
    { id: name, connection: { kind: 'folder', path: name } },
    { from: '*', ...(keepDays ? { keepDays } : {}) },
  )
  const put = async (file: string, content: string) => {
    await writeFile(join(path, file), content)
    const at = new Date(Date.now() - 3_600_000)
    await utimes(join(path, file), at, at)
  }
  return { ...known, put, run: () => collect(running, known.feed) }
}

const forget = () => {
  const parts = { app: running.app, desk: running.app.use(dataDesk) } as SourcesParts
  return forgetBytes(parts, new AbortController().signal)
}

const filesOf = async (run: number) =>
  (await asOwner(running.ownerUrl, `select file from sources.part where run = ${run}`)).rows.map(
    ({ file }) => file as string,
  )

const isKept = (sm3: string | undefined) => existsSync(running.app.use(dataDesk).pathOf(sm3 ?? ''))

test('raw bytes are deleted when the term of their feed is over, with a record; the rows stay, and a replay is refused', async () => {
  const { feed, put, run, table } = await inbox('kept-a-month', 30)
  const longer = await inbox('kept-a-year')
  await put('a.csv', csv(people(20)))
  await longer.put('b.csv', csv(people(21)))
  const [first, other] = [await run(), await longer.run()]
  const [[file], [otherFile]] = [await filesOf(first.id), await filesOf(other.id)]
  inDays(29)
  await forget()
  expect([isKept(file), isKept(otherFile)]).toEqual([true, true])
  inDays(31)
  await forget()
  expect([isKept(file), isKept(otherFile)]).toEqual([false, true])
  const { rows } = await asOwner(
    running.ownerUrl,
    `select event, details from audit.entry where event in ('sources.bytes.deleted', 'registry.file.discarded') order by event desc`,
  )
  expect(rows).toMatchObject([
    { event: 'sources.bytes.deleted', details: { files: 1, keepDays: 30, lastRun: first.id } },
    { event: 'registry.file.discarded', details: { files: [file] } },
  ])
  expect(await rowsOf(running, table)).toHaveLength(20)
  const steward = await client(running, { rights: { 'sources.run': 'city', 'sources.read': 'city' } })
  expect(await steward.post(`/api/sources/runs/${first.id}/replay`)).toMatchObject({
    status: 409,
    body: { code: 'bytes-gone' },
  })
  expect((await steward.get(`/api/sources/runs/${first.id}`)).body.parts[0].goneAt).not.toBeNull()
  expect((await steward.post(`/api/sources/runs/${other.id}/replay`)).status).toBe(200)
  const definition = { source: 'kept-a-month', title: { zh: 'x', en: 'x' }, dataset: 'x', from: '*', mode: 'snapshot' }
  const change = { ...definition, deletes: 'keep', isOn: true, keepDays: 1 }
  expect((await steward.put(`/api/sources/feeds/${feed}`, change)).status).toBe(403)
  now = () => new Date()
})

test('many files whose term is over on one day are deleted, with records that name them', async () => {
  const { feed } = await inbox('many')
  await asOwner(
    running.ownerUrl,
    `with run as (insert into sources.run (feed, state, by, started_at, moved_at, ended_at)
        values ('${feed}', 'done', 'x', now(), now(), now() - interval '2 years') returning id),
      names as (select n, lpad(to_hex(n), 64, '0') as file from generate_series(1, 120) n),
      noted as (insert into registry.file (sm3, name, size, by, organisation, at)
        select file, 'x', 1, 'system:sources.${feed}', '', now() - interval '2 years' from names)
    insert into sources.part (run, ordinal, kind, file, name, bytes) select run.id, n, 'rows', file, 'x', 1 from run, names`,
  )
  await forget()
  const { rows } = await asOwner(
    running.ownerUrl,
    `select sum(jsonb_array_length(details -> 'files'))::int as files from audit.entry
      where event = 'registry.file.discarded' and details::text like '%${'0'.repeat(60)}%'`,
  )
  expect(rows).toEqual([{ files: 120 }])
})

test('bytes that somebody imported himself stay', async () => {
  const { put, run, dataset } = await inbox('by-hand', 30)
  const content = csv(people(22))
  await put('c.csv', content)
  const [file] = await filesOf((await run()).id)
  const person = { ...system('tester'), organisation: 'city.human-resources' }
  await running.app.work(person, (work) =>
    running.app.use(dataDesk).load(work, { dataset, name: 'c.csv', content: Readable.from([content]) }),
  )
  inDays(40)
  await forget()
  expect(isKept(file)).toBe(true)
  now = () => new Date()
})

test('bytes that another feed still keeps, or that have come again, stay', async () => {
  const [short, long] = [await inbox('short', 30), await inbox('long', 90)]
  const content = csv(people(23))
  await short.put('d.csv', content)
  await long.put('d.csv', content)
  const [file = ''] = await filesOf((await short.run()).id)
  expect(await filesOf((await long.run()).id)).toEqual([file])
  inDays(40)
  await forget()
  expect(isKept(file)).toBe(true)
  inDays(100)
  await forget()
  expect(isKept(file)).toBe(false)
  const desk = running.app.use(dataDesk)
  await desk.keep('d.csv', Readable.from([content]))
  await utimes(desk.pathOf(file), now(), now())
  await forget()
  expect(isKept(file)).toBe(true)
  now = () => new Date()
})
