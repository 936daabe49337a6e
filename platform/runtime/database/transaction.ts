import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import type pg from 'pg'
import type { Db } from '../app.ts'
import { Defect } from '../errors.ts'

/** A connection of the pool; in pipeline mode it sends a statement without waiting for the answer to the one before. */
type Client = pg.PoolClient & { pipeline: boolean }

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
const driver = new DummyDriver()
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}

/** A Kysely handle whose statements all go over the connection that is named when the first one comes. */
export const handleOver = (connection: () => Promise<DatabaseConnection>): Db =>
  new Kysely({
    config: { dialect },
    driver,
    dialect,
    executor: new DefaultQueryExecutor(compiler, adapter, {
      provideConnection: async (consumer) => consumer(await connection()),
    }),
  })

/** The database undid everything at the commit, because a statement had failed before. */
export class RolledBack extends Defect {
  constructor(cause?: unknown) {
    super('A unit of work was undone because one of its statements had failed.')
    this.cause = cause
  }
}

/**
 * A transaction that takes a connection and begins with its first statement. What is sent in the same turn of the event
 * loop makes one journey: `begin` with the first statement, `commit` with the last ones.
 */
export class Transaction {
  readonly db: Db
  readonly #pool: pg.Pool
  #client: Promise<Client> | undefined
  #isOver = false
  /** The commit was sent and nothing came back that says what became of it. */
  isUncertain = false

  constructor(pool: pg.Pool) {
    this.#pool = pool
    this.db = handleOver(() => this.connection())
  }

  async connection(): Promise<DatabaseConnection> {
    const client = await this.#begun()
    return {
      executeQuery: async ({ sql, parameters }: CompiledQuery) => {
        const { rows, rowCount } = await client.query<never>(sql, [...parameters])
        return { rows: rows ?? [], numAffectedRows: BigInt(rowCount ?? 0) }
      },
      streamQuery: () => {
        throw new Defect('A unit of work does not stream.')
      },
    }
  }

  async #begun(): Promise<Client> {
    if (this.#isOver) throw new Defect('A transaction that is over was used; await everything before it ends.')
    this.#client ??= this.#begin()
    return this.#client
  }

  async #begin(): Promise<Client> {
    const client = (await this.#pool.connect()) as Client
    client.pipeline = true
    client.query('begin').catch(() => undefined)
    return client
  }

  /**
   * Sends the last statements and the commit without waiting in between. Their parameters must be such as the driver
   * always takes, so that none can be missing from what is committed.
   * @throws RolledBack when nothing was committed; any other error leaves open whether it was
   */
  async commit(last: readonly RawBuilder<unknown>[] = []): Promise<void> {
    const statements = last.map((statement) => statement.compile(this.db))
    const client = this.#client || statements.length > 0 ? await this.#begun() : undefined
    this.#isOver = true
    if (!client) return
    const sent = statements.map(({ sql, parameters }) => client.query(sql, [...parameters]))
    const failed = Promise.all(sent).then(
      () => undefined,
      (cause: unknown) => new RolledBack(cause),
    )
    this.isUncertain = true
    try {
      const { command } = await client.query('commit')
      this.isUncertain = false
      const undone = (await failed) ?? (command === 'ROLLBACK' ? new RolledBack() : undefined)
      if (undone) throw undone
    } finally {
      this.#release(client, this.isUncertain)
    }
  }

  /** Undoes what was not committed; nothing happens to what was. */
  async rollback(): Promise<void> {
    this.#isOver = true
    const client = await this.#client?.catch(() => undefined)
    if (!client) return
    const isDone = await client.query('rollback').then(
      () => true,
      () => false,
    )
    this.#release(client, !isDone)
  }

  #release(client: Client, isBroken = false): void {
    this.#client = undefined
    client.pipeline = false
    client.release(isBroken)
  }
}
