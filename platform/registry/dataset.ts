import type { TObject } from 'typebox'
import type { Words } from '#runtime'

/**
 * A typed record kind [数据集]. One schema gives the TypeScript type, request validation, API document, form, import
 * mapping, catalogue entry and table; the test run compares declaration and table.
 */
export interface Dataset<S extends TObject = TObject> {
  /** `<module>.<noun>`, e.g. `air.station`. */
  readonly id: string
  readonly title: Words
  readonly about: Words
  /** The one organisation that answers for it [一数一源]. */
  readonly source: string
  /** `Type.Object` of fields made by `field`. */
  readonly schema: S
  /** Fields that identify a row; the table's primary or unique key. */
  readonly key: readonly (keyof S['properties'] & string)[]
  /** Classification [GB/T 43697]: general data in three steps, then important and core. */
  readonly level: 'public' | 'internal' | 'sensitive' | 'important' | 'core'
  /** Sharing between government bodies [无条件共享, 有条件共享, 不予共享]. */
  readonly sharing: 'unconditional' | 'conditional' | 'none'
  /** Opening to the public. */
  readonly opening: 'open' | 'conditional' | 'closed'
  readonly retention: { readonly years: number } | 'permanent'
  /** Which field decides who may see a row: compared with the reach of the reader's right. */
  readonly scope?: { readonly division?: string; readonly organisation?: string; readonly account?: string }
  /** Checks beyond the schema, each of one quality dimension of GB/T 36344. */
  readonly quality?: readonly QualityRule[]
  /** What the list page shows first. */
  readonly list?: {
    readonly columns: readonly string[]
    readonly sort?: readonly string[]
    readonly search?: readonly string[]
  }
  /** Right to read rows; `registry.read` unless said. Its reach is compared with `scope`. */
  readonly readRight?: string
  /**
   * Right to write, import, collect and delete rows at the desk of data. Without one the rows come through the module
   * alone, with the steps that it asks for, and the desk refuses them.
   */
  readonly writeRight?: string
  /** Where the rows are: a table of the module's own schema (`air.station`), or the series store. */
  readonly storage?: { readonly table: string } | { readonly series: string }
}

export interface QualityRule {
  readonly id: string
  readonly title: Words
  /** [GB/T 36344] normative, complete, accurate, consistent, timely, accessible. */
  readonly dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible'
  /** SQL condition over the row's columns that holds for good rows, e.g. `opened_on <= closed_on`. */
  readonly holds: string
}

/** Types a dataset from its schema. */
export const dataset = <S extends TObject>(declaration: Dataset<S>): Dataset<S> => declaration

/** A dataset whose shape does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes of datasets are unlike
export type AnyDataset = Dataset<any>

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly datasets?: readonly AnyDataset[]
    readonly codeLists?: readonly CodeList[]
  }
}

/** A versioned list of codes, e.g. GB/T 2261.1. */
export interface CodeList {
  readonly id: string
  readonly title: Words
  /** Standard and edition, e.g. `GB/T 2261.1-2003`. */
  readonly source: string
  readonly codes: Readonly<Record<string, Words>>
}
