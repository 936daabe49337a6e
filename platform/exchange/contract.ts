import type { AnyDataset, Where } from '#platform/registry'
import type { Db, LocalDate, Words } from '#runtime'
// Not from '#runtime': who proves a receipt loads this file, and the whole runtime would cost him seconds.
import { service } from '../runtime/services.ts'

export { type ReceiptFault, type ReceiptFile, verifyReceipt } from './server/receipts/receipt-file.ts'

/** Sharing class of a dataset or field [无条件共享, 有条件共享, 不予共享]. */
export type Sharing = 'unconditional' | 'conditional' | 'none'

/** A field as the catalogue shows it. */
export interface CatalogueField {
  readonly name: string
  readonly title: Words
  readonly kind: string
  readonly element: string | null
  readonly unit: string | null
  readonly personal: boolean
  readonly sharing: Sharing
}

/** What the catalogue knows of a dataset; never a row of it. */
export interface CatalogueEntry {
  readonly id: string
  readonly title: Words
  readonly about: Words
  /** Organisation that answers for it, and its name. */
  readonly owner: string
  readonly ownerName: Words
  readonly level: AnyDataset['level']
  readonly sharing: Sharing
  readonly opening: AnyDataset['opening']
  readonly personal: boolean
  /** Rows can be asked for; false for series, whose values are not rows. */
  readonly hasRows: boolean
  /** When rows were last written; null while that is not known. */
  readonly changedAt: Date | null
  readonly fields: readonly CatalogueField[]
}

export interface CatalogueQuestion {
  /** Words in Chinese or English; everything if empty. */
  readonly text?: string
  readonly owner?: string
  readonly sharing?: Sharing
  readonly level?: AnyDataset['level']
  /** How many to pass over; 0 unless said. */
  readonly after?: number
  /** 20 unless said, at most 100. */
  readonly limit?: number
}

export interface CatalogueAnswer {
  readonly entries: readonly CatalogueEntry[]
  /** How many there are in all. */
  readonly found: number
  /** Of all that were found, how many of each, before the filter of that kind. */
  readonly owners: readonly { readonly id: string; readonly name: Words; readonly count: number }[]
}

/** Every dataset of the city, to be found by words. */
export interface Catalogue {
  /** Best first; without words in the order of their titles. */
  search(question: CatalogueQuestion): Promise<CatalogueAnswer>
  find(id: string): Promise<CatalogueEntry | undefined>
}
export const catalogue = service<Catalogue>('exchange.catalogue')

export type Way = 'query' | 'file' | 'subscription' | 'compare' | 'compute'

/** What a consumer may have, until when and how. */
export interface Grant {
  readonly id: string
  /** The matter `exchange.request` whose decision it is. */
  readonly request: string
  /** Organisation that may, with those below it. */
  readonly consumer: string
  readonly dataset: string
  readonly fields: readonly string[]
  /** Fields whose personal values are shown whole; others are masked. */
  readonly whole: readonly string[]
  /** Only rows for which all of these hold. */
  readonly rows: Where
  readonly purpose: string
  readonly basis: string
  readonly ways: readonly Way[]
  /** Calls a day of Beijing time. */
  readonly quota: number
  readonly madeAt: Date
  /** Last day, `2026-12-31`. */
  readonly until: string
  readonly state: 'active' | 'expired' | 'withdrawn'
  /** A county's share of the city's data [回流]: rows of its own division, by construction. */
  readonly returnFlow: boolean
}

/** Grants as this process knows them; a change is known here within a second. */
export interface Grants {
  find(id: string): Grant | undefined
  /** Those in force. */
  ofDataset(dataset: string): readonly Grant[]
  /** Those in force. */
  ofConsumer(organisation: string): readonly Grant[]
  /** Day of the last call under any grant of each dataset. */
  lastCalls(db: Db): Promise<ReadonlyMap<string, LocalDate>>
}
export const grants = service<Grants>('exchange.grants')

/** A call that handed out rows, or compared with them. */
export interface Disclosure {
  /** Of the receipt. */
  readonly id: string
  readonly at: string
  readonly dataset: string
  /** Organisation for which the call was made. */
  readonly consumer: string | null
  readonly way: Way
  /** Of the grant. */
  readonly purpose: string | null
  /** Names of the fields that were handed out. */
  readonly fields: readonly string[]
}

/** To whom rows went through the exchange: by calls, with changes, and in batch files. */
export interface Disclosures {
  /** Newest first; `before` is `<at>~<id>` of the last one seen. The right to ask is the caller's affair. */
  about(
    db: Db,
    rows: readonly { readonly dataset: string; readonly row: number }[],
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly Disclosure[]>
}
export const disclosures = service<Disclosures>('exchange.disclosures')
