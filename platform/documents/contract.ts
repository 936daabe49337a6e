import type { Readable } from 'node:stream'
import { service, type Work } from '#runtime'

/** A file, kept by its content: the same bytes are stored once. */
export interface StoredFile {
  /** Id of this upload; rights hang on it, not on the content. */
  readonly id: string
  /** SM3 of the bytes, hex. */
  readonly sm3: string
  readonly name: string
  /** Found from the bytes, not from the name. */
  readonly type: string
  readonly size: number
  readonly uploadedBy: string
  readonly uploadedAt: Date
}

export interface Documents {
  /** Stores a stream after type check and virus scan. @throws InvalidInput (type, virus), TooLarge */
  put(
    work: Work,
    file: { readonly name: string; readonly content: Readable; readonly for: string },
  ): Promise<StoredFile>
  /**
   * Checks bytes that another capability keeps itself, e.g. a file for import.
   * @returns media type @throws InvalidInput (type, virus), Conflict while the virus scanner is away
   */
  examine(path: string, name: string): Promise<string>
  find(id: string): Promise<StoredFile | undefined>
  /** Ties uploads to what they belong to, e.g. `{ kind: 'loop', id: '12' }`; from then on its readers may read them. */
  attach(work: Work, ids: readonly string[], to: { readonly kind: string; readonly id: string }): Promise<void>
  /**
   * Lets go what is tied to something: its files are loose again, and the daily clean removes those uploaded more than seven
   * days ago, with their bytes unless another file has the same.
   */
  detach(work: Work, from: { readonly kind: string; readonly id: string }): Promise<void>
  open(id: string): Promise<Readable>
  /** Registers who may read files attached to things of a kind; without one, only the uploader may. */
  readers(kind: string, mayRead: (work: Work, id: string) => Promise<boolean>): void
}
export const documents = service<Documents>('documents')
