import type { TSchema } from 'typebox'
import type { Words } from '../../../runtime/words.ts'
import type { FieldKind } from '../../fields.ts'
import type { Storage } from '../storage.ts'

/**
 * How one column of text becomes one column of a table: plain data, so that it can be sent to a worker. A point field
 * has two slots (`site.lng`, `site.lat`), every other field one.
 */
export interface Slot {
  /** `phone`, `site.lng` */
  readonly id: string
  readonly field: string
  readonly title: Words
  readonly aliases: readonly string[]
  readonly kind: FieldKind
  /** Column in the table; its blind index is `<column>_index`. */
  readonly column: string
  readonly required: boolean
  readonly sealed: boolean
  /** What sealed bytes and blind index are bound to. */
  readonly context: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  /** Code → itself and name → code. */
  readonly codes?: Readonly<Record<string, string>>
}

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly anyOf?: readonly { readonly const: string; readonly words: Words }[]
}

/** @param codesOf the names of a code list by code */
export function slotsOf(storage: Storage, codesOf: (list: string) => Readonly<Record<string, Words>>): Slot[] {
  return storage.fields.flatMap((field) => {
    const { meta, required, name } = field
    const base = { field: name, title: meta.title, aliases: meta.aliases ?? [], required, sealed: meta.sealed ?? false }
    const context = `${storage.dataset.id}.${name}`
    if (meta.kind === 'point')
      return [
        degree('lng', words(meta.title, '经度', 'longitude'), 180),
        degree('lat', words(meta.title, '纬度', 'latitude'), 90),
      ]
    const bounds = field.schema as TSchema & Bounds
    const column = field.columns[0]?.name ?? name
    const codes = choices(bounds, meta.codes, codesOf)
    return [
      {
        ...base,
        id: name,
        kind: meta.kind,
        column,
        context,
        ...given('min', bounds.minimum ?? bounds.minLength),
        ...given('max', bounds.maximum ?? bounds.maxLength),
        ...given('pattern', bounds.pattern),
        ...given('codes', codes),
      },
    ]

    function degree(part: 'lng' | 'lat', title: Words, max: number): Slot {
      const own = field.columns[part === 'lng' ? 0 : 1]?.name ?? name
      return {
        ...base,
        id: `${name}.${part}`,
        title,
        kind: 'decimal',
        column: own,
        context,
        min: -max,
        max,
        sealed: false,
      }
    }
  })
}

const words = (title: Words, zh: string, en: string): Words => ({ zh: `${title.zh}${zh}`, en: `${title.en} ${en}` })

const given = <K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]: V })

function choices(
  bounds: Bounds,
  list: string | undefined,
  codesOf: (list: string) => Readonly<Record<string, Words>>,
): Record<string, string> | undefined {
  const pairs =
    bounds.anyOf?.map((each) => [each.const, each.words] as const) ?? (list ? Object.entries(codesOf(list)) : [])
  if (pairs.length === 0) return undefined
  const byText: Record<string, string> = {}
  for (const [code, title] of pairs) {
    byText[title.en] ??= code
    byText[title.zh] = code
  }
  for (const [code] of pairs) byText[code] = code
  return byText
}
