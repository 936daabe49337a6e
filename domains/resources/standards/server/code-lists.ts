import type { CodeListEdition } from '#platform/registry'
import type { Words } from '#runtime'

export interface CodeDifference {
  readonly code: string
  readonly before: Words | null
  readonly after: Words | null
}

/** Codes that came, went or were renamed between two editions, in the order of the codes. */
export function differences(
  before: Readonly<Record<string, Words>>,
  after: Readonly<Record<string, Words>>,
): CodeDifference[] {
  const codes = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return codes.flatMap((code) => {
    const [old, now] = [before[code] ?? null, after[code] ?? null]
    return old?.zh === now?.zh && old?.en === now?.en ? [] : [{ code, before: old, after: now }]
  })
}

/** A code list as a SKOS concept scheme [W3C SKOS Reference, 2009] in JSON-LD. `base` is the address of the list. */
export const skosOf = ({ title, source, codes, edition, validFrom }: CodeListEdition, base: string): object => ({
  '@context': {
    skos: 'http://www.w3.org/2004/02/skos/core#',
    dct: 'http://purl.org/dc/terms/',
    owl: 'http://www.w3.org/2002/07/owl#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
  },
  '@id': base,
  '@type': 'skos:ConceptScheme',
  'dct:title': languages(title),
  'dct:source': source,
  'dct:issued': { '@value': validFrom, '@type': 'xsd:date' },
  'owl:versionInfo': String(edition),
  'skos:hasTopConcept': Object.entries(codes).map(([code, name]) => ({
    '@id': `${base}/${encodeURIComponent(code)}`,
    '@type': 'skos:Concept',
    'skos:notation': code,
    'skos:prefLabel': languages(name),
    'skos:inScheme': { '@id': base },
  })),
})

const languages = ({ zh, en }: Words) => [
  { '@value': zh, '@language': 'zh' },
  ...(en !== '' && en !== zh ? [{ '@value': en, '@language': 'en' }] : []),
]
