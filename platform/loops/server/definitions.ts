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

/**
 * All versions of all definitions: those that the modules declare, those that administrators published, and older ones
 * that matters still follow. In force is what an administrator chose, else what the code declares.
 */
export class Definitions {
  readonly #versions = new Map<string, LoopDefinition>()
  readonly #current = new Map<string, LoopDefinition>()
  readonly #declared = new Map<string, LoopDefinition>()
  /** How often it was noted what is in force. */
  #noted = 0

  /** Stores what is new. @throws StartError for a definition that was changed under an old number */
  async load(db: Db, declared: readonly LoopDefinition[]): Promise<void> {
    const { rows } = await sql<Stored>`select id, version, body, sum from loops.definition`.execute(db)
    for (const { body } of rows) this.#add(body)
    const sums = new Map(rows.map((row) => [`${row.id}@${row.version}`, row.sum]))
    for (const definition of declared) {
      const { id, version } = definition
      const stored = storable(definition)
      const before = sums.get(`${id}@${version}`) ?? (await storeDeclared(db, stored))
      if (before !== stored.sum)
        throw new StartError(
          `Loop "${id}" was changed but still has version ${version}; give it version ${version + 1}.`,
        )
      this.#add(definition)
      this.#declared.set(id, definition)
      this.#current.set(id, definition)
    }
    await this.refresh(db)
  }

  /**
   * Reads again which versions there are and what is in force, after this or another process has published. What was read
   * before something else was noted here may be older than that: then it is read once more.
   */
  async refresh(db: Db): Promise<void> {
    const noted = this.#noted
    const { rows: fresh } = await sql<Stored>`select id, version, body, sum from loops.definition
      where id || '@' || version <> all(${[...this.#versions.keys()]})`.execute(db)
    for (const { body } of fresh) this.#add(body)
    const { rows } = await sql<Pick<Stored, 'id' | 'version'>>`
      select id, version from loops.definition_in_force`.execute(db)
    if (noted !== this.#noted) return this.refresh(db)
    this.#noted++
    const current = new Map(this.#declared)
    for (const { id, version } of rows) current.set(id, this.get(id, version))
    this.#current.clear()
    for (const [id, definition] of current) this.#current.set(id, definition)
  }

  /** At once in this process, when it has been confirmed; others hear of it. */
  putInForce(id: string, definition: LoopDefinition | undefined): void {
    this.#noted++
    if (definition) this.#add(definition)
    const now = definition ?? this.#declared.get(id)
    if (now) this.#current.set(id, now)
  }

  /** The same with one more in force, for a trial that leaves nothing behind. */
  with(definition: LoopDefinition): Definitions {
    const copy = new Definitions()
    for (const one of this.#versions.values()) copy.#add(one)
    for (const [id, one] of this.#current) copy.#current.set(id, one)
    copy.#add(definition)
    copy.#current.set(definition.id, definition)
    return copy
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

  /** What the code declares under this id, if it does. */
  declared(id: string): LoopDefinition | undefined {
    return this.#declared.get(id)
  }

  /** As `get`, and looks in the database for a version that another process has stored since. */
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

/** A definition as it is stored. */
export function storable(definition: LoopDefinition): Stored {
  const body = JSON.parse(JSON.stringify(definition)) as LoopDefinition
  return { id: body.id, version: body.version, body, sum: sm3Hex(canonicalBytes(body)) }
}

/** Another process may store it at the same time. @returns the sum that is stored */
async function storeDeclared(db: Db, { id, version, body, sum }: Stored): Promise<string> {
  await sql`insert into loops.definition (id, version, body, sum, created_at)
    values (${id}, ${version}, ${JSON.stringify(body)}::json, ${sum}, now()) on conflict do nothing`.execute(db)
  const { rows } =
    await sql<Stored>`select sum from loops.definition where id = ${id} and version = ${version}`.execute(db)
  return rows[0]?.sum ?? sum
}
