import type { Measured } from '#platform/indicators'
import type { Pollutant, Values } from '../rules/types.ts'
import type { AirIndex } from './index/air-index.ts'

/** What an index was made of: kept with every value and shown step by step. */
export interface IndexBasis {
  readonly pack: string
  readonly kind: 'hourly' | 'daily'
  readonly level: number | null
  readonly primary: readonly Pollutant[]
  readonly values: Values
  readonly fallback: Values
  readonly iaqi: Readonly<Partial<Record<Pollutant, number>>>
  /** Why there is no index. */
  readonly reason: { readonly zh: string; readonly en: string } | null
  /** Stations that an area's value is the mean of. */
  readonly stations?: readonly string[]
  /** Recorded elsewhere and replayed for demonstration. */
  readonly replay?: true
}

export interface IndexSource {
  readonly member: string
  readonly period: number
  readonly values: Values
  readonly fallback?: Values
  readonly replay: boolean
  readonly stations?: readonly string[]
}

/** An index with what it was made of, ready to be published. */
export function measured(source: IndexSource, index: AirIndex): Measured {
  const iaqi = Object.fromEntries(
    index.subIndices.flatMap(({ pollutant, iaqi: sub }) => (sub === null ? [] : [[pollutant, sub]])),
  )
  const basis: IndexBasis = {
    pack: index.pack.id,
    kind: index.kind,
    level: index.level?.level ?? null,
    primary: index.primary,
    values: source.values,
    fallback: source.fallback ?? {},
    iaqi,
    reason: index.reason,
    ...(source.stations ? { stations: source.stations } : {}),
    ...(source.replay ? { replay: true } : {}),
  }
  return {
    member: source.member,
    period: new Date(source.period).toISOString(),
    value: index.aqi,
    basis: { ...basis },
  }
}

/** The basis of a stored index. */
export const basisOf = (value: Measured): IndexBasis => value.basis as unknown as IndexBasis
