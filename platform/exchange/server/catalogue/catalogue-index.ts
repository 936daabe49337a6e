import MiniSearch from 'minisearch'
import { identity } from '#platform/identity'
import { type AnyDataset, datasetDirectory } from '#platform/registry'
import type { App, Words } from '#runtime'
import type { Catalogue, CatalogueAnswer, CatalogueEntry, CatalogueQuestion } from '../../contract.ts'
import type { Freshness } from './freshness.ts'
import { sharingOf } from './sharing-of.ts'
import { indexTokens, isLatin, questionTokens } from './tokens.ts'

const TEXTS = ['title', 'id', 'fields', 'elements', 'owner', 'about'] as const
const BOOST = { title: 6, elements: 3, id: 3, fields: 2, owner: 2 }
const CHUNK = 50
const FEW = 20
const MOST = 100

type Entry = Omit<CatalogueEntry, 'changedAt'>
type Document = Readonly<Record<(typeof TEXTS)[number], string>>

/** Every dataset by the words of its titles, fields, elements and owner, in memory; follows the registry's list. */
export class CatalogueIndex implements Catalogue {
  readonly #app: App
  readonly #freshness: Freshness
  readonly #search = new MiniSearch<Document>({
    fields: [...TEXTS],
    tokenize: indexTokens,
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, tokenize: questionTokens, prefix: isLatin, fuzzy: fuzzyOf },
  })
  #list: readonly AnyDataset[] = []
  #known = new Map<string, { readonly dataset: AnyDataset; readonly entry: Entry }>()
  #inOrder: readonly Entry[] = []
  #updating: Promise<void> | undefined

  constructor(app: App, freshness: Freshness) {
    this.#app = app
    this.#freshness = freshness
  }

  async find(id: string): Promise<CatalogueEntry | undefined> {
    await this.#upToDate()
    const entry = this.#known.get(id)?.entry
    return entry && this.#dated(entry)
  }

  async search({ text = '', after = 0, limit = FEW, ...filter }: CatalogueQuestion): Promise<CatalogueAnswer> {
    await this.#upToDate()
    const fitting = this.#matching(text.trim()).filter((entry) => fits(entry, filter))
    const found = filter.owner ? fitting.filter(({ owner }) => owner === filter.owner) : fitting
    const entries = found.slice(after, after + Math.min(limit, MOST)).map((entry) => this.#dated(entry))
    return { entries, found: found.length, owners: ownersOf(fitting) }
  }

  #dated = (entry: Entry): CatalogueEntry => ({ ...entry, changedAt: this.#freshness.of(entry.id) ?? null })

  /** All words if there is such a dataset, else any of them. */
  #matching(text: string): readonly Entry[] {
    if (text === '') return this.#inOrder
    const all = this.#search.search(text, { combineWith: 'AND' })
    const hits = all.length > 0 ? all : this.#search.search(text, { combineWith: 'OR' })
    return hits.flatMap(({ id }) => this.#known.get(id)?.entry ?? [])
  }

  async #upToDate(): Promise<void> {
    while (this.#app.use(datasetDirectory).all() !== this.#list) {
      this.#updating ??= this.#update().finally(() => {
        this.#updating = undefined
      })
      await this.#updating
    }
  }

  async #update(): Promise<void> {
    const directory = this.#app.use(datasetDirectory)
    const list = directory.all()
    const names = new Map((await this.#app.use(identity).organisations()).map(({ id, name }) => [id, name]))
    const changed = list.filter((dataset) => this.#known.get(dataset.id)?.dataset !== dataset)
    const documents: Document[] = []
    for (const dataset of changed) {
      const entry = entryOf(dataset, directory.fields(dataset), names.get(dataset.source))
      if (this.#known.has(dataset.id)) this.#search.discard(dataset.id)
      this.#known.set(dataset.id, { dataset, entry })
      documents.push(documentOf(entry))
    }
    await this.#search.addAllAsync(documents, { chunkSize: CHUNK })
    this.#inOrder = [...this.#known.values()]
      .map(({ entry }) => entry)
      .sort((a, b) => a.title.zh.localeCompare(b.title.zh, 'zh-Hans-CN') || (a.id < b.id ? -1 : 1))
    this.#list = list
  }
}

/** A typing mistake in a longer word of Latin letters is forgiven. */
function fuzzyOf(token: string): number | false {
  return isLatin(token) && token.length > 4 ? 0.2 : false
}

function entryOf(
  dataset: AnyDataset,
  fields: ReturnType<(typeof datasetDirectory.type & object)['fields']>,
  ownerName: Words | undefined,
): Entry {
  const { id, title, about, source: owner, level, sharing, opening } = dataset
  return {
    ...{ id, title, about, owner, level, sharing, opening },
    ownerName: ownerName ?? { zh: owner, en: owner },
    personal: fields.some(({ meta }) => meta.personal ?? false),
    hasRows: fields.length > 0,
    fields: fields.map(({ name, meta }) => ({
      name,
      title: meta.title,
      kind: meta.kind,
      element: meta.element ?? null,
      unit: meta.unit ?? null,
      personal: meta.personal ?? false,
      sharing: sharingOf(dataset, meta),
    })),
  }
}

const documentOf = ({ id, title, about, owner, ownerName, fields }: Entry): Document => ({
  id,
  title: `${title.zh} ${title.en}`,
  about: `${about.zh} ${about.en}`,
  owner: `${owner} ${ownerName.zh} ${ownerName.en}`,
  fields: fields.map((field) => `${field.title.zh} ${field.title.en} ${field.name}`).join(' '),
  elements: fields.map(({ element }) => element ?? '').join(' '),
})

const fits = (entry: Entry, { sharing, level }: CatalogueQuestion): boolean =>
  (sharing === undefined || entry.sharing === sharing) && (level === undefined || entry.level === level)

function ownersOf(entries: readonly Entry[]): CatalogueAnswer['owners'] {
  const counts = new Map<string, { readonly id: string; readonly name: Words; count: number }>()
  for (const { owner: id, ownerName: name } of entries) {
    const known = counts.get(id)
    if (known) known.count++
    else counts.set(id, { id, name, count: 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
}
