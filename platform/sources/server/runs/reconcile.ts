import { type ColumnProfile, canonicalDecimal, type LoadProgress } from '#platform/registry'
import type { ColumnCheck, Reconciliation } from '../../run.ts'
import type { PartRow, RunRow } from '../tables.ts'

const FIGURES = ['filled', 'sum', 'min', 'max', 'checksum'] as const satisfies ColumnFigure[]
type ColumnFigure = Exclude<ColumnCheck['what'], 'rows'>

/**
 * Sets the source's figures beside what arrived, and what arrived beside what became of it. In a replay the rows of the
 * earlier run stand for the source, and those that the kept bytes gave now for what arrived.
 */
export function reconcile(
  { totals, removed, replay_of }: Pick<RunRow, 'totals' | 'removed' | 'replay_of'>,
  parts: readonly PartRow[],
  loads: readonly LoadProgress[],
): Reconciliation {
  const rows = parts.filter(({ kind }) => kind === 'rows')
  const total = (what: 'inserted' | 'changed' | 'same' | 'refused') => loads.reduce((sum, load) => sum + load[what], 0)
  const counts = {
    inserted: total('inserted'),
    changed: total('changed'),
    same: total('same'),
    refused: total('refused'),
  }
  const became = counts.inserted + counts.changed + counts.same + counts.refused
  const arrivedRows = replay_of === null ? rows.reduce((sum, part) => sum + (part.rows ?? 0), 0) : became
  const sourceRows = totals ? totals.rows : rowsOfAll(rows)
  const columns = checksOf(
    totals,
    rows.filter(({ from_run }) => from_run === null),
  )
  const isCompared = sourceRows !== null || columns.length > 0
  const isBalanced = became === arrivedRows
  return {
    sourceRows,
    arrivedRows,
    ...counts,
    removed,
    columns,
    agrees: !isBalanced
      ? false
      : isCompared
        ? (sourceRows === null || sourceRows === arrivedRows) && columns.every(({ agrees }) => agrees)
        : null,
  }
}

/** Rows that were handed over with all parts; null where one says nothing. Those of later runs were compared there. */
function rowsOfAll(parts: readonly PartRow[]): number | null {
  const told = parts.flatMap(({ totals, rows, from_run }) => (from_run === null ? totals?.rows : rows) ?? [])
  return parts.length > 0 && told.length === parts.length ? told.reduce((sum, rows) => sum + rows, 0) : null
}

/** Of one table or file its columns; of several batches the rows and columns of each that says something of itself. */
function checksOf(totals: RunRow['totals'], parts: readonly PartRow[]): ColumnCheck[] {
  const [first] = parts
  if (!first) return []
  if (totals || parts.length === 1)
    return parts.length === 1 ? columnChecks((totals ?? first.totals)?.columns ?? {}, first.profile ?? []) : []
  return parts.flatMap(({ name, totals: told, rows: arrived, profile }) => {
    if (!told) return []
    const ofColumns = columnChecks(told.columns, profile ?? [])
    const ofRows = told.rows === null ? [] : [rowsCheck(told.rows, arrived ?? 0)]
    return [...ofRows, ...ofColumns].map((check) => ({ ...check, batch: name }))
  })
}

const rowsCheck = (told: number, arrived: number): ColumnCheck => ({
  column: '',
  what: 'rows',
  source: String(told),
  arrived: String(arrived),
  agrees: told === arrived,
})

function columnChecks(
  source: NonNullable<RunRow['totals']>['columns'],
  arrived: readonly ColumnProfile[],
): ColumnCheck[] {
  const byName = new Map(arrived.map((column) => [column.name, column]))
  return Object.entries(source).flatMap(([column, figures]) => {
    const profile = byName.get(column)
    return FIGURES.filter((what) => what in figures).flatMap((what) => {
      const theirs = what === 'sum' ? sumOf(figures.sum) : (figures[what] ?? null)
      const ours = profile ? figureOf(profile, what) : null
      // Bounds of digits that may be somebody's number are not kept.
      if ((what === 'min' || what === 'max') && ours === null) return []
      // Nothing to add up is no sum here and may be nought there.
      const agrees = theirs === ours || (what === 'sum' && (theirs ?? '0') === (profile ? (ours ?? '0') : null))
      return [{ column, what, source: theirs, arrived: ours, agrees }]
    })
  })
}

const sumOf = (text: string | null | undefined): string | null => (text ? canonicalDecimal(text) : null)

function figureOf(profile: ColumnProfile, what: ColumnFigure): string | null {
  const value = profile[what]
  if (value === null || what === 'checksum') return value === null ? null : String(value)
  return canonicalDecimal(String(value))
}
