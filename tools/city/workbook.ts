import { strToU8, Zip, ZipDeflate } from 'fflate'
import { sheetRow } from './write-chunk.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Rows that a sheet can hold [ECMA-376; the limit of the programs that read it]. */
const MOST_ROWS = 1_048_576
const COLUMNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const PARTS = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/><sheet name="填报说明" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
}

/** Writes a workbook of two sheets as it goes: the data, then a note for those who fill it in. */
export class Workbook {
  readonly #zip: Zip
  readonly #title: string
  #sheet: ZipDeflate
  #row = 0

  /** `write` gets the bytes of the file in order, at once. */
  constructor(title: string, columns: readonly string[], write: (bytes: Uint8Array) => void) {
    this.#title = title
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error
      write(bytes)
    })
    for (const [name, xml] of Object.entries(PARTS)) this.#entry(name).push(strToU8(XML + xml), true)
    this.#sheet = this.#open('xl/worksheets/sheet1.xml')
    this.add(strToU8(sheetRow(columns)))
  }

  /** Rows as `sheetRow` makes them. */
  add(rows: Uint8Array): void {
    const xml: string[] = []
    for (const line of new TextDecoder().decode(rows).split('\n')) {
      if (line === '') continue
      const row = ++this.#row
      if (row > MOST_ROWS) throw new RangeError(`${this.#title}: more rows than a sheet can hold`)
      const cells = line
        .split('\u001f')
        .map((cell, at) => (cell === '' ? '' : `<c r="${COLUMNS.charAt(at)}${row}"${cell}`))
      xml.push(`<row r="${row}">${cells.join('')}</row>`)
    }
    this.#sheet.push(strToU8(xml.join('')))
  }

  finish(): void {
    this.#close()
    this.#sheet = this.#open('xl/worksheets/sheet2.xml')
    this.#row = 0
    this.add(strToU8(sheetRow([`${this.#title}：证件号码按文本填写，日期按本部门统一格式填写。`])))
    this.#close()
    this.#zip.end()
  }

  #open(name: string): ZipDeflate {
    const sheet = this.#entry(name)
    sheet.push(strToU8(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`))
    return sheet
  }

  #close(): void {
    this.#sheet.push(strToU8('</sheetData></worksheet>'), true)
  }

  #entry(name: string): ZipDeflate {
    const entry = new ZipDeflate(name, { level: 1 })
    entry.mtime = '2026-01-01T00:00:00'
    this.#zip.add(entry)
    return entry
  }
}
