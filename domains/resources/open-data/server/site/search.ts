import type { App } from '#runtime'
import type { FormatCode } from '../../declarations/vocabulary.ts'
import { freshnessOf } from '../terms.ts'
import type { Shelved } from './shelf.ts'

export interface Wanted {
  readonly q?: string | undefined
  readonly theme?: string | undefined
  readonly owner?: string | undefined
  readonly format?: string | undefined
  readonly licence?: string | undefined
  readonly access?: string | undefined
  /** `kept`, `broken` or `none`. */
  readonly freshness?: string | undefined
}

const FACETS = ['theme', 'owner', 'format', 'licence', 'access', 'freshness'] as const
type Facet = (typeof FACETS)[number]

/** What a dataset has to say to a facet. */
const VALUES: Readonly<Record<Facet, (app: App, shelved: Shelved, at: Date) => readonly string[]>> = {
  theme: (_app, { entry }) => entry.meta.themes,
  owner: (_app, { owner }) => [owner.id],
  format: (_app, { version }) => formatsOf(version.files),
  licence: (_app, { entry }) => [entry.meta.licence],
  access: (_app, { entry }) => [entry.meta.access],
  freshness: (app, { entry }, at) => [freshnessOf(app, entry, at).state],
}

export const formatsOf = (files: readonly { readonly format: FormatCode }[]): readonly FormatCode[] =>
  files.map(({ format }) => format)

/** Datasets that fit, best first: words in the title count before words elsewhere. */
export function search(app: App, all: readonly Shelved[], wanted: Wanted, at: Date): readonly Shelved[] {
  const terms = (wanted.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const fits = all.filter(
    (shelved) =>
      terms.every((term) => shelved.text.includes(term)) &&
      FACETS.every((facet) => {
        const value = wanted[facet]
        return value === undefined || VALUES[facet](app, shelved, at).includes(value)
      }),
  )
  if (terms.length === 0) return fits
  const weight = ({ entry: { meta } }: Shelved) => {
    const title = `${meta.title.zh}\n${meta.title.en}`.toLowerCase()
    return terms.filter((term) => title.includes(term)).length
  }
  return fits.toSorted((a, b) => weight(b) - weight(a))
}

/** How many datasets have each value of each facet. */
export function facetsOf(
  app: App,
  found: readonly Shelved[],
  at: Date,
): Readonly<Record<Facet, Record<string, number>>> {
  const count = (facet: Facet) => {
    const counts: Record<string, number> = {}
    for (const shelved of found)
      for (const value of VALUES[facet](app, shelved, at)) counts[value] = (counts[value] ?? 0) + 1
    return counts
  }
  return {
    theme: count('theme'),
    owner: count('owner'),
    format: count('format'),
    licence: count('licence'),
    access: count('access'),
    freshness: count('freshness'),
  }
}
