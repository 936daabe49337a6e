import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import { type Db, Defect } from '#runtime'

/** COPY inside the transaction of a unit of work: finds the connection beneath it by its backend's process id. */
export class CopyIn {
  readonly #clients = new Map<number, PoolClient>()

  /** @param pool the one beneath the program's Kysely handle */
  constructor(pool: Pool) {
    const pid = (client: PoolClient) => (client as unknown as { processID: number }).processID
    pool.on('acquire', (client) => this.#clients.set(pid(client), client))
    pool.on('remove', (client) => this.#clients.delete(pid(client)))
  }

  /** @param statement `copy … from stdin` @param text rows in the format that the statement names */
  async run(tx: Db, statement: string, text: Uint8Array | Readable): Promise<void> {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    const client = this.#clients.get(rows[0]?.pid ?? 0)
    if (!client) throw new Defect('The connection of this transaction is not known; was the pool used before?')
    // A unit of work sends statements without waiting; while rows stream in, nothing else may be on the way.
    const mode = client as PoolClient & { pipeline: boolean }
    mode.pipeline = false
    const rowsIn = text instanceof Uint8Array ? Readable.from(slices(text), { objectMode: false }) : text
    try {
      await pipeline(rowsIn, client.query(from(statement)))
    } finally {
      mode.pipeline = true
    }
  }
}

const SLICE = 1 << 18

function* slices(text: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < text.length; at += SLICE) yield text.subarray(at, at + SLICE)
}
