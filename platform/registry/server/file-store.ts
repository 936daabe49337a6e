import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface KeptFile {
  /** SM3 of the bytes, hex; the file's name in the store. */
  readonly sm3: string
  readonly size: number
}

/** Files offered for import, kept once by their content in `DATA_DIR/registry`. */
export class FileStore {
  readonly #folder: string

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'registry')
  }

  pathOf(sm3: string): string {
    return join(this.#folder, sm3)
  }

  async put(content: Readable): Promise<KeptFile> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const draft = join(this.#folder, `.${randomUUID()}`)
    const hash = createHash('sm3')
    let size = 0
    const measure = new Transform({
      transform(block: Buffer, _encoding, done) {
        hash.update(block)
        size += block.length
        done(null, block)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(draft, { mode: 0o600, flush: true }))
      const sm3 = hash.digest('hex')
      await rename(draft, this.pathOf(sm3))
      return { sm3, size }
    } finally {
      await rm(draft, { force: true })
    }
  }
}
