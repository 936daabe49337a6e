import type { Actor } from '#runtime'
import type { Row } from '../../contract.ts'
import type { FieldKeys } from '../sealer.ts'
import type { Storage } from '../storage.ts'
import { masked } from './mask.ts'
import type { StoredRow } from './read-page.ts'
import { rowsOf } from './registry-service.ts'

type Values = Record<string, unknown>

/** Rows as a person sees them: personal values masked, unless asked for by somebody with the right. */
export function viewRows(
  storage: Storage,
  keys: () => FieldKeys,
  actor: Actor,
  rows: readonly StoredRow[],
  unmask: boolean,
  wanted?: ReadonlySet<string>,
): Row<Values>[] {
  const views = rowsOf<Values>(storage, { keys }, rows, wanted)
  if (unmask && actor.rights.has('registry.unmask')) return views
  for (const { value } of views)
    for (const { name, meta } of storage.fields)
      if (name in value && (meta.personal || meta.mask)) value[name] = masked(value[name], meta.mask ?? 'all')
  return views
}
