import type { Words } from '../../../runtime/words.ts'

export interface MinedPlace {
  readonly id: string
  readonly title: Words
  readonly kind: 'open' | 'waiting' | 'end'
  readonly start: boolean
  readonly arrivals: number
  readonly again: number
  readonly now: number
  readonly medianHours: number | null
  readonly slowHours: number | null
}

/** Whether a matter came there in the time looked at. */
export const isUsed = ({ arrivals }: MinedPlace): boolean => arrivals > 0

export interface MinedWay {
  readonly action: string
  readonly title: Words
  readonly from: string | null
  readonly to: string
  readonly times: number
}

export interface MinedPath {
  readonly places: readonly string[]
  readonly matters: number
}

/** What the log says of a definition. */
export interface Mining {
  readonly matters: number
  readonly reworked: number
  readonly rework: number
  readonly places: readonly MinedPlace[]
  readonly ways: readonly MinedWay[]
  readonly paths: readonly MinedPath[]
}

/** Which matters are looked at. */
export interface MiningFilter {
  readonly definition: string
  readonly days: number
  readonly division: string | undefined
}

/** A number that was pressed: what it is called, and what it counts. */
export interface Behind {
  readonly title: Words
  readonly query: Readonly<Record<string, string | boolean | undefined>>
}
export type Open = (behind: Behind) => void
