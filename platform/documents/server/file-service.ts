import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { type App, Conflict, InvalidInput, NotFound, tables, type Work, words } from '#runtime'
import type { Documents, StoredFile } from '../contract.ts'
import type { BlobStore } from './blob-store.ts'
import { typeOf } from './file-type.ts'
import type { DocumentsTables, Scan } from './tables.ts'
import { scan } from './virus-scan.ts'

/** Largest upload in bytes. */
export const FILE_LIMIT = 200 * 1_048_576
const NAME_LENGTH = 200

/** Bytes in the store, not yet written down. */
export interface Kept {
  readonly sm3: string
  readonly size: number
  readonly name: string
  readonly type: string
  readonly state: Scan
}

type MayRead = (work: Work, id: string) => Promise<boolean>

/** Uploads, what they belong to, and who may read them. */
export class FileService implements Documents {
  readonly #app: App
  readonly #store: BlobStore
  readonly #readers = new Map<string, MayRead>()

  constructor(app: App, store: BlobStore) {
    this.#app = app
    this.#store = store
  }

  async put(work: Work, file: { readonly name: string; readonly content: Readable }): Promise<StoredFile> {
    return this.record(work, await this.receive(file.name, file.content))
  }

  /** Takes the bytes in, outside any transaction. @throws InvalidInput (type, virus), TooLarge */
  async receive(filename: string, content: Readable): Promise<Kept> {
    const received = await this.#store.receive(content, FILE_LIMIT)
    const name = filename.replaceAll(/[\p{Cc}/\\]/gu, '_').slice(-NAME_LENGTH)
    try {
      const type = await typeOf(received.path, name)
      const state = await this.#scan(received.path)
      await this.#store.keep(received)
      return { ...received, name, type, state }
    } finally {
      await this.#store.discard(received)
    }
  }

  async examine(path: string, name: string): Promise<string> {
    const type = await typeOf(path, name)
    if ((await this.#scan(path)) === 'waiting')
      throw new Conflict(
        'scanner-away',
        words('查毒服务暂不可用，请稍后再传', 'The virus scanner is away; try again later'),
      )
    return type
  }

  /** @throws InvalidInput for a virus; a scanner that is away leaves the file waiting and unreadable */
  async #scan(path: string): Promise<Scan> {
    const address = this.#app.config.clamdAddress
    if (!address) return 'off'
    const virus = await scan(address, createReadStream(path)).catch((error: unknown) => {
      this.#app.log.warn({ err: error }, 'virus scanner is away')
      return undefined
    })
    if (virus)
      throw new InvalidInput('virus', words('文件含有病毒，已拒收', 'The file carries a virus and was refused'))
    return virus === null ? 'clean' : 'waiting'
  }

  /** Writes down what was received; a loose upload until it is attached. */
  async record(work: Work, { sm3, size, name, type, state }: Kept): Promise<StoredFile> {
    const db = tables<DocumentsTables>(work.tx)
    await db
      .insertInto('documents.blob')
      .values({ sm3, size, type, scan: state, stored_at: work.at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const id = randomUUID()
    await db
      .insertInto('documents.file')
      .values({
        id,
        sm3,
        name,
        uploaded_by: work.actor.id,
        uploaded_at: work.at,
        attached_kind: null,
        attached_id: null,
      })
      .execute()
    if (state === 'waiting') work.enqueue('documents.scan', { sm3 }, { key: sm3 })
    work.audit({ event: 'documents.file.uploaded', subject: { kind: 'file', id }, details: { sm3, type, size } })
    return { id, sm3, name, type, size, uploadedBy: work.actor.id, uploadedAt: work.at }
  }

  async find(id: string): Promise<StoredFile | undefined> {
    const row = await tables<DocumentsTables>(this.#app.db)
      .selectFrom('documents.file as f')
      .innerJoin('documents.blob as b', 'b.sm3', 'f.sm3')
      .select([
        'f.id',
        'f.sm3',
        'f.name',
        'b.type',
        'b.size',
        'f.uploaded_by as uploadedBy',
        'f.uploaded_at as uploadedAt',
      ])
      .where('f.id', '=', id)
      .executeTakeFirst()
    return row
  }

  /** Ties the caller's own loose uploads. @throws InvalidInput for ids that are not */
  async attach(work: Work, ids: readonly string[], to: { readonly kind: string; readonly id: string }): Promise<void> {
    if (ids.length === 0) return
    const rows = await tables<DocumentsTables>(work.tx)
      .updateTable('documents.file')
      .set({ attached_kind: to.kind, attached_id: to.id })
      .where('id', 'in', [...ids])
      .where('uploaded_by', '=', work.actor.id)
      .where((is) =>
        is.or([
          is('attached_kind', 'is', null),
          is.and([is('attached_kind', '=', to.kind), is('attached_id', '=', to.id)]),
        ]),
      )
      .returning('id')
      .execute()
    if (rows.length < new Set(ids).size)
      throw new InvalidInput(
        'no-such-file',
        words('附件不存在或不是您上传的，请重新上传', 'A file does not exist or is not yours; upload it again'),
      )
  }

  async detach(work: Work, from: { readonly kind: string; readonly id: string }): Promise<void> {
    await tables<DocumentsTables>(work.tx)
      .updateTable('documents.file')
      .set({ attached_kind: null, attached_id: null })
      .where('attached_kind', '=', from.kind)
      .where('attached_id', '=', from.id)
      .execute()
  }

  open(id: string): Promise<Readable> {
    return this.find(id).then((file) => {
      if (!file) throw new NotFound()
      return this.#store.read(file.sm3)
    })
  }

  readers(kind: string, mayRead: MayRead): void {
    this.#readers.set(kind, mayRead)
  }

  /** A file that the actor may read now. @throws NotFound, Conflict while it waits for its scan */
  async readable(work: Work, id: string): Promise<StoredFile> {
    const row = await tables<DocumentsTables>(work.tx)
      .selectFrom('documents.file as f')
      .innerJoin('documents.blob as b', 'b.sm3', 'f.sm3')
      .select([
        'f.id',
        'f.sm3',
        'f.name',
        'b.type',
        'b.size',
        'b.scan',
        'f.uploaded_by as uploadedBy',
        'f.uploaded_at as uploadedAt',
        'f.attached_kind as kind',
        'f.attached_id as owner',
      ])
      .where('f.id', '=', id)
      .executeTakeFirst()
    if (!row || row.scan === 'infected') throw new NotFound()
    const isMine = row.uploadedBy === work.actor.id
    const mayRead = row.kind && row.owner ? await this.#readers.get(row.kind)?.(work, row.owner) : false
    if (!isMine && !mayRead) throw new NotFound()
    if (row.scan === 'waiting')
      throw new Conflict(
        'scan-waiting',
        words('文件正在查毒，请稍后再打开', 'The file is being scanned; open it a little later'),
      )
    return row
  }
}
