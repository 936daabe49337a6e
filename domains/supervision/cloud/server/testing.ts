import { strToU8, zipSync } from 'fflate'
import type { Client, TestApp } from '#platform/testing'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A paragraph of a test document: text, with a style or a level of the automatic list. */
export interface Line {
  readonly text: string
  readonly style?: string
  readonly level?: number
}

/** A real .docx with styles and a multilevel Chinese list, as office programs write it. */
export function docx(lines: readonly Line[]): Uint8Array {
  const paragraph = ({ text, style, level }: Line) => {
    const number = level === undefined ? '' : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr>`
    const look = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`
    const half = Math.ceil(text.length / 2)
    const runs = [text.slice(0, half), text.slice(half)].map(
      (part) => `<w:r><w:t xml:space="preserve">${escaped(part)}</w:t></w:r>`,
    )
    return `<w:p><w:pPr>${look}${number}</w:pPr>${runs.join('')}</w:p>`
  }
  const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const level = (at: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
  const files = {
    '[Content_Types].xml':
      '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${ns}><w:body>${lines.map(paragraph).join('')}</w:body></w:document>`,
    'word/styles.xml': `<?xml version="1.0" encoding="UTF-8"?><w:styles ${ns}><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>`,
    'word/numbering.xml': `<?xml version="1.0" encoding="UTF-8"?><w:numbering ${ns}><w:abstractNum w:abstractNumId="7">${level(0, 'chineseCountingThousand', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

/** A work report with the dirt of real ones: no unit, an unknown unit, headings merged into one paragraph. */
export const REPORT: readonly Line[] = [
  { text: '2026年政府工作报告' },
  { text: '过去一年，全市上下克难奋进。' },
  { text: '工业经济', level: 0 },
  { text: '培育壮大产业集群', level: 1 },
  {
    text: '新增规上工业企业100家。6月底前完成培育库建设，年底前新增规上工业企业100家以上。（牵头单位：市大数据局；配合单位：市生态环境局、市财政局）',
    level: 2,
  },
  { text: '实施技改项目200个。三季度末前开工150个。（责任单位：市工信局、市经济和信息化委员会）', level: 2 },
  {
    text: '二、生态环境（一）打好蓝天保卫战。1.治理扬尘污染。10月15日前完成120处工地治理。（市生态环境局牵头，各县（市、区）配合）',
  },
  { text: '2.推进河道治理。' },
  { text: '年底前完成。' },
]

export const PASSWORD = 'Daizong-2026'
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Puts a file up as somebody, as the portal does; returns the answer. */
export async function send(app: TestApp, who: Client, name: string, bytes: Uint8Array | string, type: string) {
  const form = new FormData()
  form.append('for', 'supervision')
  form.append('file', new Blob([bytes as BlobPart], { type }), name)
  const answer = await fetch(`${app.address}/api/files`, {
    method: 'POST',
    headers: { cookie: who.cookie },
    body: form,
  })
  return { status: answer.status, body: (await answer.json()) as { id: string; code?: string } }
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** A photograph as evidence; returns its id. */
export const photo = async (app: TestApp, who: Client): Promise<string> =>
  (await send(app, who, '佐证.png', Buffer.from(PIXEL, 'base64'), 'image/png')).body.id
