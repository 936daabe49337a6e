import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import type { Actor } from '#runtime'
import { benchModule, multiply, openMatter } from './matters.ts'
import { p95 } from './p95.ts'
import { costOf, processorTime } from './processor-time.ts'
import { signedIn, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * Full transitions a second through the engine (lock, rights, clocks, form, log, inboxes, audit record, outbox) with
 * many matters present, against plain prepared SQL that writes the same rows. INSTANCES and SECONDS set the size.
 */
const INSTANCES = Number(process.env.INSTANCES ?? 1_000_000)
const SECONDS = Number(process.env.SECONDS ?? 15)
const AT_ONCE = Number(process.env.AT_ONCE ?? 28)

const program = await startProgram([benchModule])
try {
  const handler = await signedIn(program, { 'bench.handle': 'city' }, 'handler')
  const checker = await signedIn(program, { 'bench.check': 'city' }, 'checker')
  const first = await openMatter(program.app)
  if (first.holders[0] !== `post:${handler.post}`) throw new TypeError('The first matter went elsewhere')
  const due = `s.due + n * interval '1 second'`
  await multiply(program.ownerUrl, first.id, INSTANCES, { instance: {}, action: {}, inbox: { due }, clock: {} })
  const inbox = await p95(100, async () => {
    const answers = ['', '/counts'].map((path) =>
      fetch(`${program.address}/api/loops/inbox${path}`, { headers: { cookie: handler.cookie } }),
    )
    for (const answer of await Promise.all(answers)) await answer.json()
  })
  process.stdout.write(`inbox page and counts of a post with ${INSTANCES} open: p95 ${inbox.toFixed(1)} ms\n`)
  const people = program.app.use(identity)
  const [handling, checking] = [await people.actorFor(handler.id), await people.actorFor(checker.id)]
  const value = await measured('full transitions', () => transitions(handling, checking))
  const raw = await measured('the same writes by hand', rawWrites)
  const against = `prepared SQL writing the same rows, ${raw}/s`
  report({
    bench: 'loops',
    value,
    unit: 'transitions/s',
    ratio: value / raw,
    against,
    seconds: SECONDS,
    rows: INSTANCES,
  })
} finally {
  await program.stop()
}

/** Runs something that counts what it has done, and says what each took. @returns how many a second */
async function measured(what: string, run: () => Promise<number>): Promise<number> {
  const before = processorTime(program.folder)
  const start = performance.now()
  const done = await run()
  const seconds = (performance.now() - start) / 1000
  process.stdout.write(costOf(what, done, before, processorTime(program.folder)))
  return Math.round(done / seconds)
}

async function transitions(handler: Actor, checker: Actor): Promise<number> {
  const service = program.app.use(loops)
  const until = performance.now() + SECONDS * 1000
  let done = 0
  const worker = async (n: number) => {
    for (let at = 1 + n; performance.now() < until; at += AT_ONCE) {
      const instance = String(1 + (at % INSTANCES))
      await program.app.work(handler, (work) =>
        service.act(work, { instance, action: 'report', revision: 1, key: randomUUID(), form: { text: '已整改' } }),
      )
      await program.app.work(checker, (work) =>
        service.act(work, { instance, action: 'close', revision: 2, key: randomUUID() }),
      )
      done += 2
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => worker(n)))
  return done
}

/** The same rows by hand: lock, instance, log, two inbox rows, clock, audit, outbox, in one transaction each. */
async function rawWrites(): Promise<number> {
  const owner = new pg.Client({ connectionString: program.ownerUrl })
  await owner.connect()
  await owner.query(
    `create schema raw; create table raw.audit (at timestamptz not null, event text not null, actor text not null, details jsonb not null); create table raw.event (like runtime.event)`,
  )
  await owner.end()
  const pool = new pg.Pool({ connectionString: program.ownerUrl, max: AT_ONCE })
  const until = performance.now() + SECONDS * 1000
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
  return done
}
