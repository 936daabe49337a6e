import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Type } from 'typebox'
import { identity, staffing } from '#platform/identity'
import { loop, loops } from '#platform/loops'
import { type Actor, boot, defineModule, type Running, readConfig, startEmbedded, system, words } from '#runtime'
import { allModules } from '../apps/server/modules.ts'

/**
 * Full transitions a second through the engine (lock, rights, clocks, form, log, inboxes, audit record, outbox) with
 * many matters present, against plain prepared SQL that writes the same rows. INSTANCES and SECONDS set the size.
 */
const INSTANCES = Number(process.env.INSTANCES ?? 1_000_000)
const SECONDS = Number(process.env.SECONDS ?? 15)
const AT_ONCE = Number(process.env.AT_ONCE ?? 28)
const DIVISION = '370902'

const title = words('测量', 'Bench')
const definition = loop({
  id: 'bench.matter',
  version: 1,
  title,
  headline: words('{name}', '{name}'),
  data: Type.Object({ name: Type.String(), division: Type.String() }),
  division: 'division',
  start: 'here',
  clock: { limit: '60wd', warnBefore: '5wd' },
  places: {
    here: { title, kind: 'open', assign: { right: 'bench.handle' }, clock: { limit: '10wd', warnBefore: '2wd' } },
    there: { title, kind: 'open', assign: { right: 'bench.check' }, clock: { limit: '5wd', warnBefore: '1wd' } },
    closed: { title, kind: 'end', outcome: 'done' },
  },
  actions: {
    report: {
      title,
      from: ['here'],
      to: 'there',
      form: Type.Object({ text: Type.String({ minLength: 1 }) }),
    },
    reject: { title, from: ['there'], to: 'here' },
    close: { title, from: ['there'], to: 'closed' },
  },
})
const benchModule = defineModule({
  id: 'bench',
  title,
  about: title,
  needs: ['loops'],
  folder: '/none',
  rights: ['handle', 'check'].map((id) => ({ id: `bench.${id}`, title })),
  loops: [definition],
})

const folder = await mkdtemp(join(tmpdir(), 'daizong-bench-'))
const database = await startEmbedded(folder)
const config = readConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: database.url, DAIZONG_LOG_LEVEL: 'error' })
const running = await boot(config, [...allModules, benchModule], { listen: false })
try {
  const handler = await person('bench.handle')
  const checker = await person('bench.check')
  await preload(handler)
  const inbox = await inboxPage(handler)
  process.stdout.write(`inbox page and counts of a post with ${INSTANCES} open: p95 ${inbox} ms\n`)
  const value = await transitions(handler, checker)
  const raw = await rawWrites()
  const ratio = Number((value / raw).toFixed(3))
  const against = `prepared SQL writing the same rows, ${raw}/s`
  const line = { bench: 'loops', value, unit: 'transitions/s', ratio, against, seconds: SECONDS, rows: INSTANCES }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  await running.stop()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

async function person(right: string): Promise<Actor> {
  const people = (running as Running).app.use(staffing)
  const id = await running.app.work(system('bench'), async (work) => {
    const role = await people.addRole(work, { id: `role.${right}`, title, rights: { [right]: 'city' } })
    const post = await people.addPost(work, { id: `post.${right}`, title, organisation: 'city.ecology', roles: [role] })
    const account = await people.addAccount(work, { account: right, name: right, kind: 'staff' })
    await people.assign(work, post, account)
    return account
  })
  return running.app.use(identity).actorFor(id)
}

/** One real matter, then its rows as often as wanted. */
async function preload(handler: Actor): Promise<void> {
  const first = await running.app.work(system('bench'), (work) =>
    running.app.use(loops).open(work, {
      definition: 'bench.matter',
      key: 'first',
      data: { name: '大气重点整治事项', division: DIVISION },
    }),
  )
  if (first.holders[0] !== `post:${handler.post}`) throw new RangeError('The first matter went elsewhere')
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  const columns = async (table: string, replaced: Readonly<Record<string, string>>) => {
    const { rows } = await owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'loops' and table_name = $1 order by ordinal_position`,
      [table],
    )
    return rows.map(({ name }) => replaced[name] ?? `s.${name}`).join(', ')
  }
  const copy = async (table: string, key: string, replaced: Readonly<Record<string, string>>) =>
    owner.query(`insert into loops.${table} select ${await columns(table, replaced)}
      from loops.${table} s, generate_series(1, ${INSTANCES - 1}) n where s.${key} = ${first.id}`)
  await copy('instance', 'id', { id: `s.id + n`, key: `'k' || n` })
  const own = { instance: 's.instance + n', due: `s.due + n * interval '1 second'` }
  await copy('action', 'instance', { ...own, due: 's.due' })
  await copy('inbox', 'instance', own)
  await copy('clock', 'instance', own)
  await owner.query(`select setval('loops.instance_id_seq', (select max(id) from loops.instance))`)
  await owner.query('vacuum analyze')
  await owner.end()
}

/** p95 in milliseconds of a page of fifty and the counts. */
async function inboxPage(actor: Actor): Promise<number> {
  const times: number[] = []
  const holder = `post:${actor.post}`
  for (let n = 0; n < 100; n++) {
    const start = performance.now()
    await running.app.pool.query(
      `select i.* from (select instance from loops.inbox where holder = $1 and state = 'todo'
       order by due, instance limit 50) b join loops.instance i on i.id = b.instance`,
      [holder],
    )
    await running.app.pool.query(
      `select definition, due <= now() as red, warn <= now() as yellow, count(*) from loops.inbox
       where state = 'todo' and holder = $1 group by 1, 2, 3`,
      [holder],
    )
    times.push(performance.now() - start)
  }
  return Math.round(times.sort((a, b) => a - b)[94] ?? 0)
}

async function transitions(handler: Actor, checker: Actor): Promise<number> {
  const service = running.app.use(loops)
  const until = performance.now() + SECONDS * 1000
  const start = performance.now()
  let done = 0
  const worker = async (n: number) => {
    for (let at = 1 + n; performance.now() < until; at += AT_ONCE) {
      const instance = String(1 + (at % INSTANCES))
      await running.app.work(handler, (work) =>
        service.act(work, { instance, action: 'report', revision: 1, key: randomUUID(), form: { text: '已整改' } }),
      )
      await running.app.work(checker, (work) =>
        service.act(work, { instance, action: 'close', revision: 2, key: randomUUID() }),
      )
      done += 2
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => worker(n)))
  return Math.round((done / (performance.now() - start)) * 1000)
}

/** The same rows by hand: lock, instance, log, two inbox rows, clock, audit, outbox, in one transaction each. */
async function rawWrites(): Promise<number> {
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  await owner.query(
    `create schema raw; create table raw.audit (at timestamptz not null, event text not null, actor text not null, details jsonb not null); create table raw.event (like runtime.event)`,
  )
  await owner.end()
  const pool = new pg.Pool({ connectionString: database.url, max: AT_ONCE })
  const until = performance.now() + SECONDS * 1000
  const start = performance.now()
  let done = 0
  const worker = async (n: number) => {
    const client = await pool.connect()
    const run = (name: string, text: string, values: unknown[] = []) => client.query({ name, text, values })
    for (let at = 1 + n; performance.now() < until; at += AT_ONCE) {
      const id = 1 + (INSTANCES - 1 - (at % INSTANCES))
      await client.query('begin')
      await run('lock', 'select * from loops.instance where id = $1 for update', [id])
      await run(
        'move',
        `update loops.instance set place = 'there', revision = revision + 1, acted_at = now(), memory = memory,
         clocks = clocks, holders = holders, due = now() where id = $1`,
        [id],
      )
      await run(
        'log',
        `insert into loops.action (instance, revision, key, action, at, actor, actor_kind, from_place, to_place)
         select id, revision, $2, 'report', now(), 'a', 'person', 'here', 'there' from loops.instance where id = $1`,
        [id, randomUUID()],
      )
      await run(
        'put',
        `insert into loops.inbox (instance, holder, state, definition, headline, at)
         values ($1, 'post:raw', 'todo', 'bench.matter', 'x', now()) on conflict (instance, holder) do update set at = now()`,
        [id],
      )
      await run(
        'done',
        `update loops.inbox set state = 'done', at = now() where instance = $1 and holder <> 'post:raw'`,
        [id],
      )
      await run('clock', "update loops.clock set next_at = now() + interval '1 day' where instance = $1", [id])
      await run('audit', `insert into raw.audit values (now(), 'loops.acted', 'a', '{"definition": "bench.matter"}')`)
      await run(
        'event',
        `insert into raw.event (id, xid, at, topic, key, data) values ($1, pg_current_xact_id(), now(), 't', 'k', '{}')`,
        [id],
      )
      await client.query('commit')
      done++
    }
    client.release()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => worker(n)))
  await pool.end()
  return Math.round((done / (performance.now() - start)) * 1000)
}
