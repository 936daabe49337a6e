import { sql } from 'kysely'
import type { Db } from '#runtime'

const BLOCK = 256

/**
 * Ids for records before they are written, since the mac covers the id. A process takes them in blocks; what a failed
 * transaction leaves out is never used again, so gaps between ids mean nothing.
 */
export class EntryIds {
  #next = 0
  #end = 0

  async take(tx: Db, count: number): Promise<number[]> {
    const ids: number[] = []
    while (ids.length < count) {
      while (this.#next < this.#end && ids.length < count) ids.push(this.#next++)
      if (ids.length < count) await this.#takeBlock(tx)
    }
    return ids
  }

  async #takeBlock(tx: Db): Promise<void> {
    const { rows } = await sql<{ block: number }>`select nextval('audit.entry_block') as block`.execute(tx)
    // Another unit of work of this process may have taken a block meanwhile; the rest of that one is given up.
    this.#next = (rows[0]?.block ?? 0) * BLOCK
    this.#end = this.#next + BLOCK
  }
}
