import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { InvalidInput, words } from '#runtime'
import { type Numbering, numberFor, readNumbering } from './numbering.ts'

/** A paragraph as the reader of the document sees it, with its number spelt out. */
export interface Paragraph {
  readonly text: string
  /** Outline level of its style, 1 for the highest; 0 for body text. */
  readonly heading: number
}

/** Largest part that is unpacked: a bomb is refused before it opens. */
const LARGEST = 20 * 1024 * 1024
const PARTS = ['word/document.xml', 'word/numbering.xml', 'word/styles.xml']

const broken = () =>
  new InvalidInput(
    'not-docx',
    words('不是可以读取的 Word 文档（.docx）', 'This is no Word document (.docx) that can be read'),
  )

/** Paragraphs of a .docx in order, tables cell by cell; text that was struck by tracked changes is left out. @throws InvalidInput */
export function readDocx(bytes: Uint8Array): Paragraph[] {
  const parts = unpack(bytes)
  const xml = parts.get('word/document.xml')
  if (xml === undefined) throw broken()
  const outline = readOutline(parts.get('word/styles.xml'))
  const numbering = readNumbering(parts.get('word/numbering.xml'))
  try {
    return paragraphsIn(xml, outline, numbering)
  } catch (error) {
    if (error instanceof InvalidInput) throw error
    throw broken()
  }
}

function unpack(bytes: Uint8Array): Map<string, string> {
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.includes(name)) return false
        if (originalSize > LARGEST) throw broken()
        return true
      },
    })
    const decoder = new TextDecoder()
    return new Map(Object.entries(files).map(([name, content]) => [name, decoder.decode(content)]))
  } catch {
    throw broken()
  }
}

/** Outline level by style id. */
function readOutline(xml: string | undefined): ReadonlyMap<string, number> {
  const levels = new Map<string, number>()
  if (xml === undefined) return levels
  let style = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'w:style') style = String(attributes['w:styleId'] ?? '')
    if (name === 'w:name') {
      const level = /^(?:heading|标题)\s*(\d)$/i.exec(String(attributes['w:val'] ?? ''))?.[1]
      if (level) levels.set(style, Number(level))
    }
    if (name === 'w:outlineLvl') levels.set(style, Number(attributes['w:val'] ?? 9) + 1)
  })
  parser.write(xml).close()
  return levels
}

function paragraphsIn(xml: string, outline: ReadonlyMap<string, number>, numbering: Numbering): Paragraph[] {
  const found: Paragraph[] = []
  const counters = new Map<string, number[]>()
  let text = ''
  let style = ''
  let list: { id: string; level: number } | undefined
  let inText = false
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const value = String(attributes['w:val'] ?? '')
    if (name === 'w:p') [text, style, list] = ['', '', undefined]
    else if (name === 'w:pStyle') style = value
    else if (name === 'w:numId') list = { id: value, level: list?.level ?? 0 }
    else if (name === 'w:ilvl') list = { id: list?.id ?? '', level: Number(value) }
    else if (name === 'w:t') inText = true
    else if (name === 'w:tab') text += ' '
    else if (name === 'w:br') text += '\n'
  })
  parser.on('text', (piece) => {
    if (inText) text += piece
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false
    if (name !== 'w:p') return
    const number = list && list.id !== '0' ? numberFor(numbering, counters, list.id, list.level) : ''
    for (const [at, line] of text.split('\n').entries())
      if (line.trim() !== '')
        found.push({
          text: `${at === 0 ? number : ''}${line.trim()}`,
          heading: at === 0 ? (outline.get(style) ?? 0) : 0,
        })
  })
  parser.write(xml).close()
  return found
}
