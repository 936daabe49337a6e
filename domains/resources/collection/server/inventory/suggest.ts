import { codeLists, registry, suggestFields } from '#platform/registry'
import type { App, Words, Work } from '#runtime'
import { systemFields } from '../../declarations/datasets.ts'
import { getDataset } from '../known-datasets.ts'

const MOST = 1000

interface SuggestedColumn {
  readonly name: string
  readonly field: string | null
  readonly reasons: readonly Words[]
}

/**
 * For each column of a declared table the field of a dataset that it may be meant for, as the import wizard would suggest
 * it; no field twice. Only a person's saving makes it so.
 */
export async function suggestColumns(
  app: App,
  work: Work,
  { system, table, dataset: id }: { readonly system: string; readonly table: string; readonly dataset: string },
): Promise<readonly SuggestedColumn[]> {
  const { rows } = await app.use(registry).list(work, systemFields, {
    where: { system: { is: system }, table: { is: table } },
    limit: MOST,
  })
  const lists = app.use(codeLists)
  const codesOf = (list: string) => lists.all().find((each) => each.id === list)?.codes ?? {}
  const columns = rows.flatMap(({ value: { name, title } }) => [
    { title: name, values: [] },
    { title: title ?? name, values: [] },
  ])
  const found = suggestFields(columns, getDataset(app, id), codesOf)
  const best = rows
    .map(({ value: { name } }, at) => {
      const both = [...(found[2 * at] ?? []), ...(found[2 * at + 1] ?? [])]
      return { name, suggestion: both.toSorted((a, b) => b.score - a.score)[0] }
    })
    .toSorted((a, b) => (b.suggestion?.score ?? 0) - (a.suggestion?.score ?? 0))
  const taken = new Set<string>()
  return best.map(({ name, suggestion }) => {
    if (!suggestion || taken.has(suggestion.slot)) return { name, field: null, reasons: [] }
    taken.add(suggestion.slot)
    return { name, field: suggestion.slot, reasons: suggestion.reasons }
  })
}
