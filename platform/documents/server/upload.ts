import { Type } from 'typebox'
import { InvalidInput, route, SIGNED_IN, words } from '#runtime'
import { FILE_LIMIT, type FileService, type Kept } from './file-service.ts'

/** `POST /api/files` (multipart, field `file`): keeps one file; it stays the uploader's own until it is attached. */
export const uploadRoute = (files: FileService) =>
  route({
    method: 'POST',
    path: '/api/files',
    title: words('上传文件', 'Upload a file'),
    right: SIGNED_IN,
    audit: 'documents.file.uploaded',
    accepts: 'multipart',
    bodyLimit: FILE_LIMIT + 1_048_576,
    response: Type.Object({
      id: Type.String(),
      sm3: Type.String(),
      name: Type.String(),
      type: Type.String(),
      size: Type.Integer(),
    }),
    example: { id: '0b54…', sm3: '66c7f0f4…', name: '现场照片.jpg', type: 'image/jpeg', size: 120_334 },
    receive: async (request) => {
      const part = await request.file({ limits: { fileSize: FILE_LIMIT + 1 } })
      if (!part) throw new InvalidInput('no-file', words('没有选择文件', 'No file was chosen'))
      return files.receive(part.filename, part.file)
    },
    handler: async ({ received, work }) => {
      const { id, sm3, name, type, size } = await files.record(work, received as Kept)
      return { id, sm3, name, type, size }
    },
  })
