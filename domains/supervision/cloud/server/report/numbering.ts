import { SaxesParser } from 'saxes'

interface Level {
  readonly format: string
  readonly text: string
  readonly start: number
}

/** Levels of each list by its number id. */
export type Numbering = ReadonlyMap<string, ReadonlyMap<number, Level>>

/** Reads `numbering.xml`: which list counts how. */
export function readNumbering(xml: string | undefined): Numbering {
  const kinds = new Map<string, Map<number, { format: string; text: string; start: number }>>()
  const lists = new Map<string, string>()
  if (xml === undefined) return new Map()
  let kind = ''
  let level = 0
  let list = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const value = String(attributes['w:val'] ?? '')
    if (name === 'w:abstractNum') kind = String(attributes['w:abstractNumId'] ?? '')
    if (name === 'w:num') list = String(attributes['w:numId'] ?? '')
    if (name === 'w:abstractNumId') lists.set(list, value)
    if (name === 'w:lvl') {
      level = Number(attributes['w:ilvl'] ?? 0)
      const levels = kinds.get(kind) ?? new Map()
      levels.set(level, { format: 'decimal', text: '', start: 1 })
      kinds.set(kind, levels)
    }
    const at = kinds.get(kind)?.get(level)
    if (!at) return
    if (name === 'w:numFmt') at.format = value
    if (name === 'w:lvlText') at.text = value
    if (name === 'w:start') at.start = Number(value)
  })
  parser.write(xml).close()
  return new Map([...lists].map(([id, of]) => [id, kinds.get(of) ?? new Map()]))
}

/** The number that Word would draw before the next paragraph of a list, e.g. `（二）`; counts it. */
export function numberFor(numbering: Numbering, counters: Map<string, number[]>, list: string, level: number): string {
  const levels = numbering.get(list)
  const own = levels?.get(level)
  if (!levels || !own || own.format === 'bullet' || own.format === 'none') return ''
  const counts = counters.get(list) ?? []
  counts.length = Math.min(counts.length, level + 1)
  for (let at = 0; at <= level; at++) counts[at] ??= (levels.get(at)?.start ?? 1) - (at === level ? 1 : 0)
  counts[level] = (counts[level] ?? 0) + 1
  counters.set(list, counts)
  return own.text.replace(/%(\d)/g, (_, place: string) => {
    const at = Number(place) - 1
    return spell(counts[at] ?? 1, levels.get(at)?.format ?? 'decimal')
  })
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

const spell = (n: number, format: string): string =>
  /chinese|ideograph|japanese|taiwanese/i.test(format) ? chineseNumber(n) : String(n)

/** 1 to 99 in Chinese. */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS[n] ?? String(n)
  if (n > 99) return String(n)
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`
}
