import { sql } from 'kysely'
import { NotFound, type Work } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import type { Engine } from './engine.ts'
import { mayRead } from './may-read.ts'
import { numberOf } from './number-of.ts'
import type { Row } from './row.ts'

/** @throws NotFound */
export async function getRow(work: Work, id: string): Promise<Row> {
  const { rows } = await sql<Row>`select * from loops.instance where id = ${numberOf(id)}`.execute(work.tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** The matter with its definition, for somebody who may read it. @throws NotFound also for who may not */
export async function getReadable(
  engine: Engine,
  work: Work,
  id: string,
): Promise<{ readonly row: Row; readonly definition: LoopDefinition }> {
  const row = await getRow(work, id)
  const definition = await engine.definitions.find(work.tx, row.definition, row.version)
  if (!(await mayRead(engine, work, definition, row, work.actor))) throw new NotFound()
  return { row, definition }
}
