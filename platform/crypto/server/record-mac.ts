import { type DataKey, derivedKeys } from './data-key.ts'
import { type HmacKey, hmacSm3, prepareHmacKey } from './sm3.ts'

const prepared = new WeakMap<DataKey, HmacKey>()

/** HMAC-SM3 of a record's canonical bytes under a data key, 32 bytes: proves that a holder of the key wrote it. */
export function recordMac(key: DataKey, bytes: Uint8Array): Buffer {
  let mac = prepared.get(key)
  if (!mac) {
    mac = prepareHmacKey(hmacSm3(derivedKeys(key).mac, 'record'))
    prepared.set(key, mac)
  }
  return hmacSm3(mac, bytes)
}
