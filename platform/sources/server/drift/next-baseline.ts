import { isDatabase } from '../../contract.ts'
import type { RunContext } from '../runs/run-store.ts'
import type { Baseline, PartRow, SourceRow } from '../tables.ts'
import { THRESHOLDS } from './thresholds.ts'
import { together, type Usual, usualOf } from './usual.ts'

/** Objects may leave out what is empty; tables, and files with a row of titles, name all their columns. */
export const namesColumns = ({ connection }: Pick<SourceRow, 'connection'>, parts: readonly PartRow[]): boolean =>
  isDatabase(connection) || parts.every(({ reading }) => reading?.format !== 'json')

/**
 * What later runs are compared with, once a run is done. Increments are gathered until they are enough to say what is
 * usual. What a run was found to have changed has been accepted, and what was there before it counts no more.
 */
export function nextBaseline({ run, feed, source }: RunContext, parts: readonly PartRow[]): Baseline {
  const before = feed.baseline ?? { columns: [], fields: {} }
  const now = usualOf(parts)
  if (now.columns.length === 0) return { ...before, run: run.id }
  const settled = new Set(run.drift?.findings.map(({ column }) => column))
  const names = new Set(now.columns.map(({ name }) => name))
  const isKept = (name: string) => !settled.has(name) && !names.has(name) && !namesColumns(source, parts)
  const stripped = (usual: Usual) => ({ ...usual, columns: usual.columns.filter(({ name }) => !settled.has(name)) })
  const { whole, increment, recent } = before as Partial<Baseline>
  const gathered = recent && now.rows < THRESHOLDS.rows ? together(stripped(recent), now) : now
  const isEnough = gathered.rows >= THRESHOLDS.rows
  return {
    run: run.id,
    columns: [...now.columns, ...before.columns.filter(({ name }) => isKept(name))],
    fields: {
      ...Object.fromEntries(Object.entries(before.fields).filter(([name]) => isKept(name))),
      ...fieldsOf(parts),
    },
    ...(whole ? { whole: stripped(whole) } : {}),
    ...(increment ? { increment: stripped(increment) } : {}),
    ...(run.is_whole
      ? { whole: now, ...(recent ? { recent: stripped(recent) } : {}) }
      : isEnough
        ? { increment: gathered }
        : { recent: gathered }),
  }
}

/** Column title → field of what came. */
export const fieldsOf = (parts: readonly PartRow[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parts.flatMap(({ kind, reading, columns }) =>
      (kind === 'rows' ? (reading?.header ?? []) : []).flatMap((title, at) => {
        const field = columns?.[at]
        return field ? [[title, field] as const] : []
      }),
    ),
  )
