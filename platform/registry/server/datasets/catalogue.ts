import { type App, localDateAt, NotFound, type Words, words } from '#runtime'
import type { CodeListEdition } from '../../contract.ts'
import type { AnyDataset } from '../../dataset.ts'
import { registryTables } from '../tables.ts'
import { inForce, shippedEdition } from './code-list-editions.ts'
import { type DatasetDefinition, datasetOf } from './definition.ts'

export interface Listed {
  readonly dataset: AnyDataset
  /** Module that declares it; absent for those of stewards. */
  readonly module?: string
  readonly definition?: DatasetDefinition
  /** Version of a steward's definition. */
  readonly version?: number
}

/** Every dataset and code list that there is: declared by modules, or defined by stewards. */
export class Catalogue {
  readonly #app: App
  readonly #declared: ReadonlyMap<string, Listed>
  readonly #shipped: ReadonlyMap<string, CodeListEdition>
  /** Editions of stewards, oldest first. */
  #editions: ReadonlyMap<string, readonly CodeListEdition[]> = new Map()
  #defined: ReadonlyMap<string, Listed> = new Map()
  #all: readonly Listed[] | undefined

  constructor(app: App) {
    this.#app = app
    const datasets = app.declared('datasets')
    this.#declared = new Map(datasets.map(({ module, entry }) => [entry.id, { dataset: entry, module: module.id }]))
    this.#shipped = new Map(app.declared('codeLists').map(({ entry }) => [entry.id, shippedEdition(entry)]))
  }

  /** Reads the stewards' definitions and code lists again. */
  async reload(): Promise<void> {
    await Promise.all([this.#reloadDefinitions(), this.#reloadCodeLists()])
  }

  async #reloadDefinitions(): Promise<void> {
    const rows = await registryTables(this.#app.db)
      .selectFrom('registry.definition')
      .distinctOn('id')
      .select(['id', 'version', 'declaration'])
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute()
    this.#defined = new Map(
      rows.map(({ id, version, declaration }) => {
        const definition = declaration as unknown as DatasetDefinition
        const before = this.#defined.get(id)
        return [id, before?.version === version ? before : { dataset: datasetOf(definition), definition, version }]
      }),
    )
    this.#all = undefined
  }

  async #reloadCodeLists(): Promise<void> {
    const rows = await registryTables(this.#app.db)
      .selectFrom('registry.code_list')
      .select(['id', 'edition', 'title', 'source', 'codes', 'valid_from', 'note'])
      .orderBy('edition')
      .execute()
    this.#editions = Map.groupBy(
      rows.map(({ valid_from, ...row }) => ({ ...row, validFrom: valid_from })),
      ({ id }) => id,
    )
  }

  /** Knows an edition of a code list as soon as it is confirmed. */
  acceptEdition(edition: CodeListEdition): void {
    const known = this.#editions.get(edition.id) ?? []
    if (known.some((each) => each.edition === edition.edition)) return
    this.#editions = new Map(this.#editions).set(edition.id, [...known, edition])
  }

  /** Knows a definition as soon as it is confirmed, without waiting for its event. */
  accept(id: string, definition: DatasetDefinition, version: number): void {
    this.#defined = new Map(this.#defined).set(id, { dataset: datasetOf(definition), definition, version })
    this.#all = undefined
  }

  /** The same list until a definition changes. */
  all(): readonly Listed[] {
    this.#all ??= [...this.#declared.values(), ...this.#defined.values()]
    return this.#all
  }

  find(id: string): Listed | undefined {
    return this.#declared.get(id) ?? this.#defined.get(id)
  }

  /** @throws NotFound */
  get(id: string): AnyDataset {
    const listed = this.find(id)
    if (!listed) throw new NotFound('no-dataset', words(`没有数据集“${id}”`, `There is no dataset "${id}"`))
    return listed.dataset
  }

  /** Every code list as it is in force today. */
  codeLists(): readonly CodeListEdition[] {
    const today = localDateAt(new Date())
    const ids = new Set([...this.#shipped.keys(), ...this.#editions.keys()])
    return [...ids].flatMap((id) => inForce(this.editions(id), today) ?? [])
  }

  /** All editions of a code list, oldest first. */
  editions(id: string): readonly CodeListEdition[] {
    const shipped = this.#shipped.get(id)
    return [...(shipped ? [shipped] : []), ...(this.#editions.get(id) ?? [])]
  }

  /** Codes of a list with their names as in force today; none for a list that is not there. */
  codes(list: string): Readonly<Record<string, Words>> {
    return inForce(this.editions(list), localDateAt(new Date()))?.codes ?? {}
  }
}
