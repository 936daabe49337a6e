import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { type DatasetExtract, datasetExtracts } from '#platform/registry'
import { rules } from '#platform/rules'
import { tags } from '#platform/tags'
import { firmFeatures } from '../domains/regulation/legal-persons/declarations/features.ts'
import { firmTags } from '../domains/regulation/legal-persons/declarations/tags/all.ts'
import { editionSql, onDay, ruleTable, withSources } from '../platform/tags/server/run/sql.ts'
import { type BenchProgram, startProgram } from './program.ts'
import { report } from './report.ts'
import { changeTables, factsSql, layTables, withEngine } from './tags-facts.ts'

/**
 * All firm tags over facts that are laid down as copies outside the measured time; measured is the computation and
 * writing what differs into PostgreSQL. Then again after one fact in a hundred has changed. The same statements are run
 * in PostgreSQL on a twentieth of the firms, and compared with the engine on the same twentieth.
 */
const FIRMS = Number(process.env.FIRMS ?? 700_000)
const PART = Math.round(FIRMS / 20)
const SUBJECT = 'legal-persons.firm'

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

/** What the tags read, in the shape of its copies. */
function extractsOf({ app }: BenchProgram): readonly DatasetExtract[] {
  const known = factsSql(1)
  return app
    .use(datasetExtracts)
    .all()
    .filter(({ dataset }) => dataset.id in known)
}

const run = ({ app }: BenchProgram) => app.use(tags).run(SUBJECT, { asTheyAre: true })

async function engine(program: BenchProgram): Promise<void> {
  const extracts = extractsOf(program)
  const facts = await layTables(program.app.config.dataDir, extracts, FIRMS)
  const figure = { unit: 's', rows: facts }
  let carried = 0
  const whole = await seconds(async () => {
    const result = await run(program)
    if (result.failed.length > 0) throw new TypeError(`Failed: ${result.failed.join()}`)
    carried = result.carried
  })
  process.stdout.write(`${firmTags.length} tags, ${FIRMS} firms, ${facts} facts, ${carried} values\n`)
  report({ ...figure, bench: 'tags-all', value: whole, seconds: whole, ratio: 1, against: 'itself' })
  const changed = await changeTables(program.app.config.dataDir, extracts)
  let differing = 0
  const again = await seconds(async () => {
    const result = await run(program)
    differing = result.added + result.removed
  })
  process.stdout.write(`${changed} facts changed, ${differing} values written\n`)
  report({
    ...figure,
    bench: 'tags-changed',
    value: again,
    seconds: again,
    ratio: again / whole,
    against: 'all of them',
  })
}

/** The same statements, one after the other, over plain tables with the indexes of the product. */
async function inPostgres(program: BenchProgram): Promise<number> {
  const db = new pg.Client({ connectionString: program.ownerUrl })
  await db.connect()
  try {
    await db.query('create schema main')
    await fill(program, db)
    const day = new Date().toISOString().slice(0, 10)
    const names = new Set([...firmTags, ...firmFeatures].flatMap((one) => one.rules))
    for (const rule of names) {
      const edition = program.app.use(rules).edition(rule, { at: new Date() })
      await db.query(`create table ${ruleTable(rule)} as ${editionSql(edition)}`)
    }
    await db.query("set work_mem = '256MB'")
    return await seconds(async () => {
      for (const feature of firmFeatures)
        await db.query(
          `create table ${feature.id} as ${withSources(feature.sources, onDay(feature.sql, day))}; analyze ${feature.id}`,
        )
      await db.query('create table carried (tag int, key text, value text, since date)')
      for (const [at, tag] of firmTags.entries()) {
        const logic = withSources(tag.sources, onDay(tag.logic, day))
        await db.query(`insert into carried select ${at}, key, value::text, since from (${logic}) as t`)
      }
    })
  } finally {
    await db.end()
  }
}

const TYPES: Readonly<Record<string, string>> = { bytea: 'text' }

async function fill(program: BenchProgram, db: pg.Client): Promise<void> {
  for (const { dataset, columns } of extractsOf(program)) {
    const table = dataset.id.replace(/[.-]/g, '_')
    const csv = join(program.app.config.dataDir, `${table}.csv`)
    const listed = columns.map(({ name }) => `"${name}"`).join(', ')
    await withEngine((sql) =>
      sql(`copy (select ${listed} from (${factsSql(PART)[dataset.id]})) to '${csv}' (format csv, header false)`),
    )
    await db.query(
      `create table main.${table} (${columns.map(({ name, type }) => `"${name}" ${TYPES[type] ?? type}`).join(', ')})`,
    )
    await pipeline(createReadStream(csv), db.query(from(`copy main.${table} from stdin (format csv)`)))
    await rm(csv)
    const key = columns.find(({ name }) => name === 'code' || name === 'employer')
    if (key) await db.query(`create index on main.${table} (${key.name})`)
    await db.query(`analyze main.${table}`)
  }
}

async function withProgram(work: (program: BenchProgram) => Promise<void>): Promise<void> {
  const program = await startProgram()
  try {
    await work(program)
  } finally {
    await program.stop()
  }
}

if (!process.env.ONLY)
  await withProgram(async (program) => {
    const facts = await layTables(program.app.config.dataDir, extractsOf(program), PART)
    const ours = await seconds(() => run(program))
    const plain = await inPostgres(program)
    report({
      bench: 'tags-part',
      value: ours,
      unit: 's',
      rows: facts,
      seconds: ours,
      ratio: ours / plain,
      against: 'the same statements in PostgreSQL, a twentieth of the firms',
    })
  })
await withProgram(engine)
