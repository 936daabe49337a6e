import { type FeedView, isDatabase, type SourceTable, type SourceView } from '#platform/sources'

/** A table as it was found at the sources of a system. */
export interface Found {
  /** As the inventory writes it. */
  readonly name: string
  readonly rows: number | null
  readonly columns: SourceTable['columns']
  readonly isGone: boolean
  /** Whether its types are those of a database; files and answers have none of their own. */
  readonly hasTypes: boolean
  readonly feeds: readonly FeedView[]
}

/** Tables of a source; a file that comes again under another date or ending has the same name. */
export function foundTables(
  source: SourceView,
  tables: readonly SourceTable[],
  feeds: ReadonlyMap<string, FeedView>,
): readonly Found[] {
  const isFolder = source.connection.kind === 'folder'
  return tables.map((table): Found => {
    const own = table.feeds.flatMap((id) => feeds.get(id) ?? [])
    return {
      name: isFolder ? stemOf(own[0]?.from ?? '') || stemOf(table.name) || table.name : table.name,
      rows: table.rows,
      columns: table.columns,
      // A file that was taken may be put away.
      isGone: table.goneAt !== null && !(isFolder && own.length > 0),
      hasTypes: isDatabase(source.connection),
      feeds: own,
    }
  })
}

/** The inventory knows a table of a system by its name, at whichever of its sources it is and however often. */
export const onceEach = (found: readonly Found[]): readonly Found[] =>
  [...Map.groupBy(found, ({ name }) => name).values()].flatMap(
    (same) =>
      same.find(({ isGone, columns }) => !isGone && columns.length > 0) ??
      same.find(({ isGone }) => !isGone) ??
      same.slice(0, 1),
  )

/** `resident_20260101.csv` and `resident.*` without date and ending. */
export function stemOf(file: string): string {
  const [fixed = ''] = file.split(/[*?{[]/)
  return fixed
    .replace(/\.[^./]*$/, '')
    .replace(/[-_.]?\d{6,}$/, '')
    .replace(/[-_.]+$/, '')
}
