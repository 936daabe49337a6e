import type { Words } from '../../../runtime/words.ts'
import type { Mining } from './mining-types.ts'

type Cell = string | number | null

/** The figures as lines of one table, its heading first; hours with two decimals. */
export function linesOf({ places, paths, ways }: Mining, t: (words: Words) => string): readonly (readonly Cell[])[] {
  const title = (id: string | null) =>
    t(places.find((place) => place.id === id)?.title ?? { zh: id ?? '', en: id ?? '' })
  const hours = (n: number | null) => (n === null ? null : Math.round(n * 100) / 100)
  const head = [
    { zh: '项目', en: 'What' },
    { zh: '名称', en: 'Name' },
    { zh: '操作', en: 'Action' },
    { zh: '数量', en: 'Number' },
    { zh: '其中重来', en: 'Of these again' },
    { zh: '现在停留', en: 'There now' },
    { zh: '中位停留（小时）', en: 'Median hours' },
    { zh: '九成不超过（小时）', en: 'Nine in ten, hours' },
  ]
  const step = t({ zh: '环节', en: 'Step' })
  const path = t({ zh: '走法', en: 'Way' })
  const way = t({ zh: '环节之间', en: 'From step to step' })
  return [
    head.map(t),
    ...places.map(({ id, arrivals, again, now, medianHours, slowHours }) => [
      step,
      title(id),
      null,
      arrivals,
      again,
      now,
      hours(medianHours),
      hours(slowHours),
    ]),
    ...paths.map((one) => [path, one.places.map(title).join(' → '), null, one.matters, null, null, null, null]),
    ...ways
      .filter(({ from }) => from !== null)
      .map(({ title: action, from, to, times }) => [
        way,
        `${title(from)} → ${title(to)}`,
        t(action),
        times,
        null,
        null,
        null,
        null,
      ]),
  ]
}

/** CSV with a mark by which spreadsheets know UTF-8; a text that would run as a formula is kept as text. */
export const csvOf = (lines: readonly (readonly Cell[])[]): string =>
  `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`

function quoted(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  return `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`
}
