import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actorWith, asOwner, type TestApp, testApp } from '#platform/testing'
import { type Asker, type Work, words } from '#runtime'
import { Conflict } from '../errors.ts'

let running: TestApp
const owner = async (statement: string) => (await asOwner(running.ownerUrl, statement)).rows
beforeAll(async () => {
  running = await testApp({ modules: [] })
  await owner(`create table public.account (id int primary key, n int not null check (n < 100));
    grant select, update on public.account to daizong_app`)
})
afterAll(() => running.stop())
beforeEach(async () => {
  await owner('truncate public.account; insert into public.account select id, 0 from generate_series(1, 20) id')
})

let shared: boolean[] = []
const lock: Asker<number, number> = async (tx, ids, isShared) => {
  shared.push(isShared)
  const { rows } = await sql<{ id: number; n: number }>`select id, n from public.account where id = any(${ids}::int[])
    for update ${sql.raw(isShared ? 'skip locked' : '')}`.execute(tx)
  const found = new Map(rows.map(({ id, n }) => [id, n]))
  return ids.map((id, at) => (ids.indexOf(id) === at ? found.get(id) : undefined))
}
const write = async (tx: Work['tx'], items: readonly { readonly id: number; readonly n: number }[]) => {
  await sql`update public.account a set n = w.n from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as w(id int, n int)
    where a.id = w.id`.execute(tx)
}
const EVENT = 'audit.log.read'
/** Adds one to an account, with a record and an event. */
async function add(work: Work, id: number, more: number): Promise<number> {
  const n = await work.ask(lock, id)
  work.audit({ event: EVENT, subject: { kind: 'account', id: String(id) } })
  work.emit({ topic: 'trial.account.changed', key: String(id) })
  await work.put(write, { id, n: n + more })
  return n + more
}

interface Run {
  readonly actor?: string
  run(work: Work): Promise<unknown>
}
const together = (runs: readonly Run[]) => {
  shared = []
  return Promise.allSettled(
    runs.map(({ actor = 'tester', run }) => running.app.work({ ...actorWith({}), id: actor }, run)),
  )
}
const adding = (id: number, more = 1): Run => ({ actor: `person-${id}`, run: (work) => add(work, id, more) })
const accounts = async () => (await owner('select n from public.account order by id')).map(({ n }) => n)
const transactions = async () => (await owner('select distinct xmin from public.account where n > 0')).length
const toldOf = async (id: number) => {
  const [row] = await owner(`select (select count(*)::int from audit.entry where subject = '${id}') as records,
    (select count(*)::int from runtime.event where topic = 'trial.account.changed' and key = '${id}') as events`)
  return row
}

test('units that come at once share a transaction; each keeps its own actor, records and events', async () => {
  const answers = await together(Array.from({ length: 20 }, (_, n) => adding(n + 1)))
  expect(answers).toEqual(answers.map(() => ({ status: 'fulfilled', value: 1 })))
  expect(await transactions()).toBe(1)
  expect(shared).toEqual([true])
  const records = await owner(`select subject, actor from audit.entry where event = '${EVENT}' order by id`)
  expect(records).toEqual(answers.map((_, n) => ({ subject: String(n + 1), actor: `person-${n + 1}` })))
  expect(await toldOf(20)).toEqual({ records: 1, events: 1 })
})

test('one that is refused leaves nothing, and the others are confirmed', async () => {
  const before = await toldOf(1)
  const refused: Run = {
    run: async (work) => {
      await add(work, 1, 1)
      throw new Conflict('no', words('否', 'No'))
    },
  }
  const [first, ...others] = await together([refused, adding(2), adding(3)])
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'no' } })
  expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect((await accounts()).slice(0, 3)).toEqual([0, 1, 1])
  expect(await toldOf(1)).toEqual(before)
})

test('when a statement fails, each begins again by itself and only the one at fault fails', async () => {
  const before = await toldOf(2)
  const answers = await together([adding(1), adding(2, 500), adding(3)])
  expect(answers).toMatchObject([{ value: 1 }, { reason: { code: '23514' } }, { value: 1 }])
  expect((await accounts()).slice(0, 3)).toEqual([1, 0, 1])
  expect(await transactions()).toBe(2)
  expect(await toldOf(2)).toEqual(before)
  expect(shared).toEqual([true, false, false, false])
})

test('an undeclared audit event fails its own unit only', async () => {
  const undeclared: Run = { run: async (work) => work.audit({ event: 'nobody.declared.this' }) }
  const answers = await together([adding(1), undeclared, adding(3)])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await accounts()).slice(0, 3)).toEqual([1, 0, 1])
})

test('two that want the same row come one after the other, and both count', async () => {
  const answers = await together([adding(1), adding(1), adding(1), adding(2)])
  expect(answers.map((answer) => 'value' in answer && answer.value).sort()).toEqual([1, 1, 2, 3])
  expect((await accounts()).slice(0, 2)).toEqual([3, 1])
})

test('a row that somebody else has locked holds up nobody but who wants it', async () => {
  let release = () => {}
  const isFree = new Promise<void>((done) => {
    release = done
  })
  const holder = running.app.work(actorWith({}), async (work) => {
    await sql`select from public.account where id = 1 for update`.execute(work.tx)
    await isFree
    await sql`update public.account set n = 50 where id = 1`.execute(work.tx)
  })
  await sleep(50)
  const waiting = together([adding(1), adding(2), adding(3)])
  await expect
    .poll(async () => (await accounts()).slice(1, 3))
    .toEqual([1, 1])
    .finally(release)
  await holder
  expect((await waiting)[0]).toMatchObject({ value: 51 })
})

test('a unit with statements of its own, or that reads what it wrote, runs by itself, and once', async () => {
  const own: Run = {
    run: async (work) => {
      const n = await add(work, 1, 1)
      await sql`update public.account set n = n + 10 where id = 1`.execute(work.tx)
      return n
    },
  }
  const twice: Run = {
    run: async (work) => {
      await add(work, 2, 1)
      return add(work, 2, 1)
    },
  }
  const swallowing: Run = {
    run: async (work) => {
      await add(work, 4, 1)
      await sql`update public.account set n = n + 10 where id = 4`.execute(work.tx).catch(() => undefined)
    },
  }
  const answers = await together([own, twice, adding(3), swallowing])
  expect(answers).toMatchObject([{ value: 1 }, { value: 2 }, { value: 1 }, { status: 'fulfilled' }])
  expect((await accounts()).slice(0, 4)).toEqual([11, 2, 1, 11])
})

test('one that waits for something else does not hold up the others, not even for a unit within it', async () => {
  let release = () => {}
  const isFree = new Promise<void>((done) => {
    release = done
  })
  const slow: Run = {
    run: async (work) => {
      await work.ask(lock, 1)
      await isFree
      return add(work, 1, 1)
    },
  }
  const nested: Run = {
    run: async (work) => {
      await work.ask(lock, 4)
      await running.app.work(actorWith({}), (inner) => add(inner, 5, 1))
      return add(work, 4, 1)
    },
  }
  const all = together([slow, nested, adding(2), adding(3)])
  await expect
    .poll(async () => (await accounts()).slice(0, 5))
    .toEqual([0, 1, 1, 1, 1])
    .finally(release)
  expect((await all).map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'))
  expect((await accounts())[0]).toBe(1)
})

test('a unit that is over can be used no more', async () => {
  const kept: Work[] = []
  await together(
    [1, 2].map((id) => ({
      run: async (work) => {
        kept.push(work)
        await add(work, id, 1)
      },
    })),
  )
  await running.app.work(actorWith({}), async (work) => void kept.push(work))
  for (const work of kept) {
    await expect(work.ask(lock, 3)).rejects.toThrow(/is over/)
    await expect(sql`select 1`.execute(work.tx)).rejects.toThrow(/is over/)
  }
})
