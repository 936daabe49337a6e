import type { TObject } from 'typebox'
import { type AnyDataset, type Dataset, dataset } from '#platform/registry'

/**
 * A table of facts that one department hands over. `file` is the name under which the demonstration's departments do
 * (`tools/city`); a real city maps its own files on the same table.
 */
export interface Table {
  readonly dataset: AnyDataset
  readonly file: string
}

type Own<S extends TObject> = Omit<Dataset<S>, 'level' | 'sharing' | 'opening' | 'retention'> & Partial<Dataset<S>>

/** What says something of people: shared for a purpose, never open. */
export const ofPeople = <S extends TObject>(file: string, own: Own<S>) => ({
  file,
  dataset: dataset({ level: 'sensitive', sharing: 'conditional', opening: 'closed', retention: 'permanent', ...own }),
})

/** What says something of firms: shared between departments; open where the law has it published. */
export const ofFirms = <S extends TObject>(file: string, own: Own<S>) => ({
  file,
  dataset: dataset({
    level: 'internal',
    sharing: 'unconditional',
    opening: 'closed',
    retention: 'permanent',
    ...own,
  }),
})
