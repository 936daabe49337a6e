import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TooLarge, words } from '#runtime'

/** Bytes on disk under `<folder>/ab/cd/<sm3>`; written beside, forced to disk and renamed, so a name is never half full. */
export class BlobStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(join(folder, 'incoming'), { recursive: true })
  }

  /**
   * Receives a stream into a temporary file, listening to it before this returns.
   * @throws TooLarge beyond `limit` bytes; nothing is left behind
   */
  async receive(content: Readable, limit: number): Promise<Received> {
    const path = join(this.#folder, 'incoming', randomUUID())
    const hash = createHash('sm3')
    let size = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        hash.update(chunk)
        done(size > limit ? tooLarge(limit) : null, chunk)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(path, { flush: true }))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return { path, size, sm3: hash.digest('hex') }
  }

  /** Gives a received file its lasting name; the same content is there already or arrives once. */
  async keep(received: Received): Promise<void> {
    const target = this.#pathOf(received.sm3)
    await mkdir(dirname(target), { recursive: true })
    await rename(received.path, target)
    const folder = await open(dirname(target))
    await folder.sync().finally(() => folder.close())
  }

  discard(received: Received): Promise<void> {
    return rm(received.path, { force: true })
  }

  /** @param range first and last byte, both included */
  read(sm3: string, range?: { readonly start: number; readonly end: number }): Readable {
    return createReadStream(this.#pathOf(sm3), range)
  }

  has(sm3: string): Promise<boolean> {
    return stat(this.#pathOf(sm3)).then(
      () => true,
      () => false,
    )
  }

  remove(sm3: string): Promise<void> {
    return rm(this.#pathOf(sm3), { force: true })
  }

  #pathOf(sm3: string): string {
    return join(this.#folder, sm3.slice(0, 2), sm3.slice(2, 4), sm3)
  }
}

export interface Received {
  readonly path: string
  readonly size: number
  readonly sm3: string
}

function tooLarge(limit: number): TooLarge {
  const megabytes = Math.floor(limit / 1_048_576)
  return new TooLarge(
    'file-too-large',
    words(
      `文件超过 ${megabytes} MB，请压缩或拆分后再传`,
      `The file is larger than ${megabytes} MB; make it smaller or split it`,
    ),
  )
}
