import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { citizenNumber, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'
import { FirstRecords } from './first-records.ts'

let running: TestApp
const NUMBER = citizenNumber('19700101', '100')
const resident = (number: string, name: string) => ({
  number,
  name,
  sex: '2',
  bornOn: '1970-01-01',
  household: '000000001',
  relation: '0',
  address: '山东省泰安市泰山区岱庙街道龙山路27号',
  division: '370902001005',
})

beforeAll(async () => {
  running = await testApp({ demo: true })
}, 180_000)
afterAll(() => running.stop())

const asked = async (statement: string, database = running.ownerUrl) => (await asOwner(database, statement)).rows

/** Columns in their order, keys, indexes, what it says of itself, and who may do what. */
const shape = (database: string) =>
  asked(
    `select attnum, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid) as value,
        col_description(attrelid, attnum) as comment
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = 'one_file.record'::regclass and attnum > 0 order by attnum`,
    database,
  ).then(async (columns) => ({
    columns,
    constraints: await asked(
      `select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'one_file.record'::regclass order by 1`,
      database,
    ),
    indexes: await asked(
      `select indexname, indexdef from pg_indexes where schemaname = 'one_file' and tablename = 'record' order by 1`,
      database,
    ),
    table: await asked(
      `select obj_description(oid), relacl::text[] from pg_class where oid = 'one_file.record'::regclass`,
      database,
    ),
  }))

test('what a cut run left is thrown away by the next, whose table is in every respect the one that migrations made', async () => {
  const cut = await FirstRecords.begin(running.app)
  await cut?.nobody([{ dataset: 'base.resident', row: 999, version: 1 }])
  await asked(`insert into one_file.entity (kind, made_at) values ('person', now())`)
  await writeRows(running, 'base.resident', [resident(NUMBER, '王明')])
  await writeRows(running, 'base.medical-insured', [
    { member: 'Y1', name: '王明', sex: '2', number: NUMBER, bornOn: '1970-01-01', kind: '居民' },
    { member: 'Y2', name: '无名', kind: '居民' },
  ])
  await settle(running.app)
  expect(
    await asked(
      'select dataset, part, kind, entity is null as nobody from one_file.record order by dataset, row, part',
    ),
  ).toEqual([
    { dataset: 'base.medical-insured', part: 0, kind: 'person', nobody: false },
    { dataset: 'base.medical-insured', part: 9, kind: 'nobody', nobody: true },
    { dataset: 'base.resident', part: 0, kind: 'person', nobody: false },
  ])
  expect(await asked('select count(*) as entities from one_file.entity')).toEqual([{ entities: 1 }])
  expect(await asked('select count(distinct entity) as entities from one_file.record')).toEqual([{ entities: 1 }])
  expect(await shape(running.ownerUrl)).toEqual(await shape(inject('database')))
})

test('a number that was given is not given again', async () => {
  await writeRows(running, 'base.resident', [resident(citizenNumber('19700101', '102'), '李红')])
  await settle(running.app)
  const [found] = await asked(
    'select count(*) as made, count(distinct id) as numbers, max(id) as last from one_file.entity',
  )
  expect(found).toMatchObject({ made: 2, numbers: 2 })
})

test('records that are known are not replaced', async () => {
  expect(await FirstRecords.begin(running.app)).toBeUndefined()
  const call = (statement: string) => running.app.pool.query(statement)
  await expect(call('select one_file.first_end()')).rejects.toThrow()
  await asked('create table one_file.first_record (like one_file.record)')
  await expect(call('select one_file.first_end()')).rejects.toThrow('one_file.record has records already')
  await expect(call(`select one_file.first_index('entity_pkey')`)).rejects.toThrow()
  expect(await asked('select count(*) as records from one_file.record')).toEqual([{ records: 4 }])
})
