import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { StartError } from '../errors.ts'
import type { Module } from '../module.ts'
import { APP_ROLE } from './connect.ts'

/** PostgreSQL schema of a module. */
export const schemaOf = (module: Pick<Module, 'id'>): string => module.id.replace(/[.-]/g, '_')

const LOCK = 8_240_117

/**
 * Brings every module's schema up to date, in the order given, one transaction a file. Only one process at a time does
 * it. @throws StartError when an applied file was changed or is missing, or a file fails
 */
export async function migrate(owner: pg.Client, modules: readonly Module[]): Promise<void> {
  await owner.query('select pg_advisory_lock($1)', [LOCK])
  try {
    await owner.query(`create schema if not exists runtime; grant usage on schema runtime to ${APP_ROLE};
      create table if not exists runtime.migration (
        module text not null, file text not null, sum text not null, applied_at timestamptz not null default now(),
        primary key (module, file));
      comment on table runtime.migration is 'Migrations applied, with the SHA-256 of their text'`)
    const { rows } = await owner.query<{ module: string; file: string; sum: string }>('select * from runtime.migration')
    const applied = new Map(rows.map((row) => [`${row.module}/${row.file}`, row.sum]))
    for (const module of modules) for (const file of filesOf(module)) await apply(owner, module, file, applied)
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

function filesOf(module: Module): string[] {
  const folder = join(module.folder, 'migrations')
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((f) => f.endsWith('.sql'))
        .sort()
    : []
}

async function apply(
  owner: pg.Client,
  module: Module,
  file: string,
  applied: ReadonlyMap<string, string>,
): Promise<void> {
  const text = readFileSync(join(module.folder, 'migrations', file), 'utf8')
  const sum = createHash('sha256').update(text).digest('hex')
  const before = applied.get(`${module.id}/${file}`)
  if (before === sum) return
  if (before)
    throw new StartError(`Migration ${module.id}/${file} was changed after it had been applied; add a new file.`)
  const schema = schemaOf(module)
  try {
    await owner.query(`begin; create schema if not exists ${schema}; grant usage on schema ${schema} to ${APP_ROLE}`)
    await owner.query(text)
    await owner.query('insert into runtime.migration (module, file, sum) values ($1, $2, $3)', [module.id, file, sum])
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw new StartError(`Migration ${module.id}/${file} failed: ${(error as Error).message}.`)
  }
}
