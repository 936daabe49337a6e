import type { Resealer } from '#platform/crypto'
import type { LoadParts } from '../loading/run-load.ts'
import { storageOf } from '../storage.ts'
import { correctionStore, countOld, fieldStores, resealSome, type SealedStore } from './sealed-store.ts'

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
  return {
    id: 'registry.rows',
    purpose: 'registry.field',
    remaining: async (work, current) => {
      let left = 0
      for (const store of stores()) left += await countOld(work.tx, store, current)
      return left
    },
    reseal: async (work, current, limit) => {
      for (const store of stores()) {
        const done = await resealSome(work.tx, store, keys().field, current, limit)
        if (done > 0) return done
      }
      return 0
    },
  }
}
