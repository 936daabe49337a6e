import type { Actor, Work } from '#runtime'
// Not from '#runtime': workers that seal load this file, and the whole runtime would cost them a second.
import { service } from '../runtime/services.ts'
import type { DataKey } from './server/data-key.ts'
import type { PurposeKeys } from './server/key-ring.ts'
import type { Sm2KeyPair } from './server/sm2.ts'

/** The key store: keys of every declared purpose, made at the first start, kept under the master key. */
export interface Keys {
  /**
   * The keys of a purpose now. Ask at each use and do not keep the answer: keys rotate while the program runs.
   * @throws Defect for a purpose that no module declares
   */
  of(purpose: string): PurposeKeys
  /** The signing pair of a purpose of use `sign`: the current one, or an older one by id. @throws NotFound */
  signer(purpose: string, id?: number): { readonly id: number; readonly pair: Sm2KeyPair }
  /** Loads the ring again now; for a value whose key id is not known yet. */
  reload(): Promise<void>
  /** Says how values of a purpose are sealed again during a rotation; every store of sealed fields registers itself. */
  reseals(resealer: Resealer): void
  /**
   * Starts a rotation in the caller's transaction, which leaves audit event `crypto.rotation.started`; it goes on in
   * the background. @returns its id. @throws Conflict if one is under way
   */
  rotate(work: Work, purpose: string): Promise<number>
  /**
   * Puts a new master key over all keys and takes the old one out of its file. Other processes go on: they read the
   * file again. Cut short, it is taken up by the next call. @returns the number of keys now under the new one
   */
  changeMaster(actor: Actor): Promise<number>
  /** How far a rotation is; `remaining` rows are still under older keys, null before that is known. @throws NotFound */
  progress(rotation: number): Promise<RotationProgress>
}
export const keys = service<Keys>('crypto.keys')

export interface RotationProgress {
  readonly step: 'add' | 'promote' | 'reseal' | 'retire' | 'done'
  readonly resealed: number
  readonly remaining: number | null
}

/** Seals one store of fields again under the current key. */
export interface Resealer {
  /** e.g. `registry.population.resident`. */
  readonly id: string
  readonly purpose: string
  /** Rows that hold a value under another key than this one. */
  remaining(work: Work, current: DataKey): Promise<number>
  /** Seals at most `limit` such rows again; says how many it did, 0 when none is left. */
  reseal(work: Work, current: DataKey, limit: number): Promise<number>
}
