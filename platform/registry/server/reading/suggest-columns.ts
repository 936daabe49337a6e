import { type Words, words } from '../../../runtime/words.ts'
import { isBlank, plain } from '../cells/clean.ts'
import type { Slot } from '../cells/plan.ts'
import { cellReader } from '../cells/read-cell.ts'
import { guessColumns, namesOf } from './guess-columns.ts'
import { bare, similarity } from './similar.ts'

/** A slot that a column may be meant for. */
export interface Suggestion {
  readonly slot: string
  /** 0 to 1; 1 is the same name. */
  readonly score: number
  readonly reasons: readonly Words[]
}

/** A column of a source: its title and some of its values. */
export interface SourceColumn {
  readonly title: string
  readonly values: readonly string[]
}

const BEST = 3
/** Below it a suggestion is noise. */
const LEAST = 0.45
/** Names say more than values: many columns hold dates. */
const NAME_WEIGHT = 0.7
/** Kinds that hardly any other value fits, so that values alone say something. */
const TELLING = new Set(['identity', 'uscc', 'phone'])
/** Kinds that every text fits. */
const ANY_TEXT = new Set(['text', 'longText', 'organisation', 'reference', 'json', 'files'])

/** For each column the slots it may be meant for, best first, each with its reasons. */
export function suggestColumns(columns: readonly SourceColumn[], slots: readonly Slot[]): Suggestion[][] {
  const known = slots.map((slot) => ({ slot, names: namesOf(slot).map((name) => [bare(name), name] as const) }))
  return columns.map(({ title, values }) => {
    const sample = values.filter((value) => !isBlank(plain(value)))
    return known
      .map(({ slot, names }) => judge(bare(title), names, slot, sample))
      .filter(({ score }) => score >= LEAST)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, BEST)
  })
}

/** Slots for a header: the same names first, then the best suggestion of each column that nothing else has taken. */
export function assignColumns(columns: readonly SourceColumn[], slots: readonly Slot[]): (Suggestion | null)[] {
  const exact = guessColumns(
    columns.map(({ title }) => title),
    slots,
  )
  const taken = new Set(exact)
  const free = slots.filter(({ id }) => !taken.has(id))
  const assigned: (Suggestion | null)[] = exact.map((slot) => (slot === null ? null : { slot, score: 1, reasons: [] }))
  const ranked = suggestColumns(columns, free)
    .flatMap((suggestions, at) => (exact[at] ? [] : suggestions.map((suggestion) => ({ at, suggestion }))))
    .toSorted((a, b) => b.suggestion.score - a.suggestion.score)
  for (const { at, suggestion } of ranked)
    if (!assigned[at] && !taken.has(suggestion.slot)) {
      assigned[at] = suggestion
      taken.add(suggestion.slot)
    }
  return assigned
}

function judge(
  title: string,
  names: readonly (readonly [bare: string, name: string])[],
  slot: Slot,
  sample: readonly string[],
): Suggestion {
  const [likeness, name] = names.reduce<readonly [number, string]>(
    (best, [each, original]) => {
      const found = similarity(title, each)
      return found > best[0] ? [found, original] : best
    },
    [0, ''],
  )
  const fit = ANY_TEXT.has(slot.kind) || sample.length === 0 ? undefined : fitting(slot, sample)
  return { slot: slot.id, score: scoreOf(slot, likeness, fit), reasons: reasonsOf(slot, likeness, name, fit, sample) }
}

function scoreOf({ kind }: Slot, likeness: number, fit: number | undefined): number {
  if (likeness === 1 && (fit ?? 1) >= 0.5) return 1
  if (fit === undefined) return likeness * 0.95
  // Values that the field would refuse speak louder than a name that is like it.
  if (fit < 0.5) return 0
  const both = NAME_WEIGHT * likeness + (1 - NAME_WEIGHT) * fit
  return likeness < 0.2 ? (TELLING.has(kind) && fit > 0.9 ? 0.5 : 0) : both
}

const fitting = (slot: Slot, sample: readonly string[]): number => {
  const read = cellReader(slot)
  return sample.filter((value) => typeof read(value) === 'string').length / sample.length
}

function reasonsOf(slot: Slot, likeness: number, name: string, fit: number | undefined, sample: readonly string[]) {
  const reasons: Words[] = []
  if (likeness === 1) reasons.push(words(`列名与“${name}”相同`, `Has the name "${name}"`))
  else if (likeness >= 0.2)
    reasons.push(
      words(
        `列名与“${name}”相似 ${Math.round(likeness * 100)}%`,
        `Its name is ${Math.round(likeness * 100)} % like "${name}"`,
      ),
    )
  if (fit !== undefined)
    reasons.push(
      words(
        `抽查 ${sample.length} 个值，${Math.round(fit * sample.length)} 个符合“${slot.title.zh}”的要求`,
        `${Math.round(fit * sample.length)} of ${sample.length} values looked at fit "${slot.title.en}"`,
      ),
    )
  return reasons
}
