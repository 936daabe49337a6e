import { sql } from 'kysely'
import type { Work } from '#runtime'
import type { LoopInstance, Origin } from '../contract.ts'
import { COLUMNS, type Row, toInstance } from './row.ts'

const MOST = 1_000

/** Open matters of an origin, oldest first. */
export async function openAbout(work: Work, { kind, id }: Origin): Promise<readonly LoopInstance[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from loops.instance i
    where i.origin_kind = ${kind} and i.origin_id = ${id} and i.ended_at is null
    order by i.id limit ${MOST}`.execute(work.tx)
  return rows.map((row) => toInstance(row, work.at))
}
