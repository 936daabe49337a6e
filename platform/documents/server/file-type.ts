import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { InvalidInput, words } from '#runtime'

/** What may be kept, and under which endings; found by the bytes, the ending only has to agree. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'video/mp4': ['mp4'],
  'audio/mpeg': ['mp3'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/zip': ['zip', 'ofd'],
  'application/vnd.apache.parquet': ['parquet'],
  'text/plain': ['txt', 'csv', 'tsv', 'md', 'json', 'jsonl', 'ndjson', 'geojson'],
}

const SAMPLE = 4096

/** @returns media type found from the bytes @throws InvalidInput when it is not allowed or the ending lies */
export async function typeOf(path: string, name: string): Promise<string> {
  const type = (await fileTypeFromFile(path))?.mime ?? ((await looksLikeText(path)) ? 'text/plain' : undefined)
  const endings = type ? ALLOWED[type] : undefined
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  if (type && endings?.includes(ending)) return type
  const allowed = Object.values(ALLOWED).flat().join('、')
  throw new InvalidInput(
    'file-type',
    endings
      ? words(
          `“${name}”的内容与扩展名不符，请检查文件`,
          `The content of "${name}" does not match its ending; check the file`,
        )
      : words(`不能上传“${name}”，可用的类型：${allowed}`, `"${name}" cannot be uploaded; allowed types: ${allowed}`),
  )
}

/** No control characters but line ends and tabs: UTF-8, GBK, UTF-16 with its mark and the like pass, programs do not. */
async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    const bytes = buffer.subarray(0, bytesRead)
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return true
    return bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
  } finally {
    await file.close()
  }
}
