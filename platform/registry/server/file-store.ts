import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TooLarge, words } from '#runtime'

export interface KeptFile {
  /** SM3 of the bytes, hex; the file's name in the store. */
  readonly sm3: string
  readonly size: number
  readonly name: string
}

type Examine = (path: string, name: string) => Promise<unknown>

const GIGABYTE = 2 ** 30
/** Largest file in bytes. */
export const LARGEST = 10 * GIGABYTE

/** 413 for a file that is, or says to be, beyond `LARGEST`. */
export const tooLarge = (): TooLarge =>
  new TooLarge('file-too-large', words('文件超过 10 GB，请拆分后再传', 'The file is larger than 10 GB; split it'))

/** Files offered for import, kept once by their content in `DATA_DIR/registry` until they are erased. */
export class FileStore {
  readonly #folder: string

  readonly #examine: Examine

  /** @param examine refuses bytes that may not be kept */
  constructor(dataDir: string, examine: Examine) {
    this.#folder = join(dataDir, 'registry')
    this.#examine = examine
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  pathOf(sm3: string): string {
    return join(this.#folder, sm3)
  }

  /**
   * Listens to the content before it returns, so that one which fails at once fails only this.
   * @throws InvalidInput (type, virus), TooLarge; nothing is kept then
   */
  async put(name: string, content: Readable): Promise<KeptFile> {
    const draft = join(this.#folder, `.${randomUUID()}`)
    const hash = createHash('sm3')
    let size = 0
    const measure = new Transform({
      transform(block: Buffer, _encoding, done) {
        hash.update(block)
        size += block.length
        done(size > LARGEST ? tooLarge() : null, block)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(draft, { mode: 0o600, flush: true }))
      const sm3 = hash.digest('hex')
      await this.#examine(draft, name)
      await rename(draft, this.pathOf(sm3))
      return { sm3, size, name }
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** What was put, or begun and broken off (its name begins with a dot), before an instant. */
  async *putBefore(instant: Date): AsyncGenerator<{ readonly name: string; readonly size: number }> {
    for await (const { name } of await opendir(this.#folder)) {
      const info = await stat(this.pathOf(name)).catch(() => undefined)
      if (info?.isFile() && info.mtime < instant) yield { name, size: info.size }
    }
  }

  /** Deletes bytes, unless they were put here again since. */
  async erase(sm3: string, putBefore: Date): Promise<void> {
    const info = await stat(this.pathOf(sm3)).catch(() => undefined)
    if (info && info.mtime < putBefore) await rm(this.pathOf(sm3), { force: true })
  }
}
