import type { Work } from '#runtime'
import type { Mark, MarkSource, RowLink, RowMarks } from '../../contract.ts'

/** What other modules say of rows, wherever rows are shown or handed out. */
export function rowMarksService(): RowMarks {
  const sources: MarkSource[] = []
  const links: RowLink[] = []
  return {
    source: (source) => void sources.push(source),
    link: (link) => void links.push(link),
    of: (work, dataset, rows) => marksOf(work, sources, dataset, rows),
    linksFor: ({ rights }, dataset, row) =>
      links.flatMap(({ right, title, path }) => (rights.has(right) ? [{ title, path: path(dataset, row) }] : [])),
  }
}

async function marksOf(work: Work, sources: readonly MarkSource[], dataset: string, rows: readonly number[]) {
  const all = new Map<number, Mark[]>()
  if (rows.length === 0) return all
  for (const source of sources)
    for (const [row, mark] of await source(work, dataset, rows)) all.set(row, [...(all.get(row) ?? []), mark])
  return all
}
