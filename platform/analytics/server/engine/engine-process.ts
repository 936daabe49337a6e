import { once } from 'node:events'
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  StatementType,
} from '@duckdb/node-api'
import type { Step, Value } from '../../contract.ts'
import { planWords } from './plan-words.ts'
import { literal, name, type Report, type Task } from './protocol.ts'
import { runJobs } from './run-jobs.ts'
import { plain } from './value.ts'

const PROGRESS_MS = 400
/** `pragma` and `call` count as reading where the engine turns them into a select. */
const NO_SELECT = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(pragma|call)\b/i

/** The one engine of this process, for one task: a question that goes wrong can take nothing else with it. */
async function serve(task: Task): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(task.threads),
    memory_limit: `${Math.floor(task.bytes / 2 ** 20)}MiB`,
    temp_directory: task.spill ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: String(task.spill === undefined),
  })
  const connection = await connect(instance)
  const timer = setInterval(() => tellProgress(connection), PROGRESS_MS)
  try {
    const last = await runAll(connection, task.prepare)
    if (task.steps) {
      await runSteps(instance, connection, task)
      return
    }
    if (task.sql === undefined) {
      if (last) await answer(last, task.rows)
      return
    }
    await confine(connection, task)
    await askOnly(connection, task.sql)
    if (task.tellsPlan) tell({ kind: 'plan', words: await planWords(connection, inner(task.sql), task.values) })
    await lock(connection)
    if (task.into) await copyTo(connection, task.sql, task.into, PARQUET, task.values)
    else await answer(await connection.stream(task.sql, [...task.values]), task.rows)
  } finally {
    clearInterval(timer)
  }
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect()
  for (const statement of [
    "set TimeZone = 'Asia/Shanghai'",
    'set enable_progress_bar = true',
    'set enable_progress_bar_print = false',
  ])
    await connection.run(statement)
  return connection
}

async function runAll(connection: DuckDBConnection, statements: readonly string[]): Promise<DuckDBResult | undefined> {
  let last: DuckDBResult | undefined
  for (const statement of statements) last = await connection.run(statement)
  return last
}

/** From here on these files and nothing else, without a way back. */
async function confine(connection: DuckDBConnection, { files, into, stores = [], text }: Task): Promise<void> {
  const written = [...(into ? [into] : []), ...stores.map(({ file }) => file), ...(text ? [text.file] : [])]
  const within = [...files, ...written].map(literal)
  await connection.run(`set allowed_paths = [${within.join(', ')}]`)
  await connection.run('set enable_external_access = false')
}

/** From here on no setting changes. */
const lock = (connection: DuckDBConnection): Promise<unknown> => connection.run('set lock_configuration = true')

/** Each step becomes a table that the next ones see; what is to be stored or written follows as soon as it is there. */
async function runSteps(instance: DuckDBInstance, connection: DuckDBConnection, task: Task): Promise<void> {
  const { steps = [], stores = [], text, answers = [] } = task
  const other = await connect(instance)
  await confine(connection, task)
  await lock(connection)
  let made = 0
  const making = steps.map((step) => ({
    name: step.name,
    text: `${step.sql} ${step.otherwise ?? ''}`,
    run: async (on: DuckDBConnection) => {
      await makeStep(on, step)
      tell({ kind: 'progress', share: ++made / steps.length })
    },
  }))
  const storing = stores.map((each) => ({ text: each.step, run: (on: DuckDBConnection) => storeStep(on, each) }))
  const writing = text ? [{ text: text.sql, run: (on: DuckDBConnection) => write(on, text) }] : []
  await runJobs([...making, ...writing, ...storing], [connection, other])
  for (const step of answers) {
    const reader = await connection.runAndReadAll(`select * from ${name(step)}`)
    tell({ kind: 'answered', step, rows: reader.getRows().map((row) => row.map(plain)) })
  }
}

async function makeStep(connection: DuckDBConnection, step: Step): Promise<void> {
  try {
    await makeTable(connection, step.name, step.sql)
  } catch (error) {
    if (step.otherwise === undefined) throw error
    tell({ kind: 'step-failed', step: step.name, text: (error as Error).message })
    await makeTable(connection, step.name, step.otherwise)
  }
}

/** Parquet has no sums of whole numbers but as doubles: they become long ones, or the change would show in their text. */
async function storeStep(
  connection: DuckDBConnection,
  { step, file }: NonNullable<Task['stores']>[number],
): Promise<void> {
  const columns = columnsOf(await connection.run(`select * from ${name(step)} limit 0`))
  const listed = columns.map(({ name: column, type }) =>
    type === 'HUGEINT' ? `${name(column)}::bigint as ${name(column)}` : name(column),
  )
  const select = `select ${listed.join(', ')} from ${name(step)}`
  tell({ kind: 'stored', step, rows: await copyTo(connection, select, file, PARQUET), columns })
}

async function write(connection: DuckDBConnection, { sql, file }: NonNullable<Task['text']>): Promise<void> {
  await askOnly(connection, sql)
  tell({ kind: 'written', rows: await copyTo(connection, sql, file, 'format csv, header false') })
}

const PARQUET = 'format parquet, compression zstd'

/** @returns how many rows were written */
async function copyTo(
  connection: DuckDBConnection,
  sql: string,
  file: string,
  options: string,
  values: readonly Value[] = [],
): Promise<number> {
  const to = `${literal(file)} (${options}, use_tmp_file false)`
  return (await connection.run(`copy (\n${inner(sql)}\n) to ${to}`, [...values])).rowsChanged
}

/**
 * Planned once, since that takes longer than many a step: what a table is made of can be nothing but one statement that
 * reads. What is wrong is told by its place in the text as it came.
 */
async function makeTable(connection: DuckDBConnection, table: string, sql: string): Promise<void> {
  try {
    await (await onlyOne(connection, `create table ${name(table)} as (\n${inner(sql)}\n)`)).run()
  } catch (error) {
    await askOnly(connection, sql)
    throw error
  }
}

const inner = (sql: string): string => sql.replace(/[;\s]+$/, '')

const columnsOf = (result: DuckDBResult) =>
  result.deduplicatedColumnNames().map((column, at) => ({ name: column, type: String(result.columnType(at)) }))

/** A file within reach could be written by `copy`, also by explaining one: so nothing runs but one statement that reads. */
async function askOnly(connection: DuckDBConnection, sql: string): Promise<void> {
  const { statementType } = await onlyOne(connection, sql)
  if (statementType !== StatementType.SELECT || NO_SELECT.test(sql))
    throw new TypeError('Permission Error: only a statement that reads (SELECT) may be asked')
}

async function onlyOne(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw new TypeError('Parser Error: exactly one statement is needed')
  return statements.prepare(0)
}

/** Sends the rows, one batch at a time: the next when the reader asks for it. */
async function answer(result: DuckDBResult, rows: number): Promise<void> {
  const columns = columnsOf(result)
  let left = rows
  let isFirst = true
  for await (const chunk of result) {
    const all = chunk.getRows()
    const cut = all.length > left
    await send({ columns, rows: all.slice(0, left).map((row) => row.map(plain)), cut })
    isFirst = false
    left -= all.length
    if (cut) return
  }
  if (isFirst) await send({ columns, rows: [], cut: false })
}

async function send(batch: Extract<Report, { kind: 'batch' }>['batch']): Promise<void> {
  const next = once(process, 'message')
  tell({ kind: 'batch', batch })
  await next
}

function tellProgress({ progress: { percentage } }: DuckDBConnection): void {
  if (percentage >= 0) tell({ kind: 'progress', share: percentage / 100 })
}

const tell = (report: Report): void => void process.send?.(report)

// The program that asked is gone: so is the question.
process.once('disconnect', () => process.exit())
const [task] = await once(process, 'message')
await serve(task as Task).then(
  () => tell({ kind: 'done' }),
  (error: Error) => tell({ kind: 'failed', text: error.message }),
)
