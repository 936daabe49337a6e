import { type Cipheriv, randomBytes, randomInt } from 'node:crypto'
import { type HmacKey, hmacSm3, prepareHmacKey } from './sm3.ts'
import { sm4Blocks } from './sm4.ts'

/** Bytes of a data key's secret. */
export const SECRET_BYTES = 32

/**
 * A symmetric key of the platform: 32 random bytes, never used directly, from which one key per use is derived.
 * `id` (1..2^32-1) is written into everything sealed under it and must never be given to another secret.
 */
export interface DataKey {
  readonly id: number
  readonly secret: Uint8Array
}

/** The keys derived from one data key, kept while the data key object lives. */
export interface DerivedKeys {
  /** SM4 that turns counter blocks into keystream. */
  readonly blocks: Cipheriv
  readonly mac: HmacKey
  readonly index: HmacKey
}

const derived = new WeakMap<DataKey, DerivedKeys>()

/**
 * Makes a data key. Without `id` one is drawn at random; a store should refuse an id it already has.
 * @throws RangeError for an id out of range or a secret that is not 32 bytes.
 */
export function createDataKey(options: { id?: number; secret?: Uint8Array } = {}): DataKey {
  const id = options.id ?? randomInt(1, 2 ** 32)
  const secret = options.secret ?? randomBytes(SECRET_BYTES)
  if (!Number.isInteger(id) || id < 1 || id >= 2 ** 32) throw new RangeError(`Key id ${id} is not within 1..2^32-1`)
  if (secret.length !== SECRET_BYTES) throw new RangeError(`A data key has ${SECRET_BYTES} bytes, not ${secret.length}`)
  return Object.freeze({ id, secret: Uint8Array.from(secret) })
}

/** Separate keys for encryption, authentication and index: HMAC-SM3 of a label under the secret. */
export function derivedKeys(key: DataKey): DerivedKeys {
  const known = derived.get(key)
  if (known) return known
  const secret = prepareHmacKey(key.secret)
  const keys: DerivedKeys = {
    blocks: sm4Blocks(hmacSm3(secret, 'daizong.v1.encrypt').subarray(0, 16)),
    mac: prepareHmacKey(hmacSm3(secret, 'daizong.v1.authenticate')),
    index: prepareHmacKey(hmacSm3(secret, 'daizong.v1.index')),
  }
  derived.set(key, keys)
  return keys
}
