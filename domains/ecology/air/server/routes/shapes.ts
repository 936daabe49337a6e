import { Type } from 'typebox'

/** Shapes that several answers share. */
export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()])
export const TextOrNull = Type.Union([Type.String(), Type.Null()])
/** Concentrations by pollutant, µg/m³ and CO mg/m³. */
export const Concentrations = Type.Record(Type.String(), NumberOrNull)

export const IndexShape = Type.Object({
  at: Type.String(),
  aqi: NumberOrNull,
  level: NumberOrNull,
  primary: Type.Array(Type.String()),
  values: Concentrations,
  iaqi: Type.Record(Type.String(), Type.Number()),
  pack: Type.String(),
  reason: Type.Union([Words, Type.Null()]),
  replay: Type.Boolean(),
  /** False when the hour is too old for a live picture. */
  fresh: Type.Boolean(),
})

export const LevelShape = Type.Object({
  level: Type.Integer(),
  upTo: NumberOrNull,
  title: Words,
  colour: Words,
  rgb: Type.Array(Type.Integer()),
})

export const indexExample = {
  at: '2018-02-19T22:00:00.000Z',
  aqi: 94,
  level: 2,
  primary: ['pm25'],
  values: { so2: 24, no2: 40, co: 1.1, o3: 31, pm10: 118, pm25: 70 },
  iaqi: { so2: 8, no2: 20, co: 11, o3: 10, pm10: 84, pm25: 94 },
  pack: 'hj633-2012',
  reason: null,
  replay: false,
  fresh: false,
}
