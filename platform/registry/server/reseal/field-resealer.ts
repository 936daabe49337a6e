import type { DataKey, Resealer } from '#platform/crypto'
import type { LoadParts } from '../loading/run-load.ts'
import { storageOf } from '../storage.ts'
import { correctionStore, countOld, fieldStores, resealSome, type SealedStore, START } from './sealed-store.ts'

/**
 * Seals everything that the registry keeps under `registry.field` again: rows, their history, cells of corrections.
 * Versions and blind indexes stay as they are, because the values do.
 */
export function fieldResealer({ keys, catalogue }: Pick<LoadParts, 'keys' | 'catalogue'>): Resealer {
  const stores = (): SealedStore[] => [
    ...catalogue.all().flatMap(({ dataset }) => {
      const storage = storageOf(dataset)
      return storage?.fields.filter(({ meta }) => meta.sealed).flatMap((field) => fieldStores(storage, field)) ?? []
    }),
    correctionStore,
  ]
  const places = new Places()
  return {
    id: 'registry.rows',
    purpose: 'registry.field',
    remaining: async (work, current) => {
      let left = 0
      for (const store of stores())
        left += await places.from(store, current, (at) => countOld(work.tx, store, current, at))
      return left
    },
    reseal: async (work, current, limit) => {
      for (const store of stores()) {
        const done = await places.from(store, current, async (at) => {
          const some = await resealSome(work.tx, store, keys().field, current, limit, at)
          places.set(store, current, some.place)
          return some.done
        })
        if (done > 0) return done
      }
      return 0
    },
  }
}

/** How far each store has been read under each key; only a saving, so it may be forgotten. */
class Places {
  readonly #places = new Map<string, string>()

  set(store: SealedStore, { id }: DataKey, place: string): void {
    this.#places.set(`${id} ${store.id}`, place)
  }

  /** Asks from the place reached, and where nothing is left behind it, once more from the start: rows may have moved there. */
  async from(store: SealedStore, key: DataKey, ask: (place: string) => Promise<number>): Promise<number> {
    const place = this.#places.get(`${key.id} ${store.id}`) ?? START
    const found = await ask(place)
    return found > 0 || place === START ? found : ask(START)
  }
}
