/** A part of a source row: what a record is. */
export interface Ref {
  readonly dataset: string
  readonly row: number
  readonly part: number
}

export const refText = ({ dataset, row, part }: Ref): string => `${dataset}/${row}/${part}`

/** @returns undefined for text that is no reference */
export function findRef(text: string): Ref | undefined {
  const [, dataset, row, part] = /^([a-z0-9.-]+)\/(\d{1,15})\/(\d)$/.exec(text) ?? []
  return dataset && row && part ? { dataset, row: Number(row), part: Number(part) } : undefined
}
