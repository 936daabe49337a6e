import { Type } from 'typebox'
import { InvalidInput, route, SIGNED_IN, words } from '#runtime'
import type { BlobStore } from './blob-store.ts'
import type { FileService } from './file-service.ts'

/** What a browser may show in place; everything else is only saved. */
const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'video/mp4', 'audio/mpeg'])

/** `GET /api/files/:id`: the bytes, whole or a range, to whoever may read what the file belongs to. */
export const downloadRoute = (files: FileService, store: BlobStore) =>
  route({
    method: 'GET',
    path: '/api/files/:id',
    title: words('读取文件', 'Read a file'),
    right: SIGNED_IN,
    audit: 'documents.file.read',
    params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
    response: Type.Unknown(),
    produces: 'application/octet-stream',
    example: '…bytes…',
    handler: async ({ params, work, request, reply }) => {
      const file = await files.readable(work, params.id)
      const place = INLINE.has(file.type) ? 'inline' : 'attachment'
      reply
        .type(file.type)
        .header('etag', `"${file.sm3}"`)
        .header('accept-ranges', 'bytes')
        .header('cache-control', 'private, no-cache')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('content-disposition', `${place}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      if (request.headers['if-none-match'] === `"${file.sm3}"`) {
        reply.code(304)
        return ''
      }
      const range = rangeOf(request.headers.range, file.size)
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
      reply.header('content-length', range ? range.end - range.start + 1 : file.size)
      return store.read(file.sm3, range)
    },
  })

/** One range of `bytes=a-b`, `a-` or `-n`. @throws InvalidInput outside the file */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const found = header?.match(/^bytes=(\d*)-(\d*)$/)
  if (!found) return undefined
  const [, from = '', to = ''] = found
  const start = from ? Number(from) : Math.max(0, size - Number(to))
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (start > end) throw new InvalidInput('range', words('请求的范围超出文件', 'The range is outside the file'))
  return { start, end }
}
