import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { datasetDirectory, registry } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { clearAway } from './clear-away.ts'
import { filePath, pathsOf } from './files/make-file.ts'
import { act, granted, PERSONS, parties, person, sharePersons } from './testing/shared-people.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
beforeAll(async () => {
  app = await testApp()
  await sharePersons(app, 6)
  people = await parties(app)
})
afterAll(() => app.stop())

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (let tried = 0; tried < 150; tried++) {
    const found = await find()
    if (found !== undefined) return found
    await sleep(100)
  }
  throw new TypeError('it did not happen')
}

/** A batch file of a grant, made. */
async function madeFile(grant: string) {
  const { body } = await people.applicant.post(`/api/exchange/grants/${grant}/files`, { format: 'jsonl' })
  return until(async () => {
    const { files } = (await people.applicant.get(`/api/exchange/grants/${grant}/files`)).body
    const file = files.find(({ id }: { id: string }) => id === body.file.id)
    return file.state === 'done' ? { ...file, path: filePath(app.app, file) } : undefined
  })
}
const audited = (event: string, subject: string) =>
  asOwner(app.ownerUrl, `select details from audit.entry where event = '${event}' and subject = '${subject}'`)

test('the file of a grant that ended is deleted at once and on record, its receipt stays', async () => {
  const { grant, request } = await granted(people, { ways: ['file'] })
  const file = await madeFile(grant)
  await clearAway(app.app)
  expect(existsSync(file.path)).toBe(true)
  expect((await act(people.owner, request, 'withdraw', { reason: '事项已办结' })).status).toBe(200)
  await until(async () => (existsSync(file.path) ? undefined : true))
  const { rows } = await until(async () => {
    const found = await audited('exchange.file.cleared', file.id)
    return found.rows.length > 0 ? found : undefined
  })
  expect(rows).toEqual([{ details: { why: 'grant-ended' } }])
  // Signed within a second, so it may be asked for again.
  await until(async () => {
    const { status } = await people.owner.get(`/api/exchange/receipts/${file.receipt}`)
    return status === 200 ? true : undefined
  })
})

test('a file past its term is deleted under a living grant, and so is the draft of a cancelled one', async () => {
  const { grant } = await granted(people, { ways: ['file'] })
  const [old, fresh] = [await madeFile(grant), await madeFile(grant)]
  await asOwner(
    app.ownerUrl,
    `update exchange.file set ended_at = ended_at - interval '31 days' where id = '${old.id}';
     insert into exchange.file (id, grant_id, format, state, about, by, made_at)
     values ('left', '${grant}', 'csv', 'cancelled', 0, 'x', now())`,
  )
  const draft = pathsOf(app.app, { id: 'left', format: 'csv' }).at(-1) ?? ''
  await writeFile(draft, '{}')
  await clearAway(app.app)
  expect([old.path, draft, fresh.path].map(existsSync)).toEqual([false, false, true])
  expect((await people.applicant.get(`/api/exchange/files/${old.id}`)).status).toBe(409)
  expect((await people.applicant.get(`/api/exchange/files/${fresh.id}`)).status).toBe(200)
  const { files } = (await people.applicant.get(`/api/exchange/grants/${grant}/files`)).body
  const cleared = (id: string) => files.find((each: { id: string }) => each.id === id).clearedAt !== null
  expect([cleared(old.id), cleared('left'), cleared(fresh.id)]).toEqual([true, true, false])
})

test('changes are cut after their term, never before the slowest push; a reader who was away too long begins anew', async () => {
  const { grant } = await granted(people, { ways: ['subscription'] })
  const pull = async (after?: string) =>
    people.applicant.get(`/api/exchange/grants/${grant}/changes${after ? `?after=${after}` : ''}`)
  const first = (await pull()).body.next
  const dataset = app.app.use(datasetDirectory).find(PERSONS)
  if (!dataset) throw new TypeError('no dataset')
  const rename = (name: string) =>
    app.app.work(system('test'), (work) => app.app.use(registry).write(work, dataset, [{ ...person(0), name }]))
  await rename('张一')
  const second = await until(async () => {
    const { body } = await pull(first)
    return body.changes.length > 0 ? (body.next as string) : undefined
  })
  await clearAway(app.app)
  expect((await pull(first)).body.changes).toHaveLength(1)
  await asOwner(
    app.ownerUrl,
    `insert into registry.change_mark values (now() - interval '31 days', pg_current_xact_id());
     insert into exchange.subscription (grant_id, url, salt, key_id, cursor, by, made_at)
     values ('${grant}', 'http://slow.example/', 'x', 1, '${first}', 'x', now())`,
  )
  await clearAway(app.app)
  expect((await pull(first)).body.changes).toHaveLength(1)
  await asOwner(app.ownerUrl, `update exchange.subscription set state = 'off' where grant_id = '${grant}'`)
  await clearAway(app.app)
  expect(await pull(first)).toMatchObject({ status: 409, body: { code: 'changes-cut' } })
  expect((await pull(second)).body.changes).toEqual([])
  expect((await pull()).body.changes.length).toBeGreaterThan(0)
  expect((await audited('registry.change.cut', PERSONS)).rows).toHaveLength(1)
})
