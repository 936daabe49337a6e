import type { TSchema } from 'typebox'
import { type CodeList, codeLists, fieldMeta } from '#platform/registry'
import { rules } from '#platform/rules'
import { type App, type Words, words } from '#runtime'
import type { FileField, FileValue } from '../../types.ts'
import { plainFirmName } from '../matching/firms/records.ts'
import { plainName } from '../matching/people/name.ts'
import type { FileRow } from './load-rows.ts'
import { fieldText, findStrikeOff, type StrikeOff } from './strike-off.ts'

interface Wanted {
  readonly field: string
  readonly title: Words
  /** Name of the field in the rule of survivorship. */
  readonly rule: string
}

/** The values of each field that any row tells, the one that counts first. */
export function chooseValues(app: App, rows: readonly FileRow[], wanted: readonly Wanted[], at: Date): FileField[] {
  const lists = new Map(
    app
      .use(codeLists)
      .all()
      .map(({ id, codes }) => [id, codes]),
  )
  return wanted.flatMap(({ field, title, rule }) => {
    const values = rows.flatMap((row) => valueIn(app, row, field, lists, at) ?? [])
    if (values.length === 0) return []
    const facts = { field: rule, candidates: values.map(({ dataset, since }) => ({ dataset, since })) }
    const { result } = app.use(rules).evaluate('one-file.survivorship', facts, { at, locality: '3709' })
    const { chosen } = result as { chosen: number }
    const [best] = values.slice(chosen, chosen + 1)
    if (!best) return []
    const isDisputed = values.some(({ value }) => compared(field, value) !== compared(field, best.value))
    return [{ field, title, values: [best, ...values.filter((_, place) => place !== chosen)], isDisputed }]
  })
}

type Lists = ReadonlyMap<string, CodeList['codes']>

function valueIn(
  app: App,
  { dataset, part, number, row, from }: FileRow,
  field: string,
  lists: Lists,
  at: Date,
): FileValue | undefined {
  const named = (part.fields as Readonly<Partial<Record<string, string>>>)[field]
  const text = fieldText(app, at, part, row.value, field)
  if (text === undefined) return undefined
  const signs = field === 'number' && part.kind === 'person' ? part.numberSigns : undefined
  return {
    value: signs === undefined ? text : text.slice(0, signs),
    words:
      field === 'struckOff'
        ? withReason(findStrikeOff(app, at, part, row.value))
        : meaningOf(dataset.schema.properties[named ?? ''], text, lists),
    dataset: dataset.id,
    datasetTitle: dataset.title,
    source: dataset.source,
    row: row.id,
    part: number,
    since: row.since.toISOString(),
    lineage: row.lineage ?? null,
    from: from ?? null,
  }
}

/** What a code stands for, by its list or by the choices of its field; null for what is no code. */
function meaningOf(schema: TSchema | undefined, text: string, lists: Lists): Words | null {
  const list = schema && fieldMeta(schema)?.codes
  if (list !== undefined) return lists.get(list)?.[text] ?? null
  const { anyOf = [] } = (schema ?? {}) as { readonly anyOf?: readonly { const: unknown; words?: Words }[] }
  return anyOf.find((choice) => choice.const === text)?.words ?? null
}

const withReason = (end: StrikeOff | undefined): Words | null =>
  end ? words(`${end.on}，${end.reason.zh}`, `${end.on}, ${end.reason.en}`) : null

/** Spellings that differ only in signs are no dispute. */
function compared(field: string, value: string): string {
  if (field === 'name' || field === 'formerName') return plainFirmName(plainName(value))
  if (field === 'address') return value.replace(/^山东省|泰安市/g, '')
  return value
}
