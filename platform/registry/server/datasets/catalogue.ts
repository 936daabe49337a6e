import { type App, NotFound, type Words, words } from '#runtime'
import type { AnyDataset, CodeList } from '../../dataset.ts'
import { registryTables } from '../tables.ts'
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
  readonly #codes: ReadonlyMap<string, CodeList>
  #defined: ReadonlyMap<string, Listed> = new Map()

  constructor(app: App) {
    this.#app = app
    const datasets = app.declared('datasets')
    this.#declared = new Map(datasets.map(({ module, entry }) => [entry.id, { dataset: entry, module: module.id }]))
    this.#codes = new Map(app.declared('codeLists').map(({ entry }) => [entry.id, entry]))
  }

  /** Reads the stewards' definitions again. */
  async reload(): Promise<void> {
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
  }

  /** Knows a definition as soon as it is confirmed, without waiting for its event. */
  accept(id: string, definition: DatasetDefinition, version: number): void {
    this.#defined = new Map(this.#defined).set(id, { dataset: datasetOf(definition), definition, version })
  }

  all(): readonly Listed[] {
    return [...this.#declared.values(), ...this.#defined.values()]
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

  codeLists(): readonly CodeList[] {
    return [...this.#codes.values()]
  }

  /** Codes of a list with their names; none for a list that is not there. */
  codes(list: string): Readonly<Record<string, Words>> {
    return this.#codes.get(list)?.codes ?? {}
  }
}
