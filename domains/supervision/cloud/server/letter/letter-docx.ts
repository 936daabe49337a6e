import { strToU8, zipSync } from 'fflate'
import { printedDay } from '../../rules/letter.ts'
import type { Page } from '../../rules/page.ts'
import type { Letter } from './write-letter.ts'

/** Twentieths of a point, in which Word measures. */
const twips = (mm: number): number => Math.round((mm * 1440) / 25.4)
const halfPoints = (points: number): number => points * 2

const TITLE_FACE = '方正小标宋简体'
const BODY_FACE = '仿宋_GB2312'

interface Look {
  readonly face?: string
  readonly size?: number
  readonly colour?: string
  readonly align?: 'left' | 'center' | 'right' | 'both'
  /** Indents in hundredths of a character. */
  readonly first?: number
  readonly right?: number
  /** Further paragraph properties, before the indent. */
  readonly more?: string
}

/** A letter or document as a Word file on the page of GB/T 9704. */
export function letterDocx(letter: Letter, page: Page): Uint8Array {
  const body = [
    ...(letter.form === 'letter' ? letterHead(letter, page) : documentHead(letter, page)),
    blank(page),
    ...lines(letter.title, { face: TITLE_FACE, size: page.type.title, align: 'center' }, page),
    blank(page),
    paragraph(`${letter.addressee}：`, {}, page),
    ...letter.paragraphs.map((text) => paragraph(text, { first: 200, align: 'both' }, page)),
    blank(page),
    paragraph(letter.issuer, { align: 'right', right: 200 }, page),
    paragraph(printedDay(letter.date), { align: 'right', right: 400 }, page),
  ]
  return zipSync(
    Object.fromEntries(Object.entries(parts(body.join(''), page)).map(([name, xml]) => [name, strToU8(xml)])),
  )
}

/** Issuer, red double rule, number at the right; a second double rule at the foot of the first page. */
const letterHead = ({ issuer, number }: Letter, page: Page): string[] => [
  paragraph(
    issuer,
    {
      face: TITLE_FACE,
      size: page.type.head,
      colour: page.red,
      align: 'center',
      more: frame(page, page.headTop.letter, page.rule.letter) + rule('thickThinSmallGap', page),
    },
    page,
    'auto',
  ),
  paragraph(
    '',
    {
      more:
        frame(page, page.paper.height - page.footRule - page.pitch, page.rule.letter) + rule('thinThickSmallGap', page),
    },
    page,
  ),
  paragraph(number, { align: 'right' }, page),
]

/** Issuer with 文件, the number in the middle, one red rule. */
const documentHead = ({ issuer, number }: Letter, page: Page): string[] => [
  paragraph(
    `${issuer}文件`,
    {
      face: TITLE_FACE,
      size: page.type.head,
      colour: page.red,
      align: 'center',
      more: frame(page, page.headTop.document, page.block.width),
    },
    page,
    'auto',
  ),
  ...Array.from({ length: 6 }, () => blank(page)),
  paragraph(number, { align: 'center', more: rule('single', page) }, page),
]

/** Puts a paragraph at a place of the page, millimetres from its top, in the middle. */
const frame = (page: Page, top: number, width: number): string =>
  `<w:framePr w:w="${twips(width)}" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="${twips((page.paper.width - width) / 2)}" w:y="${twips(top)}"/>`

const rule = (kind: string, page: Page): string =>
  `<w:pBdr><w:bottom w:val="${kind}" w:sz="${kind === 'single' ? 12 : 24}" w:space="${Math.round((page.ruleBelow * 72) / 25.4)}" w:color="${page.red.slice(1)}"/></w:pBdr>`

const blank = (page: Page): string => paragraph('', {}, page)

const lines = (text: string, look: Look, page: Page): string[] =>
  balanced(text, Math.floor((page.characters * page.type.body) / page.type.title)).map((each) =>
    paragraph(each, look, page),
  )

/** A title in lines of about equal length. */
export function balanced(text: string, most: number): string[] {
  const characters = [...text]
  const count = Math.ceil(characters.length / most)
  const each = Math.ceil(characters.length / Math.max(1, count))
  return Array.from({ length: count }, (_, at) => characters.slice(at * each, (at + 1) * each).join(''))
}

function paragraph(text: string, look: Look, page: Page, spacing: 'exact' | 'auto' = 'exact'): string {
  const { face = BODY_FACE, size = page.type.body, colour, align = 'left', first, right, more = '' } = look
  const indent =
    first === undefined && right === undefined
      ? ''
      : `<w:ind${first === undefined ? '' : ` w:firstLineChars="${first}"`}${right === undefined ? '' : ` w:rightChars="${right}"`}/>`
  const line = spacing === 'exact' ? `<w:spacing w:line="${twips(page.pitch)}" w:lineRule="exact"/>` : ''
  const run = `<w:rPr><w:rFonts w:ascii="${face}" w:hAnsi="${face}" w:eastAsia="${face}"/>${colour ? `<w:color w:val="${colour.slice(1)}"/>` : ''}<w:sz w:val="${halfPoints(size)}"/></w:rPr>`
  return `<w:p><w:pPr>${more}${line}${indent}<w:jc w:val="${align}"/></w:pPr><w:r>${run}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`
}

const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function parts(body: string, { paper, top, left, block, lines: rows, pitch }: Page): Record<string, string> {
  const section = `<w:sectPr><w:pgSz w:w="${twips(paper.width)}" w:h="${twips(paper.height)}"/><w:pgMar w:top="${twips(top)}" w:left="${twips(left)}" w:right="${twips(paper.width - left - block.width)}" w:bottom="${twips(Math.max(0, paper.height - top - rows * pitch))}" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}${section}</w:body></w:document>`,
  }
}
