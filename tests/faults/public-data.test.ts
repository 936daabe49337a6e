import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { auditLog } from '#platform/audit'
import { tags } from '#platform/tags'
import { boot, findRunning, readConfig } from '#runtime'
import { allModules } from '../../apps/server/modules.ts'
import { Program } from './program.ts'
import { random, seed } from './random.ts'

const KILLS = 8
/** Files that their departments hand over with rows and sums. */
const WITH_FIGURES = 3
interface Reconciled {
  readonly arrivedRows: number
  readonly inserted: number
  readonly changed: number
  readonly same: number
  readonly refused: number
  /** Null where the source gave no figures. */
  readonly agrees: boolean | null
}
const LONGEST_MS = 8 * 60_000
/** Collections that go on, matching and tags that wait or run. */
const UNDONE = `select (select count(*) from sources.feed)
    - (select count(distinct feed) from sources.run where state = 'done')
    + (select count(*) from jobs.job where name in ('sources.run', 'one-file.run', 'tags.run')
        and state in ('created', 'retry', 'active') and start_after < now() + interval '5 minutes')
    + (select count(*) from tags.run where state = 'computing')
    + (select case when exists (select from tags.run where state = 'done') then 0 else 1 end) as left`

/** What is left to do; undefined while nobody answers. */
async function left(folder: string): Promise<number | undefined> {
  const url = findRunning(folder)
  if (!url) return undefined
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return Number((await client.query(UNDONE)).rows[0].left)
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

test(`${KILLS} kills while the city's files are collected, matched and tagged (FAULT_SEED=${seed}): each file once, nothing half done`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-faults-'))
  const program = await Program.at(folder, { DAIZONG_DEMO_RESIDENTS: '1000' })
  const next = random(seed)
  for (let kills = 0; kills < KILLS; kills++) {
    await sleep(1_000 + next() * 7_000)
    if (kills % 3 === 2) program.killDatabase()
    else await program.killServer()
    await program.ready()
  }
  const deadline = Date.now() + LONGEST_MS
  for (let n = await left(folder); n !== 0 && Date.now() < deadline; n = await left(folder)) await sleep(500)
  expect(await left(folder)).toBe(0)
  expect(await program.stop()).toBe(0)

  // Values are computed anew from the facts and compared with those that are stored.
  const kept = join(folder, 'analytics')
  for (const table of await readdir(kept))
    if (table.startsWith('tags_')) await rm(join(kept, table), { recursive: true })
  const config = readConfig({ DATA_DIR: folder, PORT: '0', DAIZONG_LOG_LEVEL: 'fatal' })
  const running = await boot(config, allModules, { listen: false })
  try {
    const rowsOf = async (text: string) => (await running.app.pool.query(text)).rows
    const runs = await rowsOf('select feed, state, reconciliation from sources.run order by feed')
    expect(runs.length).toBeGreaterThan(20)
    expect(new Set(runs.map(({ feed }) => feed)).size).toBe(runs.length)
    const isWhole = ({ arrivedRows, inserted, changed, same, refused, agrees }: Reconciled) =>
      agrees !== false && arrivedRows === inserted + changed + same + refused
    expect(runs.filter(({ state, reconciliation }) => state !== 'done' || !isWhole(reconciliation))).toEqual([])
    expect(runs.filter(({ reconciliation }) => reconciliation.agrees).length).toBe(WITH_FIGURES)
    expect(await rowsOf('select dataset, row from one_file.record where entity is null limit 5')).toEqual([])
    const again = await running.app.use(tags).run('legal-persons.firm')
    expect(again).toMatchObject({ added: 0, removed: 0, failed: [] })
    expect(again.carried).toBeGreaterThan(1000)
    expect(await running.app.use(auditLog).verify()).toMatchObject({ whole: true })
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
