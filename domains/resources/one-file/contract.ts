import { type Db, service, type Work } from '#runtime'

export { ENTITIES_CHANGED } from './topics.ts'

/** A person or firm as the city knows them. */
export interface KnownEntity {
  readonly id: string
  readonly kind: 'person' | 'firm'
}

/** Who stands behind a firm. */
export interface ActualController {
  readonly entity: KnownEntity
  /** Percent of the firm over all chains of shares; above what the rule `one-file.control` names. */
  readonly percent: number
  /** Above what that rule calls control. */
  readonly isControl: boolean
}

/**
 * Whom rows are about. Numbers of entities stay the same through later runs; one that was merged into another leads there
 * by `current`. Rights are the caller's affair: nothing here shows a value of anybody.
 */
export interface OneFile {
  /** Whom the parts of rows are about, by row number; a part is the place of a person or firm in the row's reading, 0 first. */
  entitiesOf(db: Db, dataset: string, rows: readonly number[], part?: number): Promise<ReadonlyMap<number, KnownEntity>>
  /** Rows about an entity. */
  rowsOf(
    db: Db,
    entity: string,
  ): Promise<readonly { readonly dataset: string; readonly row: number; readonly part: number }[]>
  /** The entity that a merged one became; itself if it was not merged. */
  current(db: Db, entity: string): Promise<string>
  /** The firm with a unified social credit code. */
  firmByCode(db: Db, code: string): Promise<string | undefined>
  /** Owners that the rule `one-file.control` names over all chains of shares, largest first; circles of firms end where they close. */
  actualControllers(work: Work, firm: string): Promise<readonly ActualController[]>
}
export const oneFile = service<OneFile>('one-file')

/** Path of the page of an entity in the portal. */
export const pageOf = ({ id, kind }: KnownEntity): string => `/one-file/${kind === 'person' ? 'people' : 'firms'}/${id}`
