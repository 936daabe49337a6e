import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { TableFormat } from '#platform/registry'
import {
  type App,
  Conflict,
  type Db,
  dayAt,
  formatDay,
  NotFound,
  TooMany,
  type Words,
  type Work,
  words,
} from '#runtime'

/** A batch file and how far it is. */
export interface FileRow {
  readonly id: string
  readonly grant_id: string
  readonly format: TableFormat
  readonly state: 'making' | 'done' | 'cancelled' | 'failed'
  readonly rows: number
  /** About how many rows the dataset holds; the grant's condition lets through some of them. */
  readonly about: number
  readonly bytes: number
  /** Number of the last row that is in the draft. */
  readonly after: number
  readonly receipt: string | null
  readonly problem: Words | null
  readonly by: string
  readonly made_at: Date
  readonly ended_at: Date | null
  /** When its bytes were deleted. */
  readonly cleared_at: Date | null
}

const COLUMNS = sql.raw(
  'id, grant_id, format, state, rows, about, bytes, after, receipt, problem, by, made_at, ended_at, cleared_at',
)

/** @throws NotFound */
export async function getFile(db: Db, id: string): Promise<FileRow> {
  const { rows } = await sql<FileRow>`select ${COLUMNS} from exchange.file where id = ${id}`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

export async function filesOf(db: Db, grant: string): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${COLUMNS} from exchange.file where grant_id = ${grant}
    order by made_at desc limit 50`.execute(db)
  return rows
}

/** Files of one grant that may be made at a time, and that may be kept. */
const MOST_MAKING = 2
const MOST_KEPT = 10

/**
 * Notes a file that is ordered. Orders under one grant are counted one after the other; whoever comes meanwhile is sent
 * away rather than waiting. @throws TooMany, Conflict
 */
export async function orderFile(
  { tx, at, actor }: Work,
  file: Pick<FileRow, 'grant_id' | 'format' | 'about'>,
): Promise<FileRow> {
  const { grant_id: grant, format, about } = file
  const lock = sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('exchange.file'), hashtext(${grant})) as got`
  if (!(await lock.execute(tx)).rows[0]?.got) throw filesUnderWay()
  const { rows } = await sql<{ making: number; kept: number }>`
    select count(*) filter (where state = 'making')::int as making, count(*) filter (where state = 'done')::int as kept
    from exchange.file where grant_id = ${grant} and cleared_at is null`.execute(tx)
  const { making, kept } = rows[0] ?? { making: 0, kept: 0 }
  if (making >= MOST_MAKING) throw filesUnderWay()
  if (making + kept >= MOST_KEPT) throw tooManyFiles()
  const id = randomUUID()
  await sql`insert into exchange.file (id, grant_id, format, about, by, made_at)
    values (${id}, ${grant}, ${format}, ${about}, ${actor.id}, ${at})`.execute(tx)
  return getFile(tx, id)
}

const filesUnderWay = (): TooMany =>
  new TooMany(
    'files-under-way',
    words(
      `此授权已有文件正在生成（同时至多 ${MOST_MAKING} 份），请等它完成或先取消`,
      `Files of this grant are being made, at most ${MOST_MAKING} at a time; wait for them or cancel one`,
    ),
    60,
  )

const tooManyFiles = (): Conflict =>
  new Conflict(
    'too-many-files',
    words(
      `此授权至多保留 ${MOST_KEPT} 份文件，请先删除已下载的文件`,
      `At most ${MOST_KEPT} files of a grant are kept; delete those that you have downloaded`,
    ),
  )

/** A file that is whole, with its receipt: its rows are counted as used, once. @returns false when it was cancelled meanwhile */
export async function fileDone(app: App, { id }: Pick<FileRow, 'id'>, receipt: string): Promise<boolean> {
  const now = app.now()
  const { numAffectedRows } = await sql`
    with done as (update exchange.file set state = 'done', receipt = ${receipt}, ended_at = ${now}
      where id = ${id} and state = 'making' returning grant_id, rows)
    insert into exchange.usage (grant_id, day, calls, rows)
    select grant_id, ${formatDay(dayAt(now.getTime()))}::date, 0, rows from done
    on conflict (grant_id, day) do update set rows = usage.rows + excluded.rows`.execute(app.db)
  return Number(numAffectedRows) > 0
}

export async function openFiles(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from exchange.file where state = 'making'`.execute(db)
  return rows.map(({ id }) => id)
}

export interface ClearedFile extends Pick<FileRow, 'id' | 'format'> {
  readonly why: 'grant-ended' | 'term-over' | 'not-finished'
}

/** Files whose bytes may not lie about any longer: those made before an instant, of ended grants, or never finished. */
export async function filesToClear(db: Db, before: Date): Promise<ClearedFile[]> {
  const { rows } = await sql<ClearedFile>`select f.id, f.format, case when f.state <> 'done' then 'not-finished'
      when g.state <> 'active' then 'grant-ended' else 'term-over' end as why
    from exchange.file f join exchange."grant" g on g.id = f.grant_id
    where f.cleared_at is null and f.state <> 'making'
      and (f.state <> 'done' or g.state <> 'active' or f.ended_at < ${before})`.execute(db)
  return rows
}
