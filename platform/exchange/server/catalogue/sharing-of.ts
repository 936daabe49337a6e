import type { AnyDataset, FieldMeta } from '#platform/registry'
import type { Sharing } from '../../contract.ts'

/**
 * Sharing class of a field: its own, or that of its dataset. What says something of a person is never shared without
 * somebody's decision, and nothing of a closed dataset is shared.
 */
export function sharingOf(dataset: AnyDataset, { sharing, personal }: FieldMeta): Sharing {
  if (dataset.sharing === 'none') return 'none'
  if (sharing === 'none') return 'none'
  if (personal) return 'conditional'
  return sharing ?? dataset.sharing
}
