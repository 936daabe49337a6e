import { InvalidInput, type Words, words } from '#runtime'
import type { Totals } from './connector.ts'

const FIGURE = /^\s*(?:(rows)\s*=\s*(\d{1,15})|sum\.(.+?)\s*=\s*([+-]?\d{1,40}(?:\.\d{1,20})?))\s*$/

/**
 * Figures that are handed over with data: `rows=1200` and, for each column whose sum is known, `sum.<column>=98765.40`.
 * @param what is told where a figure is wrong @throws InvalidInput wrong-control-figures
 */
export function controlFigures(lines: readonly string[], what: Words): Totals {
  let rows: number | null = null
  const columns: Record<string, { sum: string }> = {}
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const [isFigure, ofRows, count = '', column = '', sum = ''] = FIGURE.exec(line) ?? []
    if (!isFigure) throw wrong(at + 1, what)
    if (ofRows) rows = Number(count)
    else columns[column] = { sum }
  }
  return { rows, columns }
}

const wrong = (number: number, { zh, en }: Words) =>
  new InvalidInput(
    'wrong-control-figures',
    words(
      `${zh}的第 ${number} 项无法识别，应为 rows=行数 或 sum.列名=合计（合计不带千分位）`,
      `Figure ${number} of ${en} cannot be read; it is rows=<number> or sum.<column>=<sum without separators>`,
    ),
  )

/** The header of a pushed batch: `rows=1200; sum.amount=98765.40`, names of columns percent-encoded where need be. */
export function controlHeader(value: string): Totals {
  const what = words('请求头 Daizong-Check', 'the header Daizong-Check')
  try {
    return controlFigures(value.split(';').map(decodeURIComponent), what)
  } catch (error) {
    throw error instanceof URIError ? wrong(1, what) : error
  }
}

/** The file beside a data file, in UTF-8 or GB 18030. */
export function controlFile(name: string, bytes: Uint8Array): Totals {
  const decode = (encoding: string) => new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes)
  const text = () => {
    try {
      return decode('utf-8')
    } catch {
      return decode('gb18030')
    }
  }
  return controlFigures(text().split(/\r?\n/), words(`对账文件“${name}”`, `the control file "${name}"`))
}
