import type { ColumnProfile } from '#platform/registry'
import { type Words, words } from '#runtime'
import type { DriftFinding, DriftKind } from '../../run.ts'
import type { Baseline, PartRow, RunRow, SourceRow } from '../tables.ts'
import { encodingFindings } from './encoding.ts'
import { meaningFindings } from './meaning.ts'
import { fieldsOf, namesColumns } from './next-baseline.ts'
import { likeness } from './renamed.ts'
import { THRESHOLDS } from './thresholds.ts'
import { together, type Usual, usualOf } from './usual.ts'

/**
 * What is not as it was in the accepted runs before. Only what concerns a column that goes into a field halts; a new
 * column is harmless until a person gives it a field. A small increment is judged together with those just before it.
 */
export function findDrift(
  baseline: Baseline | null,
  { run, source }: { readonly run: Pick<RunRow, 'is_whole'>; readonly source: Pick<SourceRow, 'connection'> },
  parts: readonly PartRow[],
): DriftFinding[] {
  const now = usualOf(parts)
  const encoding = now.columns.flatMap(encodingFindings)
  if (!baseline) return encoding
  const { whole, increment, recent, fields } = baseline
  const usual = run.is_whole ? whole : increment
  const shrunk = run.is_whole ? shrunkFindings(usual?.rows ?? 0, now.rows) : []
  if (now.columns.length === 0) return [...encoding, ...shrunk]
  const known = usual ?? increment ?? whole ?? recent ?? { rows: 0, columns: [] }
  const isSmall = !run.is_whole && now.rows < THRESHOLDS.rows && known !== recent
  const judged = isSmall && recent ? together(recent, now) : now
  const views = judged === now ? [now] : [now, judged]
  const isComparable = usual && Math.min(usual.rows, judged.rows) >= THRESHOLDS.rows
  return [
    ...encoding,
    ...shrunk,
    ...columnFindings(baseline, now, fieldsOf(parts), namesColumns(source, parts) ? undefined : { known, views }),
    ...typeFindings(known, fields, views),
    ...(isComparable ? meaningFindings(usual, judged, new Set(Object.keys(fields))) : []),
  ]
}

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

/** What is known of the columns of a source that does not name those which are empty. */
interface Unnamed {
  readonly known: Usual
  /** What came, by itself and with what came just before it. */
  readonly views: readonly Usual[]
}

/** Columns that are new, gone, or seem to have another name now. */
function columnFindings(
  { columns: before, fields }: Baseline,
  { columns: now }: Usual,
  fieldsNow: Readonly<Record<string, string>>,
  unnamed: Unnamed | undefined,
): DriftFinding[] {
  const [was, is] = [new Set(before.map(({ name }) => name)), new Set(now.map(({ name }) => name))]
  const missing = before.filter(({ name }) => !is.has(name))
  const isGone = ({ name }: ColumnProfile) => !unnamed || isMissed(name, unnamed)
  const gone = missing.filter((column) => isGone(column) || (unnamed && isNearlyAlwaysThere(column.name, unnamed)))
  const added = now.filter(({ name }) => !was.has(name))
  const extra = gone.length === 1 && added.length === 1 ? SINGLE_PAIR : 0
  const score = (old: ColumnProfile, fresh: ColumnProfile) =>
    fields[old.name] !== undefined && fields[old.name] === fieldsNow[fresh.name] ? 1 : likeness(old, fresh) + extra
  const taken = new Set<string>()
  const ofGone = gone.flatMap((column) => {
    const best = added
      .filter(({ name }) => !taken.has(name))
      .map(({ name }, at, list) => ({ name, score: score(column, list[at] as ColumnProfile) }))
      .reduce<{ name: string; score: number } | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
    const to = best && best.score >= LIKE ? best.name : undefined
    if (to) taken.add(to)
    return to || isGone(column) ? [goneFinding(column.name, column.name in fields, to)] : []
  })
  const ofAdded = added
    .filter(({ name }) => !taken.has(name))
    .map(({ name }) => finding('added', name, false, words(`新增了列“${name}”`, `There is a new column "${name}"`)))
  return [...ofGone, ...ofAdded]
}

const filledShare = (name: string, { rows, columns }: Usual): number =>
  (columns.find((column) => column.name === name)?.filled ?? 0) / Math.max(1, rows)

/** Whether a column that objects may leave out would have come by now. */
const isMissed = (name: string, { known, views }: Unnamed): boolean =>
  views.some(
    (view) =>
      Math.min(known.rows, view.rows) >= THRESHOLDS.few &&
      filledShare(name, view) === 0 &&
      filledShare(name, known) * view.rows >= THRESHOLDS.expected,
  )

/** One that is left out for once is not gone, but may have another name. */
const isNearlyAlwaysThere = (name: string, { known }: Unnamed): boolean =>
  known.rows >= THRESHOLDS.few && filledShare(name, known) >= THRESHOLDS.always

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

function typeFindings(known: Usual, fields: Baseline['fields'], views: readonly Usual[]): DriftFinding[] {
  return known.columns.flatMap((was) => {
    const is = views
      .flatMap(({ columns }) => columns.filter(({ name }) => name === was.name))
      .find((each) => hasOtherType(was, each))
    if (!is || !(was.name in fields)) return []
    const [kind, kindNow] = [mainKind(was), mainKind(is)]
    const message = words(
      `列“${was.name}”以前主要是${KINDS[kind].zh}，现在主要是${KINDS[kindNow].zh}`,
      `The column "${was.name}" held mostly ${KINDS[kind].en} and now mostly ${KINDS[kindNow].en}`,
    )
    return [finding('type', was.name, true, message)]
  })
}

/** Of few cells none at all may be of the usual kind; of very few nothing is said. */
function hasOtherType(was: ColumnProfile, is: ColumnProfile): boolean {
  const [kind, kindNow] = [mainKind(was), mainKind(is)]
  const cells = Math.min(was.filled, is.filled)
  if (kind === kindNow || (isNumeric(kind) && isNumeric(kindNow)) || cells < THRESHOLDS.few) return false
  if (cells < THRESHOLDS.rows) return is.kinds[kind] === 0
  return shareOf(was, kind) - shareOf(is, kind) >= THRESHOLDS.kind
}
