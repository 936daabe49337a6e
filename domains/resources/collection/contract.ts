import { type Db, service, type Work } from '#runtime'

/** What is said to be wrong with a row. */
export interface RowObjection {
  readonly dataset: string
  readonly row: number
  /** Title of what it is about. */
  readonly field?: string
  readonly claim: string
  /** Whether the actor is the person or firm that the row is about. */
  readonly asSubject: boolean
}

/** Objections to rows that other modules show. */
export interface Objections {
  /**
   * Opens the matter `collection.objection` and marks the row until it ends. That the actor sees the row, or is its
   * subject, is for the caller to have made sure.
   * @returns the matter @throws NotFound, Conflict `objection-open` for one's own objection to the same row
   */
  open(work: Work, objection: RowObjection): Promise<string>
}
export const objections = service<Objections>('collection.objections')

/** A field of a table of one of the city's systems, as its unit declared it. */
export interface DeclaredField {
  readonly system: string
  readonly systemName: string
  readonly table: string
  readonly name: string
  readonly title: string | null
  /** Organisation whose system it is. */
  readonly owner: string
  /** The unit says which element it is; otherwise it only bears its title. */
  readonly isSaid: boolean
}

/** Elements, and all names under which their values may stand. */
export interface ElementsAs {
  readonly elements: readonly string[]
  readonly titles: readonly string[]
}

/**
 * What units declare of their systems; nothing of a system that has ended. A field is of an element if its unit says so,
 * and otherwise if it bears one of the titles.
 */
export interface Inventory {
  /** Fields of the elements, to be shown: the first 500 in the order of their owners. */
  fieldsLike(db: Db, of: ElementsAs): Promise<readonly DeclaredField[]>
  /** Every organisation with a field of the elements, once, and how many fields it has. */
  ownersLike(db: Db, of: ElementsAs): Promise<readonly { readonly owner: string; readonly fields: number }[]>
}
export const inventory = service<Inventory>('collection.inventory')
