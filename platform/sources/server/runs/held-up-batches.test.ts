import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import { takeUp } from '../schedule/tick.ts'
import { collectingApp, feedOf, people, rowsOf, settled } from '../testing/people.ts'

const FROM_HERE_ON = ['0005-unreadable-batches.sql', '0006-control-figures.sql', '0007-copied-parts.sql']

let running: TestApp
let steward: SignedInClient
beforeAll(async () => {
  running = await collectingApp()
  steward = await client(running, {
    rights: { 'sources.read': 'city', 'sources.run': 'city', 'sources.push': 'city' },
    organisation: 'city.human-resources',
  })
  // The tables as they were before these migrations.
  await asOwner(
    running.ownerUrl,
    `alter table sources.part drop column batch, drop column problem, drop column totals, drop column from_run, drop column from_ordinal;
      alter table sources.part drop constraint part_kind_check;
      alter table sources.part add constraint part_kind_check check (kind in ('rows', 'increment', 'deletes'));
      alter table sources.batch drop column totals; drop index sources.run_stopped`,
  )
})
afterAll(() => running.stop())

const lines = (count: number, from: number) =>
  people(count, from)
    .map(([number, name, amount, state]) => `${JSON.stringify({ number, name, amount, state })}\n`)
    .join('')

const HELD = JSON.stringify({
  findings: [{ kind: 'incomplete', column: null, halts: true, message: { zh: '', en: '' } }],
})

/** A run with a good batch, which had been looked at, and one that cannot be read. */
async function heldUp(state: 'halted' | 'incomplete', key: string, from: number, feed: string): Promise<number> {
  const insert = `insert into sources.run (feed, state, drift, by, started_at, moved_at, ended_at)
    values ('${feed}', '${state}', '${HELD}', 'system:x', now() - interval '90 days', now(), ${state === 'halted' ? 'null' : 'now()'}) returning id`
  const { rows } = await asOwner(running.ownerUrl, insert)
  const run = Number(rows[0].id)
  for (const [ordinal, content] of [lines(3, from), '{"number":"P0'].entries()) {
    const name = `${key}-${ordinal}.jsonl`
    const { sm3, size } = await running.app.use(dataDesk).keep(name, Readable.from([content]))
    await asOwner(
      running.ownerUrl,
      `insert into sources.batch (feed, key, file, name, bytes, run, by, at)
        values ('${feed}', '${key}-${ordinal}', '${sm3}', '${name}', ${size}, ${run}, 'x', now());
      insert into sources.part (run, ordinal, kind, file, name, bytes, rows, profile)
        values (${run}, ${ordinal}, 'rows', '${sm3}', '${name}', ${size}, 3, '[]')`,
    )
  }
  return run
}

test('batches that one unreadable batch held up go on by themselves or are named at their source, unless their bytes are gone', async () => {
  const { feed, table } = await feedOf(
    running,
    { connection: { kind: 'push' } },
    { from: '', columns: { name: 'name' } },
  )
  const gone = await heldUp('incomplete', 'gone', 20, feed)
  const given = await heldUp('incomplete', 'given', 0, feed)
  const halted = await heldUp('halted', 'halted', 10, feed)
  await asOwner(running.ownerUrl, `update sources.part set gone_at = now() where run = ${gone}`)
  for (const file of FROM_HERE_ON)
    await asOwner(running.ownerUrl, await readFile(new URL(`../../migrations/${file}`, import.meta.url), 'utf8'))
  await running.app.work(system('test'), takeUp)
  expect(await settled(running, halted)).toMatchObject({ state: 'incomplete', reconciliation: { inserted: 3 } })
  expect(await settled(running, gone)).toMatchObject({ state: 'incomplete', reconciliation: null, remark: null })
  expect((await steward.get(`/api/sources/systems/${feed.split('.')[0]}`)).body.stopped).toMatchObject([{ id: given }])
  expect(await settled(running, given)).toMatchObject({
    state: 'cancelled',
    remark: { zh: expect.stringContaining('可以继续采集') },
  })
  expect((await steward.post(`/api/sources/runs/${given}/resume`)).status).toBe(200)
  expect(await settled(running, given)).toMatchObject({ state: 'incomplete', reconciliation: { arrivedRows: 6 } })
  expect(await rowsOf(running, table)).toHaveLength(6)
  for (const [key, rowsAreIn] of [
    ['given-0', true],
    ['given-1', false],
    ['halted-0', true],
    ['halted-1', false],
  ])
    expect((await steward.get(`/api/sources/feeds/${feed}/batches/${key}`)).body).toMatchObject({ rowsAreIn })
})
