import { type ColumnProfile, canonicalDecimal, type LoadProgress } from '#platform/registry'
import type { ColumnCheck, Reconciliation } from '../../run.ts'
import type { PartRow, RunRow } from '../tables.ts'

const FIGURES = ['filled', 'sum', 'min', 'max', 'checksum'] as const satisfies ColumnCheck['what'][]

/** Sets the source's figures beside what arrived, and what arrived beside what became of it. */
export function reconcile(
  { totals, removed }: Pick<RunRow, 'totals' | 'removed'>,
  parts: readonly PartRow[],
  loads: readonly LoadProgress[],
): Reconciliation {
  const rows = parts.filter(({ kind }) => kind === 'rows')
  const arrivedRows = rows.reduce((sum, part) => sum + (part.rows ?? 0), 0)
  const total = (what: 'inserted' | 'changed' | 'same' | 'refused') => loads.reduce((sum, load) => sum + load[what], 0)
  const counts = {
    inserted: total('inserted'),
    changed: total('changed'),
    same: total('same'),
    refused: total('refused'),
  }
  const columns = rows.length === 1 ? columnChecks(totals?.columns ?? {}, rows[0]?.profile ?? []) : []
  const sourceRows = totals?.rows ?? null
  const isBalanced = counts.inserted + counts.changed + counts.same + counts.refused === arrivedRows
  return {
    sourceRows,
    arrivedRows,
    ...counts,
    removed,
    columns,
    agrees: isBalanced && (sourceRows === null || sourceRows === arrivedRows) && columns.every(({ agrees }) => agrees),
  }
}

function columnChecks(
  source: NonNullable<RunRow['totals']>['columns'],
  arrived: readonly ColumnProfile[],
): ColumnCheck[] {
  const byName = new Map(arrived.map((column) => [column.name, column]))
  return Object.entries(source).flatMap(([column, figures]) => {
    const profile = byName.get(column)
    return FIGURES.filter((what) => what in figures).flatMap((what) => {
      const theirs = figures[what] ?? null
      const ours = profile ? figureOf(profile, what) : null
      // Bounds of digits that may be somebody's number are not kept.
      if ((what === 'min' || what === 'max') && ours === null) return []
      return [{ column, what, source: theirs, arrived: ours, agrees: theirs === ours }]
    })
  })
}

function figureOf(profile: ColumnProfile, what: ColumnCheck['what']): string | null {
  const value = profile[what]
  if (value === null || what === 'checksum') return value === null ? null : String(value)
  return canonicalDecimal(String(value))
}
