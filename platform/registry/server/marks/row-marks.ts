import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Db } from '#runtime'
import { MARKS_CHANGED, type Mark, type MarkSource, type RowLink, type RowMarks } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { tableOf } from '../rows/registry-service.ts'

const HEARD_MS = 5_000
const DATASETS = 10_000

/** What other modules say of rows, wherever rows are shown or handed out. */
export function rowMarksService({ catalogue }: Pick<LoadParts, 'catalogue'>): RowMarks {
  const sources: MarkSource[] = []
  const links: RowLink[] = []
  const known = new LRUCache<string, { readonly any: boolean }>({ max: DATASETS, ttl: HEARD_MS })
  return {
    source: (source) => void sources.push(source),
    link: (link) => void links.push(link),
    of: (db, dataset, rows) => marksOf(db, sources, dataset, rows),
    any: async (db, dataset) => {
      const before = known.get(dataset)
      if (before) return before.any
      const any = (await Promise.all(sources.map((source) => source.any(db, dataset)))).includes(true)
      known.set(dataset, { any })
      return any
    },
    changed: async (work, dataset, rows) => {
      const { table } = tableOf(catalogue.get(dataset))
      await sql`select registry.note_marks(${dataset}, ${table}::regclass, ${[...rows]}::bigint[])`.execute(work.tx)
      work.emit({ topic: MARKS_CHANGED, key: dataset })
    },
    linksFor: ({ rights }, dataset, row) =>
      links.flatMap(({ right, title, path }) => (rights.has(right) ? [{ title, path: path(dataset, row) }] : [])),
  }
}

async function marksOf(db: Db, sources: readonly MarkSource[], dataset: string, rows: readonly number[]) {
  const all = new Map<number, Mark[]>()
  if (rows.length === 0) return all
  for (const source of sources)
    for (const [row, mark] of await source.of(db, dataset, rows)) all.set(row, [...(all.get(row) ?? []), mark])
  return all
}
