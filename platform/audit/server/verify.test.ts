import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actorWith, asOwner, type TestApp, testApp } from '#platform/testing'
import { auditLog, type Verification } from '../contract.ts'

const EVENT = 'audit.log.read'
const actor = actorWith({})

let running: TestApp
beforeEach(async () => {
  running = await testApp({ modules: [] })
})
afterEach(() => running.stop())

const behind = (sql: string) => asOwner(running.ownerUrl, sql)
const verify = (): Promise<Verification> => running.app.use(auditLog).verify()
const write = (subject: string) =>
  running.app.work(actor, async (work) => work.audit({ event: EVENT, subject: { kind: 'thing', id: subject } }))

/** Three signed batches of five records; the ids of all, oldest first. */
async function threeBatches(): Promise<string[]> {
  for (let batch = 0; batch < 3; batch++) {
    for (let i = 0; i < 5; i++) await write(`${batch}-${i}`)
    await running.app.use(auditLog).seal()
  }
  const { rows } = await behind('select entry_id from audit.link order by seq')
  return rows.map((row) => String(row.entry_id))
}

/** Last link of each check point. */
async function ends(): Promise<number[]> {
  const { rows } = await behind('select to_seq from audit.checkpoint order by to_seq')
  return rows.map((row) => Number(row.to_seq))
}

test('two hundred units of work at once are sealed whole', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, i) => write(`s${i}`)))
  const result = await verify()
  expect(result).toMatchObject({ whole: true })
  const { rows } =
    await behind(`select count(distinct subject)::int as n from audit.entry join audit.link on entry_id = id
    where subject like 's%'`)
  expect(rows).toEqual([{ n: 200 }])
})

test('a record that is confirmed late is sealed too', async () => {
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  const slow = running.app.work(actor, async (work) => {
    work.audit({ event: EVENT, subject: { kind: 'thing', id: 'early' } })
    await sql`select pg_current_xact_id()`.execute(work.tx)
    await released
  })
  await write('late')
  expect(await verify()).toMatchObject({ whole: true })
  release()
  await slow
  expect(await verify()).toMatchObject({ whole: true })
  const { rows } = await behind(
    `select subject from audit.link join audit.entry on id = entry_id where subject like '%l%'`,
  )
  expect(rows.map((row) => row.subject).sort()).toEqual(['early', 'late'])
})

test.each([
  ['the actor', `set actor = 'somebody else'`],
  ['the time', `set at = at + interval '1 ms'`],
  ['the details', `set details = '{"rows": 1}'`],
  ['the mac', `set mac = sha256('x')`],
])('names the first record of which %s was changed', async (_what, change) => {
  const ids = await threeBatches()
  await behind(`update audit.entry ${change} where id in (${ids[12]}, ${ids[7]})`)
  expect((await verify()).first).toMatchObject({ fault: 'changed', part: 'entry', id: ids[7] })
})

test('names the first record that was removed, with or without its link', async () => {
  const ids = await threeBatches()
  await behind(`delete from audit.entry where id = ${ids[9]}`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', part: 'entry', id: ids[9], after: ids[8] })
  await behind(`delete from audit.entry where id = ${ids[6]}; delete from audit.link where entry_id = ${ids[6]}`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', seq: 7, after: ids[5] })
})

test('closing the gap after a removal does not hide it', async () => {
  const ids = await threeBatches()
  await behind(`delete from audit.entry where id = ${ids[6]}; delete from audit.link where entry_id = ${ids[6]};
    update audit.link set seq = -seq where seq > 7; update audit.link set seq = -seq - 1 where seq < 0`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', seq: 7, after: ids[5] })
})

test('names a record that the program did not write', async () => {
  const ids = await threeBatches()
  await behind(`insert into audit.entry (id, at, event, actor_kind, actor, key_id, mac)
    select id + 100000, at, event, actor_kind, 'innocent', key_id, mac from audit.entry where id = ${ids[4]}`)
  const id = String(Number(ids[4]) + 100000)
  expect((await verify()).first).toMatchObject({ fault: 'inserted', id })
  await write('goes on')
  expect((await verify()).first).toMatchObject({ fault: 'inserted', id })
})

test('names the earlier of a record inserted among the others and one changed', async () => {
  const ids = await threeBatches()
  await behind(`insert into audit.entry (id, xid, at, event, actor_kind, actor, key_id, mac)
    select id + 100000, xid, at, event, actor_kind, actor, key_id, mac from audit.entry where id = ${ids[4]};
    update audit.entry set actor = 'x' where id = ${ids[8]}`)
  expect((await verify()).first).toMatchObject({ fault: 'inserted', id: String(Number(ids[4]) + 100000) })
  await behind(`update audit.entry set actor = 'x' where id = ${ids[2]}`)
  expect((await verify()).first).toMatchObject({ fault: 'changed', id: ids[2] })
})

test('names a link, a check point or a signature that was tampered with', async () => {
  const ids = await threeBatches()
  const [first = 0, second] = await ends()
  await behind(`update audit.checkpoint set at = at + interval '1 s' where to_seq = ${second}`)
  expect((await verify()).first).toEqual({ fault: 'signature', part: 'checkpoint', seq: second })
  await behind(`update audit.link set hash = sha256('x') where entry_id = ${ids[first]}`)
  expect((await verify()).first).toMatchObject({ fault: 'changed', part: 'link', id: ids[first] })
  await behind(`delete from audit.checkpoint where to_seq = ${first}`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', part: 'checkpoint', seq: 1 })
})

test('a forged signature at the end is found', async () => {
  await threeBatches()
  await behind(`update audit.checkpoint set signature = set_byte(signature, 5, get_byte(signature, 5) # 1)
    where to_seq = (select max(to_seq) from audit.checkpoint)`)
  expect((await verify()).first).toMatchObject({ fault: 'signature', part: 'checkpoint' })
})

test('cutting off the end is found, also after the log went on', async () => {
  const ids = await threeBatches()
  const end = (await ends()).at(-2) ?? 0
  await behind(`delete from audit.entry where id in (select entry_id from audit.link where seq > ${end});
    delete from audit.link where seq > ${end}; delete from audit.checkpoint where to_seq > ${end}`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', seq: end + 1, after: ids[end - 1] })
  for (let i = 0; i < 20; i++) await write(`again-${i}`)
  expect((await verify()).first).toMatchObject({ fault: 'removed', part: 'checkpoint' })
})
