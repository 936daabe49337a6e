import pg from 'pg'
import { benchModule, multiply, openMatter } from './matters.ts'
import { signedIn, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * How long it takes until every clock of CLOCKS matters that are due in the same minute has acted: each moves its matter
 * to another place and inbox with log, audit record and event. Against the same moves as one statement of plain SQL.
 */
const CLOCKS = Number(process.env.CLOCKS ?? 100_000)

const program = await startProgram([benchModule])
const owner = new pg.Client({ connectionString: program.ownerUrl })
await owner.connect()
const one = async (text: string): Promise<number> =>
  Number((await owner.query({ text, rowMode: 'array' })).rows[0]?.[0])
try {
  await signedIn(program, { 'bench.handle': 'city' }, 'handler')
  const { post } = await signedIn(program, { 'bench.check': 'city' }, 'checker')
  const first = await openMatter(program.app)
  // It began 30 days ago and its warning was given; the clocks rest until all are there.
  await owner.query(`update loops.instance set clocks = jsonb_set(jsonb_set(clocks,
    '{place,events,0,at}', to_jsonb(now() - interval '30 days')), '{place,taken}', '1'), acted_at = now() - interval '30 days'`)
  await owner.query(`update loops.clock set next_at = 'infinity'`)
  await multiply(program.ownerUrl, first.id, CLOCKS, { instance: {}, action: {}, inbox: {}, clock: {} })
  const started = performance.now()
  await owner.query(`update loops.clock set next_at = now() - interval '1 second' * random()`)
  const released = performance.now()
  while ((await one('select count(*) from loops.clock where next_at <= now()')) > 0)
    await new Promise((done) => setTimeout(done, 200))
  const seconds = (performance.now() - started) / 1000
  const moved = await one(`select count(*) from loops.instance where place = 'there' and revision = 2`)
  const held = await one(`select count(*) from loops.inbox where state = 'todo' and holder = 'post:${post}'`)
  const logged = await one(`select count(*) from loops.action where action = 'lapse'`)
  if ([moved, held, logged].some((count) => count !== CLOCKS))
    throw new TypeError(`Of ${CLOCKS} matters ${moved} moved, ${held} are in the next inbox, ${logged} are in the log`)
  process.stdout.write(`made due in ${((released - started) / 1000).toFixed(1)} s\n`)
  const plain = await bareMoves(`post:${post}`)
  report({
    bench: 'clocks',
    value: CLOCKS / seconds,
    unit: 'clocks/s',
    ratio: plain / seconds,
    against: `one statement of plain SQL a table, ${plain.toFixed(1)} s`,
    seconds,
    rows: CLOCKS,
  })
} finally {
  await owner.end()
  await program.stop()
}

/** Seconds in which the same rows are written by hand, each table at once. */
async function bareMoves(holder: string): Promise<number> {
  await owner.query('create table bare_event (like runtime.event); create table bare_entry (like audit.entry)')
  const start = performance.now()
  await owner.query(`begin;
    update loops.instance set place = 'here', revision = 3, place_since = now(), memory = memory, clocks = clocks;
    insert into loops.action select (jsonb_populate_record(a, '{"revision": 3, "key": "bare"}')).* from loops.action a
      where action = 'lapse';
    update loops.inbox set state = 'done', at = now() where state = 'todo';
    insert into loops.inbox select (jsonb_populate_record(b, '{"holder": "post:bare", "state": "todo"}')).* from loops.inbox b
      where holder = '${holder}';
    update loops.clock set next_at = now() + interval '1 day';
    insert into bare_event select * from runtime.event where topic = 'loops.instance.moved' limit ${CLOCKS};
    insert into bare_entry select * from audit.entry where event = 'loops.acted' limit ${CLOCKS};
    commit`)
  return (performance.now() - start) / 1000
}
