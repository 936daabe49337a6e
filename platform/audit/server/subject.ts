import { blindIndexes, type PurposeKeys } from '#platform/crypto'
import { isPersonalNumber, storable } from './details.ts'

const LONGEST = 300

/** How a subject's key is stored: as it is, but an identity or phone number only as its blind index. */
export function subjectId(keys: PurposeKeys, id: string): string {
  return subjectIds(keys, id)[0] ?? id
}

/** Every form under which a subject may stand in the log, the current one first; to search with. */
export function subjectIds(keys: PurposeKeys, id: string): string[] {
  if (!isPersonalNumber(id)) return [storable(id).slice(0, LONGEST)]
  return blindIndexes(keys, 'audit.subject', id).map((index) => `#${index.toString('hex')}`)
}
