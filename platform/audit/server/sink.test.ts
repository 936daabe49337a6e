import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorWith, asOwner, type TestApp, testApp } from '#platform/testing'

let running: TestApp
beforeAll(async () => {
  running = await testApp({ modules: [] })
})
afterAll(() => running.stop())

const EVENT = 'audit.log.read'
const actor = { ...actorWith({ 'audit.read': 'unit' }), session: 'secret-of-the-session', onBehalfOf: 'chief' }
const entriesOf = async (subject: string) =>
  (await asOwner(running.ownerUrl, `select * from audit.entry where subject = '${subject}' order by id`)).rows

test('a unit of work leaves its records with it, and none when it fails', async () => {
  await running.app.work(
    actor,
    async (work) => {
      work.audit({ event: EVENT, subject: { kind: 'thing', id: 'a' }, details: { fields: ['name'], rows: 3 } })
      work.audit({ event: EVENT, subject: { kind: 'thing', id: 'a' } })
    },
    { purpose: '核实申请' },
  )
  const failing = running.app.work(actor, async (work) => {
    work.audit({ event: EVENT, subject: { kind: 'thing', id: 'b' } })
    throw new TypeError('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await entriesOf('b')).toEqual([])
  const [first, second] = await entriesOf('a')
  expect(first).toMatchObject({
    event: EVENT,
    actor_kind: 'person',
    actor: 'tester',
    on_behalf: 'chief',
    organisation: 'city',
    organisation_path: 'city/',
    purpose: '核实申请',
    details: { fields: ['name'], rows: 3 },
  })
  expect(first.session).not.toContain('secret')
  expect(second.id).toBeGreaterThan(first.id)
})

test('an event outside the vocabulary fails the whole unit of work', async () => {
  const failing = running.app.work(actor, async (work) => work.audit({ event: 'nobody.declared.this' }))
  await expect(failing).rejects.toThrow(/No module declares the audit event/)
})

test('numbers of persons do not get into the log', async () => {
  await running.app.work(actor, async (work) => {
    work.audit({ event: EVENT, subject: { kind: 'person', id: '11010519491231002X' } })
    work.audit({
      event: EVENT,
      subject: { kind: 'thing', id: 'c' },
      details: { note: '电话 13805380000，证件 11010519491231002X' },
    })
  })
  const { rows } = await asOwner(running.ownerUrl, 'select entry::text as line from audit.entry')
  for (const { line } of rows) expect(line).not.toMatch(/13805380000|11010519491231002X/)
  expect((await entriesOf('c'))[0].details.note).toBe('电话 ***，证件 ***')
})

test('details that are the data itself are refused', async () => {
  const failing = running.app.work(actor, async (work) =>
    work.audit({ event: EVENT, details: { rows: Array.from({ length: 2_000 }, (_, id) => ({ id })) } }),
  )
  await expect(failing).rejects.toThrow(/exceed 4096 bytes/)
})

test('a text that the database cannot hold does not fail the unit of work', async () => {
  await running.app.work(actor, async (work) =>
    work.audit({ event: EVENT, subject: { kind: 'thing', id: 'd\0\ud800' }, details: { x: '\0' } }),
  )
  expect(await entriesOf('d\ufffd\ufffd')).toHaveLength(1)
})

test.each([
  'update audit.entry set actor = $$x$$',
  'delete from audit.entry',
  'truncate audit.entry',
  'update audit.link set seq = 0',
  'delete from audit.link',
  'update audit.checkpoint set to_seq = 0',
  'delete from audit.checkpoint',
])('the role of the program may not: %s', async (statement) => {
  await expect(running.app.pool.query(statement)).rejects.toThrow(/permission denied/)
})
