import { type RawBuilder, sql } from 'kysely'
import { Conflict, type Db, words } from '#runtime'
import type { Written } from '../../contract.ts'
import { quoted, quotedList, type Storage, SYSTEM_COLUMNS } from '../storage.ts'

/** Who wrote rows, when, and where they come from. */
export interface Origin {
  readonly at: Date
  readonly by: string
  readonly load: number | null
}

/**
 * Brings staged rows into a dataset's table: new keys are inserted, changed rows get a new version and their old one
 * goes into the history, equal rows stay untouched.
 * @param source SQL of the staged rows: `columns` and `_line`; keys are unique in it
 * @param columns what is staged; other columns keep their values
 */
export async function merge(
  tx: Db,
  storage: Storage,
  source: RawBuilder<unknown>,
  columns: readonly string[],
  staged: number,
  origin: Origin,
): Promise<Written> {
  if (staged === 0) return { inserted: 0, changed: 0, same: 0 }
  const table = sql.raw(quoted(storage.table))
  const insert = sql`
    insert into ${table} (${sql.raw(quotedList(columns))}, _since, _by, _load, _line)
    select ${sql.raw(quotedList(columns, 's.'))}, ${origin.at}, ${origin.by}, ${origin.load}::bigint, s._line
    from ${source} as s on conflict (${sql.raw(quotedList(storage.key))}) do nothing`
  const { numAffectedRows = 0n } = await insert.execute(tx).catch(sayIfKeyIsAside)
  const inserted = Number(numAffectedRows)
  if (inserted === staged) return { inserted, changed: 0, same: 0 }
  const changed = await replaceChanged(tx, storage, source, columns, origin)
  return { inserted, changed, same: staged - inserted - changed }
}

/** What PostgreSQL says when no unique index fits `on conflict`. */
const NO_KEY = '42P10'

/** @throws Conflict while the first import into a dataset has its key set aside */
function sayIfKeyIsAside(error: unknown): never {
  if ((error as { code?: string }).code !== NO_KEY) throw error
  throw new Conflict(
    'first-import',
    words(
      '该数据集正在进行首次导入，请等导入完成后再写入',
      'The first import into this dataset is under way; write to it when that is done',
    ),
  )
}

async function replaceChanged(
  tx: Db,
  storage: Storage,
  source: RawBuilder<unknown>,
  columns: readonly string[],
  origin: Origin,
): Promise<number> {
  const compared = storage.fields
    .flatMap(({ same }) => same)
    .filter((name) => columns.includes(name) && !storage.key.includes(name))
  if (compared.length === 0) return 0
  const table = sql.raw(quoted(storage.table))
  const sameKey = sql.raw(storage.key.map((name) => `t.${quoted(name)} = s.${quoted(name)}`).join(' and '))
  const differs = sql.raw(`(${quotedList(compared, 't.')}) is distinct from (${quotedList(compared, 's.')})`)
  const { rows } = await sql<{ _id: number }>`
    select t._id from ${table} t join ${source} as s on ${sameKey} where ${differs} order by t._id for update of t`.execute(
    tx,
  )
  if (rows.length === 0) return 0
  const ids = rows.map(({ _id }) => _id)
  await keepHistory(tx, storage, ids, origin, false)
  const set = sql.raw(columns.map((name) => `${quoted(name)} = s.${quoted(name)}`).join(', '))
  await sql`
    update ${table} t set ${set}, _version = t._version + 1, _since = ${origin.at}, _by = ${origin.by},
      _load = ${origin.load}::bigint, _line = s._line
    from ${source} as s where ${sameKey} and t._id = any(${ids})`.execute(tx)
  return rows.length
}

/** Puts the present version of rows into the history, before it is replaced or deleted. */
export async function keepHistory(
  tx: Db,
  storage: Storage,
  ids: readonly number[],
  origin: Origin,
  deleted: boolean,
): Promise<void> {
  await sql`
    insert into registry.history (dataset, row, key, version, since, until, data, by, ended_by, deleted, load, line)
    select ${storage.dataset.id}, t._id, ${sql.raw(keyText(storage))}, t._version, t._since,
      greatest(${origin.at}::timestamptz, t._since), to_jsonb(t) - ${[...SYSTEM_COLUMNS]}::text[], t._by, ${origin.by}, ${deleted}, t._load, t._line
    from ${sql.raw(quoted(storage.table))} t where t._id = any(${[...ids]})`.execute(tx)
}

/** SQL of a row's key as one text; of sealed fields the blind index. */
const keyText = (storage: Storage): string =>
  storage.key
    .map((name) => {
      const sealed = storage.columns.find((column) => column.name === name)?.type === 'bytea'
      return sealed ? `encode(t.${quoted(name)}, 'hex')` : `t.${quoted(name)}::text`
    })
    .join(` || '/' || `)
