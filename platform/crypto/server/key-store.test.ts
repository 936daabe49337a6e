import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type TestApp, testApp, visitorClient } from '#platform/testing'
import { type App, boot, Conflict, defineModule, type Running, readConfig, system, type Work, words } from '#runtime'
import { auditModule } from '../../audit/module.ts'
import { identityModule } from '../../identity/module.ts'
import { keys } from '../keys.ts'
import { cryptoModule } from '../module.ts'
import { openFields } from './open-fields.ts'
import { sealFields } from './seal-fields.ts'
import { sealedKeyId } from './sealed-format.ts'
import { publicKeyFromPem } from './sm2-encoding.ts'
import { changeMasterKey } from './stored-keys.ts'

const SLOW = 60_000
const PURPOSE = 'vault.field'
const CONTEXT = 'vault.secret'
const seal = (app: App, text: string) => sealFields(app.use(keys).of(PURPOSE).current, CONTEXT, [text])[0]
const open = (app: App, sealed: Uint8Array) => openFields(app.use(keys).of(PURPOSE), CONTEXT, [sealed])[0]

/** A store of sealed fields as any module might have one. */
const vault = defineModule({
  id: 'vault',
  title: words('保险箱', 'Vault'),
  about: words('密封字段', 'Sealed fields'),
  needs: ['crypto'],
  folder: '/none',
  keyPurposes: [{ id: PURPOSE, title: words('保险箱字段', 'Fields of the vault'), use: 'seal' }],
  server: async () => ({
    server: (app) => {
      const old = (work: Work, current: number, limit: number) =>
        sql<{ id: number; sealed: Buffer }>`select id, sealed from vault.secret
          where substr(sealed, 2, 4) <> int4send(${current}::bigint::bit(32)::int4) limit ${limit}`.execute(work.tx)
      app.use(keys).reseals({
        id: 'vault.secret',
        purpose: PURPOSE,
        remaining: async (work, current) => (await old(work, current.id, 1_000_000)).rows.length,
        reseal: async (work, current, limit) => {
          const { rows } = await old(work, current.id, limit)
          for (const { id, sealed } of rows)
            await sql`update vault.secret set sealed = ${seal(app, open(app, sealed) ?? '')} where id = ${id}`.execute(
              work.tx,
            )
          return rows.length
        },
      })
      return {}
    },
  }),
})

let first: TestApp
let second: Running
let folder: string
beforeAll(async () => {
  first = await testApp({ modules: [identityModule, vault] })
  await asOwner(
    first.ownerUrl,
    `create schema vault; create table vault.secret (id int generated always as identity, sealed bytea not null);
     grant usage on schema vault to daizong_app; grant select, insert, update on vault.secret to daizong_app`,
  )
  folder = await mkdtemp(join(tmpdir(), 'daizong-second-'))
  second = await boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: first.app.config.masterKeyFile }), modules)
})
afterAll(async () => {
  await second.stop()
  await first.stop()
  await rm(folder, { recursive: true, force: true })
})

const modules = [cryptoModule, auditModule, identityModule, vault]
const secondConfig = (more: Record<string, string>) =>
  readConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: first.ownerUrl, DAIZONG_LOG_LEVEL: 'error', ...more })

test('the master key is readable by its owner only', () => {
  expect(statSync(first.app.config.masterKeyFile).mode & 0o777).toBe(0o600)
})

test('a missing master key or a wrong one stops the start with one sentence', async () => {
  const missing = join(folder, 'nowhere', 'master.key')
  await expect(boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: missing }), modules)).rejects.toThrow(
    /missing.*put it back/,
  )
  expect(existsSync(missing)).toBe(false)
  const wrong = join(folder, 'wrong.key')
  writeFileSync(wrong, 'ab'.repeat(32))
  await expect(boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: wrong }), modules)).rejects.toThrow(/not the one/)
  writeFileSync(wrong, 'what')
  await expect(boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: wrong }), modules)).rejects.toThrow(/64 hex digits/)
})

test('the master key changes while two processes run, and a change cut short is taken up again', async () => {
  const file = first.app.config.masterKeyFile
  const before = readFileSync(file, 'utf8')
  const ring = first.app.use(keys).of(PURPOSE).current.secret
  const stored = () =>
    asOwner(first.ownerUrl, `select id, encode(wrapped, 'hex') as wrapped from crypto.key order by id`)
  const { rows: old } = await stored()
  const cut = first.app.work(system('test'), async (work) => {
    await changeMasterKey(work.tx, file)
    throw new Conflict('cut', words('中断', 'cut'))
  })
  await expect(cut).rejects.toThrow()
  const both = readFileSync(file, 'utf8')
  expect(both.trim().split('\n')).toHaveLength(2)
  expect((await stored()).rows).toEqual(old)
  await first.app.use(keys).reload()
  expect(await first.app.use(keys).changeMaster(system('test'))).toBe(old.length)
  expect(readFileSync(file, 'utf8')).toBe(`${both.split('\n')[0]}\n`)
  expect(readFileSync(file, 'utf8')).not.toBe(before)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  for (const { id, wrapped } of (await stored()).rows)
    expect(wrapped).not.toBe(old.find((row) => row.id === id)?.wrapped)
  for (const { app } of [first, second]) {
    await app.use(keys).reload()
    expect(app.use(keys).of(PURPOSE).current.secret).toEqual(ring)
  }
  await (await boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: file }), modules)).stop()
  const former = join(folder, 'former.key')
  writeFileSync(former, before)
  await expect(boot(secondConfig({ DAIZONG_MASTER_KEY_FILE: former }), modules)).rejects.toThrow(/not the one/)
})

test('secrets do not lie open in the database', async () => {
  const { rows } = await asOwner(first.ownerUrl, `select id, encode(wrapped, 'hex') as wrapped from crypto.key`)
  const known = ['audit.entry', 'audit.checkpoint', PURPOSE].map((purpose) => first.app.use(keys).of(purpose).current)
  for (const key of known) {
    expect(rows.map((row) => Number(row.id))).toContain(key.id)
    expect(rows.map((row) => row.wrapped).join()).not.toContain(Buffer.from(key.secret).toString('hex'))
  }
})

test(
  'keys rotate while two processes seal and open, and old values come under the new key',
  async () => {
    const apps = [first.app, second.app]
    let writing = true
    let written = 0
    const write = async (app: App, reader: App) => {
      while (writing) {
        const text = `secret ${written++}`
        const { rows } = await sql<{ sealed: Buffer }>`insert into vault.secret (sealed) values (${seal(app, text)})
        returning sealed`.execute(app.db)
        expect(open(reader, rows[0]?.sealed ?? Buffer.alloc(0))).toBe(text)
        await sleep(10)
      }
    }
    const before = first.app.use(keys).of(PURPOSE).current.id
    const writers = [write(first.app, second.app), write(second.app, first.app)]
    const administrator = await client(first, { rights: { 'crypto.key.manage': 'city' } })
    const path = `/api/crypto/purposes/${PURPOSE}/rotation`
    expect((await administrator.post(path)).status).toBe(200)
    expect((await administrator.post(path)).status).toBe(409)
    const rotation = async () =>
      (await administrator.get('/api/crypto/purposes')).body.rows.find((row: { id: string }) => row.id === PURPOSE)
    await expect.poll(async () => (await rotation()).rotation.step, { timeout: SLOW }).toBe('done')
    writing = false
    await Promise.all(writers)
    const { rows } = await asOwner(first.ownerUrl, 'select sealed from vault.secret')
    expect(rows.length).toBe(written)
    for (const app of apps) {
      await app.use(keys).reload()
      const { current, all } = app.use(keys).of(PURPOSE)
      expect(current.id).not.toBe(before)
      expect(all).toHaveLength(1)
      for (const { sealed } of rows) {
        expect(sealedKeyId(sealed)).toBe(current.id)
        expect(open(app, sealed)).toMatch(/^secret /)
      }
    }
    const shown = (await rotation()).keys
    expect(shown.map((key: { state: string }) => key.state).sort()).toEqual(['current', 'retired'])
  },
  2 * SLOW,
)

test(
  'keys that prove something stay when they rotate',
  async () => {
    const { key_id } = await first.app.work(system('test'), async (work) => {
      await first.app.use(keys).rotate(work, 'audit.checkpoint')
      return { key_id: first.app.use(keys).signer('audit.checkpoint').id }
    })
    await expect.poll(() => first.app.use(keys).signer('audit.checkpoint').id, { timeout: SLOW }).not.toBe(key_id)
    expect(first.app.use(keys).signer('audit.checkpoint', key_id).id).toBe(key_id)
  },
  2 * SLOW,
)

test('anybody may read the public key, nobody the others, and only who may manages them', async () => {
  const visitor = visitorClient(first)
  const answer = await visitor.get('/api/crypto/public-key')
  expect(publicKeyFromPem(answer.body)).toBe(first.app.use(keys).signer('audit.checkpoint').pair.publicKey)
  expect((await visitor.get(`/api/crypto/public-key?purpose=${PURPOSE}`)).status).toBe(404)
  expect((await visitor.get('/api/crypto/purposes')).status).toBe(401)
  const other = await client(first)
  expect((await other.get('/api/crypto/purposes')).status).toBe(403)
  expect((await other.post(`/api/crypto/purposes/${PURPOSE}/rotation`)).status).toBe(403)
})
