import { sql } from 'kysely'
import type { TableFormat } from '#platform/registry'
import { type Db, NotFound, type Words } from '#runtime'

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
