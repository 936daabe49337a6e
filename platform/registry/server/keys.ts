import { keys } from '#platform/crypto'
import type { App } from '#runtime'
import type { FieldKeys } from './sealer.ts'

/**
 * The keys of sealed fields now. Blind indexes decide whether two rows are the same one, so they keep their first key:
 * under another the same person would be stored twice.
 */
export function fieldKeys(app: App): FieldKeys {
  const store = app.use(keys)
  const index = store.of('registry.index')
  const [first = index.current] = index.all
  return { field: store.of('registry.field'), index: { current: first, all: [first] } }
}
