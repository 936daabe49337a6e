import type { ColumnProfile } from '#platform/registry'
import { type Words, words } from '#runtime'
import type { DriftFinding, DriftKind } from '../../run.ts'
import { mergeProfiles } from '../runs/merge-profiles.ts'
import type { Baseline, PartRow, RunRow } from '../tables.ts'
import { encodingFindings } from './encoding.ts'
import { meaningFindings } from './meaning.ts'
import { likeness } from './renamed.ts'
import { THRESHOLDS } from './thresholds.ts'

/**
 * What is not as it was in the accepted runs before. Only what concerns a column that goes into a field halts; a new
 * column is harmless until a person gives it a field.
 */
export function findDrift(
  baseline: Baseline | null,
  run: Pick<RunRow, 'is_whole'>,
  parts: readonly PartRow[],
): DriftFinding[] {
  const columns = mergeProfiles(parts)
  const rows = parts.reduce((sum, { kind, rows: count }) => sum + (kind === 'rows' ? (count ?? 0) : 0), 0)
  const fields = fieldsOf(parts)
  const encoding = columns.flatMap(encodingFindings)
  if (!baseline) return encoding
  const usual = run.is_whole ? baseline.whole : baseline.increment
  const shrunk = run.is_whole ? shrunkFindings(usual?.rows ?? 0, rows) : []
  if (columns.length === 0) return [...encoding, ...shrunk]
  const isComparable = usual && Math.min(usual.rows, rows) >= THRESHOLDS.rows
  return [
    ...encoding,
    ...shrunk,
    ...columnFindings(baseline, columns, fields),
    ...typeFindings(baseline, columns),
    ...(isComparable ? meaningFindings(usual.columns, columns, new Set(Object.keys(baseline.fields))) : []),
  ]
}

/** Column title → field of what came. */
const fieldsOf = (parts: readonly PartRow[]): ReadonlyMap<string, string> =>
  new Map(
    parts.flatMap(({ reading, columns }) =>
      (reading?.header ?? []).flatMap((title, at) => {
        const field = columns?.[at]
        return field ? [[title, field] as const] : []
      }),
    ),
  )

const finding = (kind: DriftKind, column: string | null, halts: boolean, message: Words): DriftFinding => ({
  kind,
  column,
  halts,
  message,
})

function shrunkFindings(before: number, now: number): DriftFinding[] {
  if (before < THRESHOLDS.rows || now >= before * THRESHOLDS.shrunk) return []
  const message = words(
    `行数从 ${before} 降到 ${now}，来源可能没有传全`,
    `The rows fell from ${before} to ${now}; the source may not have handed over all`,
  )
  return [finding('shrunk', null, true, message)]
}

/** From this likeness on a new column is proposed as the renamed one; a single pair needs less. */
const LIKE = 0.6
const SINGLE_PAIR = 0.25

/** Columns that are new, gone, or seem to have another name now. */
function columnFindings(
  { columns: before, fields }: Baseline,
  now: readonly ColumnProfile[],
  fieldsNow: ReadonlyMap<string, string>,
): DriftFinding[] {
  const [was, is] = [new Set(before.map(({ name }) => name)), new Set(now.map(({ name }) => name))]
  const gone = before.filter(({ name }) => !is.has(name))
  const added = now.filter(({ name }) => !was.has(name))
  const extra = gone.length === 1 && added.length === 1 ? SINGLE_PAIR : 0
  const score = (old: ColumnProfile, fresh: ColumnProfile) =>
    fields[old.name] !== undefined && fields[old.name] === fieldsNow.get(fresh.name) ? 1 : likeness(old, fresh) + extra
  const taken = new Set<string>()
  const ofGone = gone.map((column) => {
    const best = added
      .filter(({ name }) => !taken.has(name))
      .map(({ name }, at, list) => ({ name, score: score(column, list[at] as ColumnProfile) }))
      .reduce<{ name: string; score: number } | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
    const to = best && best.score >= LIKE ? best.name : undefined
    if (to) taken.add(to)
    return goneFinding(column.name, column.name in fields, to)
  })
  const ofAdded = added
    .filter(({ name }) => !taken.has(name))
    .map(({ name }) => finding('added', name, false, words(`新增了列“${name}”`, `There is a new column "${name}"`)))
  return [...ofGone, ...ofAdded]
}

function goneFinding(name: string, halts: boolean, to: string | undefined): DriftFinding {
  if (to === undefined)
    return finding('dropped', name, halts, words(`列“${name}”没有了`, `The column "${name}" is not there any more`))
  const message = words(`列“${name}”似乎改名为“${to}”`, `The column "${name}" seems to be called "${to}" now`)
  return { ...finding('renamed', name, halts, message), nowNamed: to }
}

const KINDS: Readonly<Record<keyof ColumnProfile['kinds'], Words>> = {
  integer: words('整数', 'whole numbers'),
  decimal: words('小数', 'decimal numbers'),
  digits: words('数字编号', 'numbers of digits'),
  date: words('日期', 'dates'),
  text: words('文字', 'text'),
}

/** Kind of most cells of a column. */
export function mainKind({ kinds }: ColumnProfile): keyof typeof KINDS {
  const all = Object.keys(KINDS) as (keyof typeof KINDS)[]
  return all.reduce((best, next) => (kinds[next] > kinds[best] ? next : best), 'text')
}

const shareOf = (column: ColumnProfile, kind: keyof typeof KINDS): number =>
  column.filled === 0 ? 0 : column.kinds[kind] / column.filled

/** Numbers with and without a point are one type, and so are short and long whole numbers. */
const isNumeric = (kind: keyof typeof KINDS): boolean => kind === 'integer' || kind === 'decimal' || kind === 'digits'

function typeFindings({ columns: before, fields }: Baseline, now: readonly ColumnProfile[]): DriftFinding[] {
  return before.flatMap((was) => {
    const is = now.find(({ name }) => name === was.name)
    if (!is || !(was.name in fields) || was.filled === 0 || is.filled === 0) return []
    const [kind, kindNow] = [mainKind(was), mainKind(is)]
    const hasChanged = kind !== kindNow && !(isNumeric(kind) && isNumeric(kindNow))
    if (!hasChanged || shareOf(was, kind) - shareOf(is, kind) < THRESHOLDS.kind) return []
    const message = words(
      `列“${was.name}”以前主要是${KINDS[kind].zh}，现在主要是${KINDS[kindNow].zh}`,
      `The column "${was.name}" held mostly ${KINDS[kind].en} and now mostly ${KINDS[kindNow].en}`,
    )
    return [finding('type', was.name, true, message)]
  })
}
