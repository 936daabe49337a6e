import { createDataKey, type DataKey } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { openBytes } from './open-fields.ts'
import { sealBytes } from './seal-fields.ts'

/** A data key under a master key, bound to its purpose and id: this is what is stored. */
export function wrapKey(master: DataKey, purpose: string, key: DataKey): Buffer {
  return sealBytes(master, wrapContext(purpose, key.id), key.secret)
}

/**
 * The data key again; any master key of the ring that wrapped it opens it.
 * @throws RangeError if the wrapped key was changed, or is of another purpose or id.
 */
export function unwrapKey(masters: PurposeKeys, purpose: string, id: number, wrapped: Uint8Array): DataKey {
  return createDataKey({ id, secret: openBytes(masters, wrapContext(purpose, id), wrapped) })
}

function wrapContext(purpose: string, id: number): string {
  return `key:${id}:${purpose}`
}
