import { DataFactory, type Quad } from 'n3'
import type { Words } from '#runtime'

const { namedNode, literal, quad } = DataFactory

/** Vocabularies of the documents, by prefix. */
export const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** `dct:title` → its whole address. */
export function expand(name: string): string {
  const cut = name.indexOf(':')
  const prefix = PREFIXES[name.slice(0, cut) as keyof typeof PREFIXES]
  return prefix + name.slice(cut + 1)
}

/** Statements in the making, without blank nodes: everything in these documents has an address. */
export class Graph {
  readonly #quads = new Map<string, Quad>()

  /** Says of a thing what it is, and returns its address. */
  type(subject: string, ...types: readonly string[]): string {
    for (const type of types) this.link(subject, 'rdf:type', expand(type))
    return subject
  }

  link(subject: string, predicate: string, object: string | undefined): void {
    if (object !== undefined) this.#add(quad(namedNode(subject), namedNode(expand(predicate)), namedNode(object)))
  }

  /** A literal; plain text unless it has a language or a type of XML Schema. */
  text(
    subject: string,
    predicate: string,
    value: string | undefined,
    kind?: { language: string } | { type: string },
  ): void {
    if (value === undefined) return
    const term = !kind
      ? literal(value)
      : 'language' in kind
        ? literal(value, kind.language)
        : literal(value, namedNode(expand(kind.type)))
    this.#add(quad(namedNode(subject), namedNode(expand(predicate)), term))
  }

  /** A pair of words as two literals. */
  words(subject: string, predicate: string, { zh, en }: Words): void {
    this.text(subject, predicate, zh, { language: 'zh' })
    this.text(subject, predicate, en, { language: 'en' })
  }

  quads(): readonly Quad[] {
    return [...this.#quads.values()]
  }

  #add(each: Quad): void {
    this.#quads.set(`${each.subject.value} ${each.predicate.value} ${each.object.termType} ${each.object.id}`, each)
  }
}
