import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import type { FileField, LifeEvent, Relation } from '../../types.ts'
import { call, citizenNumber, PASSWORD, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'

let running: TestApp
let steward: Client
let reader: Client
const WHY = '档案归并和核对'

const numbers = {
  moved: citizenNumber('19880301', '001'),
  abroad: citizenNumber('19850412', '003'),
  died: citizenNumber('19450709', '005'),
  unsaid: citizenNumber('19790809', '007'),
  twice: citizenNumber('19820203', '009'),
  again: citizenNumber('19820203', '017'),
}
type Who = keyof typeof numbers
const NAMES: Readonly<Record<Who, string>> = {
  moved: '孙远航',
  abroad: '周海外',
  died: '吴长寿',
  unsaid: '郑不详',
  twice: '冯双户',
  again: '冯双户',
}

const registered = (who: Who, end: { readonly endedOn?: string; readonly endReason?: string } = {}) => ({
  number: numbers[who],
  name: NAMES[who],
  sex: '1',
  bornOn: `${numbers[who].slice(6, 10)}-${numbers[who].slice(10, 12)}-${numbers[who].slice(12, 14)}`,
  address: `山东省泰安市泰山区岱庙街道龙山路${numbers[who].slice(12, 14)}号`,
  division: '370902001005',
  ...(who === 'moved' || who === 'twice' ? { household: '000000001' } : {}),
  ...end,
})

beforeAll(async () => {
  running = await testApp({ demo: true })
  await writeRows(running, 'base.resident', [
    registered('moved', { endedOn: '2024-05-01', endReason: '迁出' }),
    registered('abroad', { endedOn: '2024-06-01', endReason: '出国定居' }),
    registered('died', { endedOn: '2024-07-01', endReason: '死亡' }),
    registered('unsaid', { endedOn: '2024-08-01' }),
    registered('twice'),
    registered('again', { endedOn: '2024-09-01', endReason: '重复户口' }),
  ])
  await writeRows(running, 'base.pension', [
    {
      member: 'P1',
      name: NAMES.moved,
      number: numbers.moved,
      bornOn: '1988-03-01',
      lastPaid: '202506',
      address: '泰安市',
    },
  ])
  await running.app.pool.query(`insert into one_file.decision (kind, a, b, same, by, at, reason)
    select 'person', min(ref), max(ref), true, 'test', now(), 'one and the same' from (
      select 'base.resident/' || _id || '/0' as ref from base.resident where name = '${NAMES.twice}') r`)
  await settle(running.app)
  ;[steward, reader] = await Promise.all([
    signIn(running, 'steward', PASSWORD),
    signIn(running, 'civil-affairs', PASSWORD),
  ])
}, 240_000)
afterAll(() => running.stop())

async function fileOf(who: Who, query = '', as = steward) {
  const purpose = as === steward ? WHY : '核实社会救助申请'
  const found = await call(running, as, 'POST', '/api/one-file/people/search', {
    purpose,
    body: { number: numbers[who] },
  })
  const [{ id }] = found.body.rows
  const path = `/api/one-file/people/${id}?unmask=true${query}`
  const { body } = await call(running, as, 'GET', path, { purpose })
  const fields = body.fields as readonly FileField[]
  const first = (name: string) => fields.find(({ field }) => field === name)?.values[0]
  const events = body.events as readonly LifeEvent[]
  const relations = body.relations as readonly Relation[]
  return {
    died: first('diedOn')?.value,
    struckOff: first('struckOff')?.words?.en ?? first('struckOff')?.value,
    events: events
      .filter(({ kind }) => kind === 'death' || kind === 'struck-off')
      .map(({ on, title }) => `${on} ${title.en}`),
    household: relations.filter(({ relation }) => relation === 'household').map(({ name }) => name),
  }
}

test('who moved away, settled abroad or whose reason nobody entered is struck off and not dead', async () => {
  expect(await fileOf('moved')).toEqual({
    died: undefined,
    struckOff: '2024-05-01, moved away',
    events: ['2024-05-01 Struck off the household register: moved away'],
    household: [NAMES.twice],
  })
  expect(await fileOf('abroad')).toMatchObject({ died: undefined, struckOff: '2024-06-01, settled abroad' })
  expect(await fileOf('unsaid')).toMatchObject({ died: undefined, struckOff: '2024-08-01, no reason entered' })
})

test('who was struck off by a death is dead, although nobody certified it', async () => {
  expect(await fileOf('died')).toMatchObject({ died: '2024-07-01', struckOff: undefined, events: ['2024-07-01 Died'] })
})

test('before the day nobody was struck off, and all were of the household', async () => {
  expect(await fileOf('moved', '&valid=2024-01-01')).toMatchObject({
    died: undefined,
    struckOff: undefined,
    events: [],
  })
  expect((await fileOf('twice', '&valid=2024-01-01')).household).toEqual([NAMES.moved])
})

test('who was registered twice is still registered: that one of the two ended is told as an event, and is no double', async () => {
  expect(await fileOf('again')).toEqual({
    died: undefined,
    struckOff: undefined,
    events: ['2024-09-01 Struck off the household register: registered twice'],
    household: [],
  })
  expect(await fileOf('twice')).toEqual(await fileOf('again'))
  const ghosts = async (kind: string) =>
    (await call(running, steward, 'GET', `/api/one-file/ghosts?kind=${kind}`)).body.rows
  expect(await ghosts('double-in-source')).toEqual([])
  expect(await ghosts('paid-after-death')).toEqual([])
})

test('why somebody was struck off is masked for those who may not see all', async () => {
  const { struckOff, events } = await fileOf('moved', '', reader)
  expect(JSON.stringify([struckOff, events])).not.toMatch(/moved|2024-05-01/)
  expect(events).toEqual(['2024-**-** Struck off the household register'])
})
