import type { ColumnProfile } from '#platform/registry'
import { type Words, words } from '#runtime'
import type { DriftFinding } from '../../run.ts'
import { THRESHOLDS } from './thresholds.ts'
import type { Usual } from './usual.ts'
import { distance, shareUnknown } from './value-counts.ts'

const percent = (share: number): string => `${Math.round(share * 100)}%`

const blankShare = ({ filled, blank }: ColumnProfile): number => blank / Math.max(1, filled + blank)

const uniqueness = ({ filled, distinct }: ColumnProfile): number => Math.min(1, distinct / Math.max(1, filled))

/** Columns of the same name and kind of value whose values are distributed otherwise: something else is in them now. */
export const meaningFindings = (before: Usual, now: Usual, mapped: ReadonlySet<string>): DriftFinding[] =>
  before.columns.flatMap((was) => {
    const is = now.columns.find(({ name }) => name === was.name)
    const showsValues = !before.isGathered && !now.isGathered
    const reason = is && mapped.has(was.name) ? reasonFor(was, is, showsValues) : undefined
    return reason ? [{ kind: 'meaning', column: was.name, halts: true, message: reason } as const] : []
  })

/** @param showsValues whether it is known which values come how often */
function reasonFor(was: ColumnProfile, is: ColumnProfile, showsValues: boolean): Words | undefined {
  const { name } = was
  const [blank, blankNow] = [blankShare(was), blankShare(is)]
  if (Math.abs(blankNow - blank) > THRESHOLDS.blank)
    return words(
      `列“${name}”的空白率从 ${percent(blank)} 变为 ${percent(blankNow)}`,
      `Of the column "${name}" ${percent(blankNow)} is blank; it was ${percent(blank)}`,
    )
  if (was.filled < THRESHOLDS.rows || is.filled < THRESHOLDS.rows) return undefined
  if (!showsValues) return magnitudeReason(was, is)
  return codeReason(was, is) ?? magnitudeReason(was, is) ?? uniqueReason(was, is)
}

function codeReason({ name, codes }: ColumnProfile, is: ColumnProfile): Words | undefined {
  if (!codes) return undefined
  const unknown = is.codes ? shareUnknown(codes, is.codes) : 1
  if (unknown > THRESHOLDS.unknownCodes)
    return words(
      `列“${name}”有 ${percent(unknown)} 的取值以前从未出现`,
      `${percent(unknown)} of the values of the column "${name}" were never there before`,
    )
  if (is.codes && distance(codes, is.codes) > THRESHOLDS.codes)
    return words(
      `列“${name}”各取值的比例明显不同`,
      `The shares of the values of the column "${name}" are quite different`,
    )
  return undefined
}

function magnitudeReason(was: ColumnProfile, is: ColumnProfile): Words | undefined {
  const isAmount = ({ filled, kinds }: ColumnProfile) => (kinds.integer + kinds.decimal) / filled > 0.5
  if (was.codes || !isAmount(was) || !isAmount(is)) return undefined
  if (distance(was.magnitudes, is.magnitudes) <= THRESHOLDS.magnitudes) return undefined
  return words(
    `列“${was.name}”数值的量级变了（以前 ${was.min} 至 ${was.max}，现在 ${is.min} 至 ${is.max}），可能换了单位`,
    `The numbers of the column "${was.name}" are of another size (${was.min} to ${was.max} before, ${is.min} to ${is.max} now); the unit may have changed`,
  )
}

function uniqueReason(was: ColumnProfile, is: ColumnProfile): Words | undefined {
  if (uniqueness(was) < THRESHOLDS.unique || uniqueness(is) > THRESHOLDS.repeated) return undefined
  return words(
    `列“${was.name}”以前几乎不重复，现在大量重复`,
    `The values of the column "${was.name}" hardly ever came twice, and now many do`,
  )
}
