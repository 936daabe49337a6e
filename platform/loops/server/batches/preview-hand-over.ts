import { sql } from 'kysely'
import type { Words, Work } from '#runtime'
import { draftOf } from '../draft.ts'
import type { Engine } from '../engine.ts'
import { holderTitles } from '../holder-titles.ts'
import { shownHeadline } from '../may-read.ts'
import type { Row } from '../row.ts'
import { type HandOverPlan, handOver, heldBy } from './hand-over.ts'

/** What one holds, and whose each matter would be. */
export interface HandOverPreview {
  readonly rows: readonly {
    readonly id: string
    readonly headline: Words
    readonly definition: string
    readonly definitionTitle: Words
    readonly before: readonly Words[]
    readonly after: readonly Words[]
    /** It goes to somebody else. */
    readonly changed: boolean
  }[]
  readonly next: string | null
}

const PAGE = 50

/** The open matters of one who leaves, with who would have them after the plan; writes nothing. */
export async function previewHandOver(
  engine: Engine,
  work: Work,
  plan: HandOverPlan,
  after: number,
): Promise<HandOverPreview> {
  const { rows } = await sql<Row>`select i.* from loops.instance i
    where exists (select 1 from loops.inbox b where b.instance = i.id and ${heldBy(plan.from)}) and i.id > ${after}
    order by i.id limit ${PAGE + 1}`.execute(work.tx)
  const page = rows.slice(0, PAGE)
  const moved: { readonly row: Row; readonly next: Row }[] = []
  for (const row of page) {
    const draft = draftOf(await engine.definitions.find(work.tx, row.definition, row.version), row, row)
    await handOver(engine, work, draft, plan)
    moved.push({ row, next: draft.row })
  }
  const titles = await holderTitles(
    engine,
    work,
    moved.flatMap(({ row, next }) => [...row.holders, ...next.holders]),
  )
  const headlines = new Map<number, Words>()
  for (const { row } of moved) {
    const definition = await engine.definitions.find(work.tx, row.definition, row.version)
    headlines.set(row.id, await shownHeadline(engine, work, definition, row))
  }
  return {
    rows: moved.map(({ row, next }) => ({
      id: String(row.id),
      headline: headlines.get(row.id) ?? engine.definitions.titleOf(row.definition),
      definition: row.definition,
      definitionTitle: engine.definitions.titleOf(row.definition),
      before: row.holders.map(titles),
      after: next.holders.map(titles),
      changed: JSON.stringify(row.holders) !== JSON.stringify(next.holders),
    })),
    next: rows.length > PAGE ? String(page.at(-1)?.id) : null,
  }
}
