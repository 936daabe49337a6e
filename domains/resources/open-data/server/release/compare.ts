import { sql } from 'kysely'
import type { App } from '#runtime'
import type { Difference, Version } from '../store.ts'
import type { OpenColumn } from './columns.ts'

/** What a version changed against the one in force, whose rows are still there. */
export async function compare(
  app: App,
  entry: string,
  number: number,
  columns: readonly OpenColumn[],
  before: Version | undefined,
): Promise<Difference> {
  const names = columns.map(({ name }) => name)
  const old = before?.columns.map(({ name }) => name) ?? []
  const fields = {
    newFields: before ? names.filter((name) => !old.includes(name)) : [],
    goneFields: old.filter((name) => !names.includes(name)),
  }
  if (!before) return { added: await count(app, entry, number), removed: 0, changed: 0, ...fields }
  const key = columns.filter((column) => column.key).map(({ name }) => name)
  const isKeyed = key.length > 0 && key.every((name) => old.includes(name))
  const found = isKeyed
    ? await byKey(app, entry, number, before.number, key)
    : await byContent(app, entry, number, before.number)
  return { before: before.number, ...found, ...fields }
}

const keyText = (key: readonly string[]) =>
  sql`jsonb_build_array(${sql.join(key.map((name) => sql`data -> ${name}::text`))})`

async function byKey(app: App, entry: string, number: number, before: number, key: readonly string[]) {
  const rowsOf = (version: number) => sql`
    select ${keyText(key)} as key, data from open_data.row where entry = ${entry} and version = ${version}`
  const { rows } = await sql<{ added: number; removed: number; changed: number }>`
    select count(*) filter (where b.key is null)::int as added, count(*) filter (where a.key is null)::int as removed,
      count(*) filter (where a.data <> b.data)::int as changed
    from (${rowsOf(number)}) a full join (${rowsOf(before)}) b on a.key = b.key`.execute(app.db)
  return rows[0] ?? { added: 0, removed: 0, changed: 0 }
}

/** Without a key a changed row is one that is gone and another that came. */
async function byContent(app: App, entry: string, number: number, before: number) {
  const rowsOf = (version: number) => sql`
    select data, count(*) as times from open_data.row where entry = ${entry} and version = ${version} group by data`
  const { rows } = await sql<{ added: number; removed: number }>`
    select sum(greatest(coalesce(a.times, 0) - coalesce(b.times, 0), 0))::int as added,
      sum(greatest(coalesce(b.times, 0) - coalesce(a.times, 0), 0))::int as removed
    from (${rowsOf(number)}) a full join (${rowsOf(before)}) b on a.data = b.data`.execute(app.db)
  return { added: rows[0]?.added ?? 0, removed: rows[0]?.removed ?? 0, changed: null }
}

async function count(app: App, entry: string, number: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from open_data.row where entry = ${entry} and version = ${number}`.execute(app.db)
  return rows[0]?.count ?? 0
}
