import type { Paragraph } from './docx.ts'

/** A numbered piece of the report: its heading with the text that stands under it. */
export interface Piece {
  /** 1 一、 2 （一） 3 1. 4 （1） */
  readonly level: number
  readonly title: string
  body: string
  readonly children: Piece[]
}

const CHINESE = '[一二三四五六七八九十百]+'
const NUMBERS: readonly (readonly [number, RegExp])[] = [
  [1, new RegExp(`^(?:第?${CHINESE}[、．.]|第${CHINESE}(?:部分|章|篇)[:： ]*)\\s*`)],
  [2, new RegExp(`^[（(]${CHINESE}[）)][、.．]?\\s*`)],
  [3, /^\d{1,3}(?:[、．]|\.(?!\d))\s*/],
  [4, /^(?:[（(]\d{1,3}[）)]|\d{1,3}[）)]|[①-⑳])[、.．]?\s*/],
]

/** A second number within a paragraph, after the end of a sentence or of another heading. */
const INNER = new RegExp(
  `(?<=[。；;！])(?=[（(]${CHINESE}[）)]|[（(]\\d{1,3}[）)]|\\d{1,3}[.．、](?!\\d))|(?<=^${CHINESE}、[^。；：:（(]{2,40})(?=[（(]${CHINESE}[）)])`,
)

/** Sorts paragraphs into a tree by their Chinese numbers, else by their heading style. */
export function outlineOf(paragraphs: readonly Paragraph[]): { pieces: Piece[]; title: string | undefined } {
  const root: Piece = { level: 0, title: '', body: '', children: [] }
  const path: Piece[] = [root]
  let title: string | undefined
  for (const { text, heading } of paragraphs.flatMap(splitMerged)) {
    const found = numbered(text)
    const level = found?.level ?? (heading > 1 ? heading - 1 : 0)
    if (level === 0) {
      if (title === undefined && path.length === 1) title = text
      else add(path.at(-1) ?? root, text)
      continue
    }
    const whole = found?.rest ?? text
    const { head, tail } = splitHead(whole)
    const piece: Piece = { level, title: head, body: tail, children: [] }
    while ((path.at(-1)?.level ?? 0) >= level) path.pop()
    ;(path.at(-1) ?? root).children.push(piece)
    path.push(piece)
  }
  return { pieces: root.children, title }
}

const add = (piece: Piece, text: string): void => {
  piece.body = piece.body === '' ? text : `${piece.body}${text}`
}

const splitMerged = (paragraph: Paragraph): Paragraph[] =>
  paragraph.text
    .split(INNER)
    .filter((text) => text.trim() !== '')
    .map((text, at) => ({ text: text.trim(), heading: at === 0 ? paragraph.heading : 0 }))

function numbered(text: string): { level: number; rest: string } | undefined {
  for (const [level, pattern] of NUMBERS) {
    const match = pattern.exec(text)
    if (match && text.length > match[0].length) return { level, rest: text.slice(match[0].length).trim() }
  }
  return undefined
}

/** The heading ends with the first sentence; what follows in the same paragraph is its text. */
function splitHead(text: string): { head: string; tail: string } {
  const bracket = text.search(/[（(【][^（()）]*(?:牵头|责任|配合|负责)/)
  const stop = text.search(/[。；;：:]/)
  const ends = [bracket, stop].filter((at) => at > 0)
  const at = ends.length === 0 ? -1 : Math.min(...ends)
  if (at === -1) return { head: text.slice(0, 300), tail: '' }
  return { head: text.slice(0, at).slice(0, 300), tail: text.slice(at === stop ? at + 1 : at).trim() }
}
