import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import { type Db, Defect } from '#runtime'
import type { BulkCopy } from '../../contract.ts'
import type { CopyRows } from '../loading/copy-rows.ts'

/** COPY inside the transaction of a unit of work: finds the connection beneath it by its backend's process id. */
export class CopyIn implements BulkCopy {
  readonly #clients = new Map<number, PoolClient>()

  /** @param pool the one beneath the program's Kysely handle */
  constructor(pool: Pool) {
    const pid = (client: PoolClient) => (client as unknown as { processID: number }).processID
    pool.on('acquire', (client) => this.#clients.set(pid(client), client))
    pool.on('remove', (client) => this.#clients.delete(pid(client)))
  }

  /** Rows in the binary format. @param target `table (columns)` */
  rows(tx: Db, target: string, { bytes }: CopyRows): Promise<void> {
    return this.stream(
      tx,
      `copy ${target} from stdin (format binary)`,
      Readable.from(slices(bytes), { objectMode: false }),
    )
  }

  async stream(tx: Db, statement: string, source: Readable): Promise<void> {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    const client = this.#clients.get(rows[0]?.pid ?? 0)
    if (!client) throw new Defect('The connection of this transaction is not known; was the pool used before?')
    // A unit of work sends statements without waiting; while rows stream in, nothing else may be on the way.
    const mode = client as PoolClient & { pipeline: boolean }
    mode.pipeline = false
    try {
      await pipeline(source, client.query(from(statement)))
    } finally {
      mode.pipeline = true
    }
  }
}

const SLICE = 1 << 18
/** Signature, flags, length of an extension that there is not. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = Buffer.of(0xff, 0xff)

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  yield HEADER
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE)
  yield TRAILER
}
