import type { Pgoutput } from 'pg-logical-replication'

type Values = Record<string, string | null | undefined>

/** Changes of one table, of which the last of each row counts. */
export class Changes {
  readonly #primaryKey: readonly string[]
  #relation: Pgoutput.MessageRelation | undefined
  #byKey = new Map<string, { readonly row: Values; readonly isGone: boolean }>()

  /** @param primaryKey of the table; empty if it has none */
  constructor(primaryKey: readonly string[]) {
    this.#primaryKey = primaryKey
  }

  get relation(): Pgoutput.MessageRelation | undefined {
    return this.#relation
  }

  get size(): number {
    return this.#byKey.size
  }

  get header(): string[] {
    return this.#relation?.columns.map(({ name }) => name) ?? []
  }

  /** Columns that a deletion tells: the replica identity; with `full` all of them. */
  get keyHeader(): string[] {
    const { replicaIdentity, keyColumns = [] } = this.#relation ?? {}
    return replicaIdentity === 'full' ? this.header : keyColumns
  }

  /** Whether what is gathered has other columns than this. */
  isOfOther({ columns }: Pgoutput.MessageRelation): boolean {
    return this.size > 0 && this.header.join() !== columns.map(({ name }) => name).join()
  }

  /** @returns whether it was a change of a row */
  add(message: Pgoutput.Message): boolean {
    if (message.tag === 'relation') this.#relation = message
    if (message.tag === 'insert') this.#put(message.new, false)
    else if (message.tag === 'delete') this.#put(message.old ?? message.key ?? {}, true)
    else if (message.tag === 'update') {
      const before = message.old ?? message.key
      if (before && this.#keyOf(before) !== this.#keyOf(message.new)) this.#put(before, true)
      this.#put(message.new, false)
    } else return false
    return true
  }

  /** What is gathered, and begins anew. */
  take(): { readonly upserts: Values[]; readonly deletes: Values[] } {
    const all = [...this.#byKey.values()]
    this.#byKey = new Map()
    const rows = (isGone: boolean) => all.filter((one) => one.isGone === isGone).map(({ row }) => row)
    return { upserts: rows(false), deletes: rows(true).map((row) => this.#keyColumns(row)) }
  }

  #put(row: Values, isGone: boolean): void {
    const key = this.#keyOf(row)
    this.#byKey.delete(key)
    this.#byKey.set(key, { row, isGone })
  }

  #keyColumns = (row: Values): Values => Object.fromEntries(this.keyHeader.map((name) => [name, row[name] ?? null]))

  #keyOf(row: Values): string {
    const key = this.#primaryKey.length > 0 ? this.#primaryKey : (this.#relation?.keyColumns ?? [])
    return JSON.stringify(key.map((name) => row[name] ?? null))
  }
}
