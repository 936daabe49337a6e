import type { DataKey } from './data-key.ts'

/** The keys of one purpose, oldest first. All of them open; `current` seals. */
export interface PurposeKeys {
  readonly current: DataKey
  readonly all: readonly DataKey[]
}

/**
 * Purpose (for example `field`, `index`) → its keys. Immutable: each change makes a new ring.
 *
 * Rotation without downtime, with several processes: (1) `addKey` and let every process load the ring, (2)
 * `promoteKey`: new values are sealed under the new key while all processes can open both, (3) seal old rows again
 * at leisure (`sealedKeyId` finds them), (4) `retireKey`.
 */
export type KeyRing = ReadonlyMap<string, PurposeKeys>

/**
 * The keys of a purpose.
 * @throws RangeError if the ring has none.
 */
export function getPurposeKeys(ring: KeyRing, purpose: string): PurposeKeys {
  const keys = ring.get(purpose)
  if (!keys) throw new RangeError(`The key ring has no key for "${purpose}"`)
  return keys
}

/**
 * Adds a key; the first key of a purpose becomes current, later ones only open until promoted.
 * @throws RangeError if the purpose already has a key of this id.
 */
export function addKey(ring: KeyRing, purpose: string, key: DataKey): KeyRing {
  const before = ring.get(purpose)
  if (before?.all.some((other) => other.id === key.id))
    throw new RangeError(`The key ring already has key ${key.id} for "${purpose}"`)
  return withKeys(ring, purpose, { current: before?.current ?? key, all: [...(before?.all ?? []), key] })
}

/**
 * Makes a key the one that seals.
 * @throws RangeError if the purpose has no such key.
 */
export function promoteKey(ring: KeyRing, purpose: string, id: number): KeyRing {
  const { all } = getPurposeKeys(ring, purpose)
  const current = all.find((key) => key.id === id)
  if (!current) throw new RangeError(`The key ring has no key ${id} for "${purpose}"`)
  return withKeys(ring, purpose, { current, all })
}

/**
 * Removes a key after nothing is sealed under it any more.
 * @throws RangeError for the current key or an unknown one.
 */
export function retireKey(ring: KeyRing, purpose: string, id: number): KeyRing {
  const { current, all } = getPurposeKeys(ring, purpose)
  if (current.id === id) throw new RangeError(`Key ${id} is the current one for "${purpose}": promote another first`)
  const rest = all.filter((key) => key.id !== id)
  if (rest.length === all.length) throw new RangeError(`The key ring has no key ${id} for "${purpose}"`)
  return withKeys(ring, purpose, { current, all: rest })
}

function withKeys(ring: KeyRing, purpose: string, keys: PurposeKeys): KeyRing {
  return new Map(ring).set(purpose, keys)
}
