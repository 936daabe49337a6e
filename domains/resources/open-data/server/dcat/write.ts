import { type Quad, type Quad_Object, Writer } from 'n3'
import { expand, PREFIXES } from './graph.ts'

/** Forms in which the documents are given. */
export const SYNTAXES = {
  ttl: { type: 'text/turtle', write: turtle },
  rdf: { type: 'application/rdf+xml', write: rdfXml },
  jsonld: { type: 'application/ld+json', write: jsonLd },
} as const
export type Syntax = keyof typeof SYNTAXES

function turtle(quads: readonly Quad[]): Promise<string> {
  const writer = new Writer({ prefixes: PREFIXES })
  writer.addQuads([...quads])
  return new Promise((done, failed) => {
    writer.end((error, text) => (error ? failed(error) : done(text)))
  })
}

/** Statements by their subject, in the order in which they were made. */
function bySubject(quads: readonly Quad[]): ReadonlyMap<string, readonly Quad[]> {
  const subjects = new Map<string, Quad[]>()
  for (const quad of quads) {
    const list = subjects.get(quad.subject.value)
    if (list) list.push(quad)
    else subjects.set(quad.subject.value, [quad])
  }
  return subjects
}

/** `http://purl.org/dc/terms/title` → `dct:title` */
function compact(uri: string): string {
  for (const [prefix, base] of Object.entries(PREFIXES))
    if (uri.startsWith(base)) return `${prefix}:${uri.slice(base.length)}`
  return uri
}

const TYPE = expand('rdf:type')
const STRING = expand('xsd:string')

async function jsonLd(quads: readonly Quad[]): Promise<string> {
  const graph = [...bySubject(quads)].map(([subject, statements]) => {
    const node: Record<string, unknown[]> = {}
    for (const { predicate, object } of statements) {
      const isType = predicate.value === TYPE
      const name = isType ? '@type' : compact(predicate.value)
      const value = isType ? compact(object.value) : jsonValue(object)
      node[name] = [...(node[name] ?? []), value]
    }
    return { '@id': subject, ...node }
  })
  return JSON.stringify({ '@context': PREFIXES, '@graph': graph })
}

function jsonValue(object: Quad_Object): unknown {
  if (object.termType !== 'Literal') return { '@id': object.value }
  if (object.language) return { '@value': object.value, '@language': object.language }
  if (object.datatype.value === STRING) return { '@value': object.value }
  return { '@value': object.value, '@type': compact(object.datatype.value) }
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)

async function rdfXml(quads: readonly Quad[]): Promise<string> {
  const names = Object.entries(PREFIXES).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  const nodes = [...bySubject(quads)].map(([subject, statements]) =>
    [
      `  <rdf:Description rdf:about="${escaped(subject)}">`,
      ...statements.map((quad) => `    ${element(quad)}`),
      '  </rdf:Description>',
    ].join('\n'),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF ${names.join(' ')}>\n${nodes.join('\n')}\n</rdf:RDF>\n`
}

function element({ predicate, object }: Quad): string {
  const name = compact(predicate.value)
  if (object.termType !== 'Literal') return `<${name} rdf:resource="${escaped(object.value)}"/>`
  const mark = object.language
    ? ` xml:lang="${object.language}"`
    : object.datatype.value === STRING
      ? ''
      : ` rdf:datatype="${escaped(object.datatype.value)}"`
  return `<${name}${mark}>${escaped(object.value)}</${name}>`
}
