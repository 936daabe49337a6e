import { sql } from 'kysely'
import { type Actor, type App, Defect, NotFound, type Work } from '#runtime'
import type { Keys, Resealer, RotationProgress } from '../keys.ts'
import type { KeyPurpose } from '../purpose.ts'
import { KEYS_CHANGED } from './key-reports.ts'
import type { KeyRing, PurposeKeys } from './key-ring.ts'
import { startRotation } from './rotation.ts'
import { type Sm2KeyPair, sm2KeyPairOf } from './sm2.ts'
import { changeMasterKey, finishMasterKey, loadRing } from './stored-keys.ts'

/** The ring of this process, loaded again when a key is added, promoted or retired anywhere. */
export class KeyStore implements Keys {
  readonly purposes: ReadonlyMap<string, KeyPurpose>
  readonly resealers: Resealer[] = []
  readonly #app: App
  readonly #pairs = new Map<number, Sm2KeyPair>()
  #ring: KeyRing = new Map()

  constructor(app: App, purposes: readonly KeyPurpose[]) {
    this.#app = app
    this.purposes = new Map(purposes.map((purpose) => [purpose.id, purpose]))
  }

  of(purpose: string): PurposeKeys {
    const keys = this.#ring.get(purpose)
    if (!keys) throw new Defect(`No module declares keys for "${purpose}".`)
    return keys
  }

  signer(purpose: string, id?: number): { id: number; pair: Sm2KeyPair } {
    const { current, all } = this.of(purpose)
    const key = id === undefined ? current : all.find((one) => one.id === id)
    if (!key) throw new NotFound()
    const pair = this.#pairs.get(key.id) ?? sm2KeyPairOf(Buffer.from(key.secret).toString('hex'))
    this.#pairs.set(key.id, pair)
    return { id: key.id, pair }
  }

  async reload(): Promise<void> {
    this.#ring = await loadRing(this.#app.db, this.#app.config.masterKeyFile)
  }

  reseals(resealer: Resealer): void {
    this.resealers.push(resealer)
  }

  rotate(work: Work, purpose: string): Promise<number> {
    return startRotation(work, this.of(purpose) && purpose)
  }

  async changeMaster(actor: Actor): Promise<number> {
    const file = this.#app.config.masterKeyFile
    const rewrapped = await this.#app.work(actor, async (work) => {
      const count = await changeMasterKey(work.tx, file)
      work.audit({ event: 'crypto.master.changed', details: { keys: count } })
      work.emit({ topic: KEYS_CHANGED, key: 'master' })
      return count
    })
    await finishMasterKey(this.#app.db, file)
    return rewrapped
  }

  async progress(rotation: number): Promise<RotationProgress> {
    const { rows } = await sql<RotationProgress>`select step, resealed, remaining from crypto.rotation
      where id = ${rotation}`.execute(this.#app.db)
    const [found] = rows
    if (!found) throw new NotFound()
    return found
  }

  /** Purpose → ids loaded and the one that seals, for the other processes to see. */
  summary(): Record<string, { current: number; all: number[] }> {
    return Object.fromEntries(
      [...this.#ring].map(([purpose, { current, all }]) => [
        purpose,
        { current: current.id, all: all.map(({ id }) => id) },
      ]),
    )
  }
}
