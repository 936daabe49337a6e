import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, type TestApp } from '#platform/testing'
import { sources } from '../../contract.ts'
import { collect, collectingApp, feedOf, rowsOf } from '../testing/people.ts'
import { openMysql } from './mysql.ts'

const SERVER = ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/local/bin/mariadbd'].find(existsSync)
const PASSWORD = 'Kept-for-tests-1'

if (!SERVER && !process.env.CI)
  process.stderr.write('MySQL and MariaDB are not tested: install mariadb-server to do so.\n')

/** A MariaDB of another system, on a data folder and port of its own. */
async function startMariadb() {
  const folder = await mkdtemp(join(tmpdir(), 'dz-mysql-'))
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const data = `--datadir=${join(folder, 'data')}`
  execFileSync('mariadb-install-db', ['--no-defaults', data, '--auth-root-authentication-method=normal', ...user], {
    stdio: 'ignore',
  })
  const port = await freePort()
  const socket = join(folder, 's')
  const own = [`--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', `--pid-file=${join(folder, 'pid')}`]
  const server = spawn(SERVER ?? '', ['--no-defaults', data, ...own, ...user, '--innodb-flush-log-at-trx-commit=0'], {
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 600 && !existsSync(socket); tries++) await sleep(50)
  const root = await mysql.createConnection({ socketPath: socket, user: 'root', multipleStatements: true })
  await root.query(`create database civil character set utf8mb4; create user reader@localhost identified by '${PASSWORD}';
    grant select on civil.* to reader@localhost; use civil`)
  return {
    port,
    sql: (text: string) => root.query(text),
    stop: async () => {
      await root.end()
      server.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

describe.skipIf(!SERVER && !process.env.CI)('MySQL and MariaDB', () => {
  let running: TestApp
  let other: Awaited<ReturnType<typeof startMariadb>>
  beforeAll(async () => {
    ;[running, other] = await Promise.all([
      collectingApp({ env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1' } }),
      startMariadb(),
    ])
    await other.sql(`create table person (number varchar(20) primary key, name varchar(60) comment '姓名', amount decimal(12, 2),
        state varchar(10), changed_at datetime not null, photo blob, share double);
      insert into person select concat('P', seq), concat('王, "', seq, '"\\r\\n二'), seq + 0.5, 'normal',
        '2026-03-01 08:00:00' + interval seq second, x'00ff', seq / 3 from seq_1_to_3000;
      create table unused (id int primary key)`)
  })
  afterAll(async () => {
    await running.stop()
    await other.stop()
  })

  const from = (database = 'civil') => ({
    connection: { kind: 'mysql', host: '127.0.0.1', port: other.port, database, user: 'reader', tls: false } as const,
    secret: PASSWORD,
  })

  test('a table comes whole with sums and checksums that agree; what is gone is deleted', async () => {
    const { feed, table } = await feedOf(running, from(), { from: 'person', deletes: 'missing' })
    const first = await collect(running, feed)
    expect(first).toMatchObject({ state: 'done', rows: 3000, problem: null })
    expect(first.reconciliation).toMatchObject({ sourceRows: 3000, inserted: 3000, agrees: true })
    expect(first.reconciliation?.columns).toContainEqual({
      column: 'amount',
      what: 'sum',
      source: '4503000',
      arrived: '4503000',
      agrees: true,
    })
    expect((await rowsOf(running, table))[0]).toMatchObject({ name: '王, "1"\n二', amount: 1.5 })
    await other.sql(`delete from person where number in ('P10', 'P11')`)
    expect((await collect(running, feed)).reconciliation).toMatchObject({ same: 2998, removed: 2, agrees: true })
  })

  test('by watermark only what has changed since comes', async () => {
    const watermark = { column: 'changed_at', overlapSeconds: 0 }
    const { feed } = await feedOf(running, from(), { from: 'person', mode: 'watermark', watermark })
    await collect(running, feed)
    await other.sql(`update person set amount = 1, changed_at = '2026-04-01' where number in ('P20', 'P21')`)
    const second = await collect(running, feed)
    expect(second.reconciliation).toMatchObject({ sourceRows: 2, changed: 2, same: 0, agrees: true })
    expect(await collect(running, feed)).toMatchObject({ remark: { en: expect.stringContaining('nothing new') } })
  })

  test('by a numeric watermark a row confirmed late comes within the overlap; all is compared now and then by itself', async () => {
    await other.sql(`create table numbered (number varchar(20) primary key, name varchar(60), serial bigint unsigned);
      insert into numbered select concat('P', seq), 'x', seq from seq_1_to_100`)
    const watermark = { column: 'serial', overlapSeconds: 0, overlapNumbers: 50 }
    const how = { from: 'numbered', mode: 'watermark', watermark, deletes: 'missing' } as const
    const { feed } = await feedOf(running, from(), how)
    await collect(running, feed)
    await other.sql(`insert into numbered values ('LATE', 'x', 90), ('LATER', 'x', 10);
      delete from numbered where number = 'P7'`)
    expect((await collect(running, feed)).reconciliation).toMatchObject({ inserted: 1, same: 51, removed: 0 })
    const eightDaysOn = `update sources.run set started_at = started_at - interval '8 days' where feed = '${feed}'`
    await asOwner(running.ownerUrl, eightDaysOn)
    expect(await collect(running, feed)).toMatchObject({
      reconciliation: { sourceRows: 101, inserted: 1, same: 100, removed: 1, agrees: true },
      remark: { en: expect.stringContaining('missed at least 1 rows') },
    })
  })

  test('tables are listed with their columns, also those that nobody collects', async () => {
    const { feed } = await feedOf(running, from(), { from: 'person' })
    const source = feed.replace(/\..*/, '')
    let found = await running.app.use(sources).tables(source)
    for (; found.length < 2; found = await running.app.use(sources).tables(source)) await sleep(50)
    expect(found.map(({ name, feeds }) => [name, feeds.length])).toEqual([
      ['numbered', 0],
      ['person', 1],
      ['unused', 0],
    ])
    const open = await openMysql({ ...from().connection, address: '127.0.0.1' }, PASSWORD, 2)
    const pages = []
    for await (const page of open.tables()) pages.push(page)
    await open.close()
    expect(pages.map((page) => page.map(({ name, columns }) => [name, columns.length]))).toEqual([
      [
        ['numbered', 3],
        ['person', 7],
      ],
      [['unused', 1]],
    ])
    expect(found[1]?.columns[1]).toEqual({ name: 'name', type: 'varchar(60)', comment: '姓名' })
  })
})
