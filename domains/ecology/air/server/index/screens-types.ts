import type { PackRef, Pollutant, Title } from '../../rules/types.ts'

/** Hourly values of one pollutant at one station, hour after hour without gaps: a missing hour stands as null. */
export interface Series {
  readonly station: string
  readonly pollutant: Pollutant
  /** ISO times, same length as `values`. */
  readonly times: readonly string[]
  readonly values: readonly (number | null)[]
}

export type ScreenId = 'flat-line' | 'zero-run' | 'jump' | 'copy' | 'scaled-copy' | 'particles'

/** One suspicious stretch: what was seen where, against which threshold. It asks for a check and is no verdict. */
export interface Finding {
  readonly screen: ScreenId
  readonly pack: PackRef
  readonly station: string
  readonly pollutant: Pollutant
  readonly from: string
  readonly to: string
  readonly hours: number
  /** The values seen, oldest first. */
  readonly values: readonly (number | null)[]
  /** Station, pollutant, start and values compared with; null where nothing was compared. */
  readonly other: {
    readonly station: string
    readonly pollutant: Pollutant
    readonly from: string
    readonly values: readonly (number | null)[]
  } | null
  /** Threshold of the pack that was passed, in the unit of the screen. */
  readonly threshold: number
  readonly message: Title
}
