import { sql } from 'kysely'
import { canonicalBytes, sm3Hex } from '#platform/crypto'
import { type Db, NotFound, StartError, type Words, words } from '#runtime'
import type { LoopDefinition } from '../contract.ts'

interface Stored {
  readonly id: string
  readonly version: number
  readonly body: LoopDefinition
  readonly sum: string
}

/** All versions of all definitions: those that the modules declare now, and older ones that matters still follow. */
export class Definitions {
  readonly #versions = new Map<string, LoopDefinition>()
  readonly #current = new Map<string, LoopDefinition>()

  /** Stores what is new. @throws StartError for a definition that was changed under an old number */
  async load(db: Db, declared: readonly LoopDefinition[]): Promise<void> {
    const { rows } = await sql<Stored>`select id, version, body, sum from loops.definition`.execute(db)
    for (const { body } of rows) this.#add(body)
    const sums = new Map(rows.map((row) => [`${row.id}@${row.version}`, row.sum]))
    for (const definition of declared) {
      const { id, version } = definition
      const body = JSON.parse(JSON.stringify(definition)) as LoopDefinition
      const sum = sm3Hex(canonicalBytes(body))
      const before = sums.get(`${id}@${version}`) ?? (await store(db, { id, version, body, sum }))
      if (before !== sum)
        throw new StartError(
          `Loop "${id}" was changed but still has version ${version}; give it version ${version + 1}.`,
        )
      this.#add(definition)
      this.#current.set(id, definition)
    }
  }

  #add(definition: LoopDefinition): void {
    this.#versions.set(`${definition.id}@${definition.version}`, definition)
  }

  /** The version in force, or a given one. @throws NotFound */
  get(id: string, version?: number): LoopDefinition {
    const found = version === undefined ? this.#current.get(id) : this.#versions.get(`${id}@${version}`)
    if (!found) throw new NotFound()
    return found
  }

  /** As `get`, and looks in the database for a version that a newer process has stored since. */
  async find(db: Db, id: string, version: number): Promise<LoopDefinition> {
    if (!this.#versions.has(`${id}@${version}`)) {
      const { rows } = await sql<Stored>`select id, version, body, sum from loops.definition
        where id = ${id} and version = ${version}`.execute(db)
      for (const { body } of rows) this.#add(body)
    }
    return this.get(id, version)
  }

  /** Title of the newest version known; the id for one that nobody knows. */
  titleOf(id: string): Words {
    const known = this.#current.get(id) ?? this.all().findLast((definition) => definition.id === id)
    return known?.title ?? words(id, id)
  }

  /** Those in force. */
  current(): readonly LoopDefinition[] {
    return [...this.#current.values()]
  }

  /** Every version known. */
  all(): readonly LoopDefinition[] {
    return [...this.#versions.values()]
  }
}

/** Another process may store it at the same time. @returns the sum that is stored */
async function store(db: Db, { id, version, body, sum }: Stored): Promise<string> {
  await sql`insert into loops.definition (id, version, body, sum, created_at)
    values (${id}, ${version}, ${JSON.stringify(body)}::jsonb, ${sum}, now()) on conflict do nothing`.execute(db)
  const { rows } =
    await sql<Stored>`select sum from loops.definition where id = ${id} and version = ${version}`.execute(db)
  return rows[0]?.sum ?? sum
}
