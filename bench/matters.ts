import pg from 'pg'
import { Type } from 'typebox'
import { type LoopInstance, loop, loops } from '#platform/loops'
import { type App, defineModule, system, words } from '#runtime'

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
    here: {
      title,
      kind: 'open',
      assign: { right: 'bench.handle' },
      clock: { limit: '10wd', warnBefore: '2wd', atLimit: [{ act: 'lapse' }] },
    },
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
    lapse: { title, from: ['here'], to: 'there', automatic: 'clock' },
    reject: { title, from: ['there'], to: 'here' },
    close: { title, from: ['there'], to: 'closed' },
  },
})

/** A kind of matter with two places, and the rights `bench.handle` and `bench.check` over them. */
export const benchModule = defineModule({
  id: 'bench',
  title,
  about: title,
  needs: ['loops'],
  folder: '/none',
  rights: ['handle', 'check'].map((id) => ({ id: `bench.${id}`, title })),
  loops: [definition],
})

/** Opens a matter as any program does. */
export const openMatter = (app: App): Promise<LoopInstance> =>
  app.work(system('bench'), (work) =>
    app.use(loops).open(work, {
      definition: 'bench.matter',
      key: 'first',
      data: { name: '大气重点整治事项', division: '370902' },
    }),
  )

/** Columns that differ from the first matter's, as SQL of its row `s` and a running number `n`. */
type Replaced = Readonly<Record<string, string>>
type Table = 'instance' | 'action' | 'inbox' | 'clock'

/** Copies the rows of a matter until there are so many; indexes are made again afterwards. */
export async function multiply(
  ownerUrl: string,
  first: string,
  count: number,
  tables: Readonly<Partial<Record<Table, Replaced>>>,
): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'")
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not i.indisunique`,
    [Object.keys(tables).map((table) => `loops.${table}`)],
  )
  for (const { name } of indexes) await owner.query(`drop index ${name}`)
  for (const [table, replaced] of Object.entries(tables)) {
    const key = table === 'instance' ? 'id' : 'instance'
    const own: Replaced = { [key]: `s.${key} + n`, ...(table === 'instance' ? { key: `'k' || n` } : {}), ...replaced }
    const { rows } = await owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'loops' and table_name = $1 order by ordinal_position`,
      [table],
    )
    await owner.query(`insert into loops.${table} select ${rows.map(({ name }) => own[name] ?? `s.${name}`).join(', ')}
      from loops.${table} s, generate_series(1, ${count - 1}) n where s.${key} = ${first}`)
  }
  for (const { definition } of indexes) await owner.query(definition)
  await owner.query(`select setval('loops.instance_id_seq', (select max(id) from loops.instance))`)
  await owner.query('vacuum analyze')
  await owner.end()
}
