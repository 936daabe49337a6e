import { checkForm } from '#platform/forms'
import { headlineOf } from '../headline.ts'
import type { Draft } from './draft.ts'

/** Gives the instance its data and what is derived from it. @throws InvalidInput */
export function setData(draft: Draft, data: Readonly<Record<string, unknown>>): void {
  const { row, definition } = draft
  checkForm(definition.data, data, '/data')
  const headline = headlineOf(definition, data)
  row.data = data
  row.headline_zh = headline.zh
  row.headline_en = headline.en
  row.division = definition.division === undefined ? null : String(data[definition.division] ?? '') || null
}
