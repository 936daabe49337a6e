import type { Language } from '#runtime'
import type { Level } from '../layer.ts'
import type { Box } from './tables.ts'

type Theme = 'light' | 'dark'

interface Colours {
  readonly beyond: string
  readonly neighbour: string
  readonly city: string
  readonly line: string
  readonly fine: string
  readonly text: string
  readonly faint: string
  readonly halo: string
}

const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    ...{ beyond: '#e4e9ee', neighbour: '#f1f3f5', city: '#ffffff', line: '#7d8b99' },
    ...{ fine: '#c3ccd5', text: '#26323d', faint: '#66727e', halo: '#ffffff' },
  },
  dark: {
    ...{ beyond: '#071224', neighbour: '#0b1a31', city: '#102645', line: '#4a79b5' },
    ...{ fine: '#294a75', text: '#e6f0ff', faint: '#8fa8c7', halo: '#071224' },
  },
}

/** Zoom from which the lines and names of a level show. */
const FROM: Readonly<Record<Level, number>> = { city: 0, county: 0, town: 9, village: 11.5, grid: 13 }

/**
 * A MapLibre style of boundaries only. It names no glyphs, so MapLibre draws every letter from the reader's own fonts
 * and asks no server for them. `metadata.bounds` is the box of the city.
 */
export function baseStyle(theme: Theme, language: Language, bounds: Box | undefined): object {
  const colours = COLOURS[theme]
  const levels = Object.keys(FROM) as Level[]
  const sources = levels.map((level) => [
    `map.${level}`,
    { type: 'vector', tiles: [`/api/map/tiles/map.${level}/{z}/{x}/{y}.mvt`], maxzoom: 16 },
  ])
  return {
    version: 8,
    name: 'Daizong',
    metadata: { bounds },
    sources: Object.fromEntries(sources),
    layers: [
      { id: 'beyond', type: 'background', paint: { 'background-color': colours.beyond } },
      fill('city', colours.neighbour),
      fill('county', colours.city),
      ...levels.map((level) => line(level, colours)).reverse(),
      ...levels.map((level) => label(level, colours, language)).reverse(),
    ],
  }
}

const place = (level: Level) => ({ source: `map.${level}`, 'source-layer': `map.${level}`, minzoom: FROM[level] })

const fill = (level: Level, colour: string) => ({
  ...{ id: `${level}-fill`, type: 'fill', ...place(level), paint: { 'fill-color': colour } },
})

/** The city itself is drawn by its counties, which are finer. */
const neighbours = (level: Level) => (level === 'city' ? { filter: ['!=', ['get', 'code'], '370900'] } : {})

const line = (level: Level, colours: Colours) => ({
  ...{ id: `${level}-line`, type: 'line', ...place(level), ...neighbours(level) },
  paint: { 'line-color': level === 'county' ? colours.line : colours.fine, 'line-width': level === 'county' ? 1.4 : 1 },
})

const label = (level: Level, colours: Colours, language: Language) => ({
  ...{
    id: `${level}-label`,
    type: 'symbol',
    ...place(level),
    'source-layer': `map.${level}:label`,
    ...neighbours(level),
  },
  layout: {
    'text-field': ['get', language === 'zh' ? 'name' : 'name_en'],
    'text-font': ['sans-serif'],
    'text-size': level === 'county' ? 14 : 12,
    'text-max-width': 8,
  },
  paint: {
    'text-color': level === 'county' ? colours.text : colours.faint,
    'text-halo-color': colours.halo,
    'text-halo-width': 1.2,
  },
})
