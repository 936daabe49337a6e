import type { Found } from './found-tables.ts'

export interface DeclaredField {
  readonly name: string
  readonly type: string | null
}

export interface DeclaredTable {
  readonly name: string
  readonly title: string
  readonly dataset: string | null
  readonly reason: string | null
  readonly fields: readonly DeclaredField[]
}

/** A table of a system: as it is declared beside as it was found. */
export interface ScannedTable {
  /** As declared; as found if it is not. */
  readonly name: string
  readonly title: string | null
  /** `undeclared`: found only; `gone`: declared only; `differs`: in columns, or in the dataset that collects it. */
  readonly state: 'same' | 'undeclared' | 'differs' | 'gone'
  readonly rows: number | null
  readonly added: readonly string[]
  readonly dropped: readonly string[]
  readonly retyped: readonly { readonly name: string; readonly declared: string; readonly found: string }[]
  /** The dataset into which a feed has brought its rows: proof of the link. */
  readonly provenBy: string | null
  readonly found: Found | null
}

/** Compares what is declared of a system with what was found. @param listsAll whether its sources show all its tables */
export function compare(
  declared: readonly DeclaredTable[],
  found: readonly Found[],
  listsAll: boolean,
): readonly ScannedTable[] {
  const match = matcher(found)
  const pairs = declared.map((table) => ({ table, found: match(table.name) }))
  const matched = new Set(pairs.map((pair) => pair.found))
  return [
    ...pairs.flatMap((pair) => compared(pair.table, pair.found, listsAll)),
    ...found.filter((one) => !one.isGone && !matched.has(one)).map(undeclared),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Finds by whole name, or by the name without its schema where only one has it. */
function matcher(found: readonly Found[]): (name: string) => Found | undefined {
  const whole = Map.groupBy(found, ({ name }) => keyOf(name))
  const last = Map.groupBy(found, ({ name }) => lastPart(keyOf(name)))
  return (name) => {
    const key = keyOf(name)
    const bare = last.get(key) ?? []
    return whole.get(key)?.[0] ?? (bare.length === 1 ? bare[0] : undefined)
  }
}

/** Case does not count, nor does a dash for an underscore: files and tables are named by different people. */
const keyOf = (name: string): string => name.toLowerCase().replaceAll('-', '_')
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

const NOTHING = { added: [], dropped: [], retyped: [], provenBy: null }

function compared(table: DeclaredTable, found: Found | undefined, listsAll: boolean): readonly ScannedTable[] {
  const { name, title } = table
  if (!found || found.isGone) {
    // What the law keeps may be hidden from us, and a folder shows only what is handed over.
    if (!found && (!listsAll || table.reason === 'law')) return []
    return [{ ...NOTHING, name, title, state: 'gone', rows: null, found: null }]
  }
  const columns = columnsOf(table, found)
  const provenBy = provenDataset(found)
  const isOther = provenBy !== null && provenBy !== table.dataset
  const differs = isOther || columns.added.length + columns.dropped.length + columns.retyped.length > 0
  return [{ ...columns, name, title, state: differs ? 'differs' : 'same', rows: found.rows, provenBy, found }]
}

const undeclared = (found: Found): ScannedTable => ({
  ...NOTHING,
  name: found.name,
  title: null,
  state: 'undeclared',
  rows: found.rows,
  added: found.columns.map(({ name }) => name),
  provenBy: provenDataset(found),
  found,
})

/** A feed proves the link once it has brought rows; its definition alone does not. */
const provenDataset = ({ feeds }: Found): string | null =>
  feeds.find(({ lastGoodAt }) => lastGoodAt !== null)?.dataset ?? null

function columnsOf(table: DeclaredTable, found: Found): Pick<ScannedTable, 'added' | 'dropped' | 'retyped'> {
  if (found.columns.length === 0) return { added: [], dropped: [], retyped: [] }
  const declared = new Map(table.fields.map((each) => [each.name.toLowerCase(), each]))
  const there = new Set(found.columns.map(({ name }) => name.toLowerCase()))
  return {
    added: found.columns.flatMap(({ name }) => (declared.has(name.toLowerCase()) ? [] : [name])),
    dropped: table.fields.flatMap(({ name }) => (there.has(name.toLowerCase()) ? [] : [name])),
    retyped: found.hasTypes
      ? found.columns.flatMap(({ name, type }) => {
          const before = declared.get(name.toLowerCase())?.type
          return before && type && differ(before, type) ? [{ name, declared: before, found: type }] : []
        })
      : [],
  }
}

/** Types are written in many ways; what counts is their family. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/timestamp|datetime|instant|时间/, 'instant'],
  [/date|日期/, 'date'],
  [/bool|布尔/, 'truth'],
  [/int|serial|num|dec|real|double|float|money|整|小数|数值/, 'number'],
  [/char|text|string|clob|字符|文本/, 'text'],
]

const familyOf = (type: string): string => {
  const bare = type
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .trim()
  return FAMILIES.find(([like]) => like.test(bare))?.[1] ?? bare
}

const differ = (a: string, b: string): boolean => familyOf(a) !== familyOf(b)
