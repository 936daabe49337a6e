import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { documents } from '#platform/documents'
import {
  type App,
  Forbidden,
  Gone,
  NOTHING_PERSONAL,
  NotFound,
  PUBLIC,
  publicAddress,
  type Route,
  route,
  SIGNED_IN,
  type Work,
  words,
} from '#runtime'
import { FORMATS } from '../../declarations/vocabulary.ts'
import { csvwOf } from '../csvw.ts'
import { findGrant } from '../readers/grants.ts'
import { findKeptNear, findVersion, getEntry, type Version, type VersionFile } from '../store.ts'
import { cacheable, FOREVER_SECONDS, keptJson } from './cacheable.ts'
import { getShelved } from './catalogue-routes.ts'
import { openOnly } from './row-routes.ts'
import type { Shelf } from './shelf.ts'
import { filePath } from './views.ts'

const FILES_A_MINUTE = 60
const AT_ONCE = 16
const METADATA = '-metadata.json'

const FileParams = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
  version: Type.String({ pattern: '^(latest|[1-9]\\d{0,6})$' }),
  /** Name of the file, its CSVW metadata, or with `latest` only the format. */
  file: Type.String({ maxLength: 100 }),
})
const answer = {
  params: FileParams,
  response: Type.Unknown(),
  produces: 'application/octet-stream',
  example: '…',
} as const

/** Files of versions at addresses that stay; `latest/csv` leads to that of the version in force. */
export const fileRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    ...answer,
    method: 'GET',
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    perMinute: FILES_A_MINUTE,
    atOnce: AT_ONCE,
    path: '/open-data/files/:id/:version/:file',
    title: words('下载开放数据文件（公开）', 'Download a file of open data, for everybody'),
    handler: async ({ params, work, request, reply }) => {
      const current = openOnly((await getShelved(app, work, shelf, params.id)).version)
      if (params.version === 'latest') return toLatest(reply, current, params.file)
      // A version may have gone out on application before the dataset was opened to everybody.
      const version = openOnly(await publishedVersion(app, work, params.id, Number(params.version)))
      if (params.file.endsWith(METADATA)) return metadata(app, request, reply, version, params.file)
      return send(app, request, reply, await keptFile(app, work, version, params.file))
    },
  }),
  route({
    ...answer,
    method: 'GET',
    right: SIGNED_IN,
    audit: 'open-data.grant.used',
    path: '/api/open-data/granted/:id/:version/:file',
    title: words('下载获准使用的有条件开放数据', 'Download conditional data that were granted'),
    handler: async ({ params, work, request, reply }) => {
      const entry = await getEntry(app, work, params.id)
      if (entry.state !== 'published') throw new NotFound()
      const grant = await findGrant(work, params.id, work.actor.id)
      if (!grant)
        throw new Forbidden(
          'no-grant',
          words(
            '您没有该数据集的有效许可，请先提出申请',
            'You hold no valid grant of this dataset; apply for it first',
          ),
        )
      const number = params.version === 'latest' ? Number(entry.version) : Number(params.version)
      const version = await publishedVersion(app, work, params.id, number)
      const file = await keptFile(app, work, version, params.file)
      work.audit({
        event: 'open-data.grant.used',
        subject: { kind: 'open-data.grant', id: grant.id },
        details: { entry: params.id, version: number, file: params.file },
      })
      return send(app, request, reply, file, 'private')
    },
  }),
]

function toLatest(reply: FastifyReply, version: Version, format: string): string {
  const file = version.files.find((each) => each.format === format || each.name === format)
  if (!file) throw noFile(format)
  reply
    .code(302)
    .header('location', filePath(version.entry, version.number, file))
    .header('cache-control', 'no-cache')
  return ''
}

/** @throws NotFound for one that is not out, or not any more */
async function publishedVersion(app: App, work: Work, id: string, number: number): Promise<Version> {
  const version = await findVersion(app, work, id, number)
  if (version?.state === 'published') return version
  throw new NotFound('no-version', words(`没有第 ${number} 版`, `There is no version ${number}`))
}

function fileNamed(version: Version, name: string): VersionFile {
  const file = version.files.find((each) => each.name === name)
  if (file) return file
  throw noFile(name)
}

/** @throws NotFound; Gone where the files were cleared, with the nearest version that has some */
async function keptFile(app: App, work: Work, version: Version, name: string): Promise<VersionFile> {
  const file = fileNamed(version, name)
  if (!version.clearedAt) return file
  const near = await findKeptNear(app, work, version)
  const there = near?.files.find(({ format }) => format === file.format)
  const path = near && there ? filePath(near.entry, near.number, there) : undefined
  throw new Gone(
    'files-cleared',
    words(
      `第 ${version.number} 版的文件已按保存规则清理，其说明、摘要和引用仍然有效${path ? `；最近的保留版本是第 ${near?.number} 版：${path}` : ''}`,
      `The files of version ${version.number} were cleared by the rule of keeping; its description, digest and citation still hold${path ? `. The nearest version that is kept is ${near?.number}: ${path}` : ''}`,
    ),
  )
}

const noFile = (name: string) => new NotFound('no-file', words(`没有文件“${name}”`, `There is no file "${name}"`))

function metadata(app: App, request: FastifyRequest, reply: FastifyReply, version: Version, name: string): string {
  const file = fileNamed(version, name.slice(0, -METADATA.length))
  if (file.format !== 'csv') throw noFile(name)
  const text = keptJson(request, reply, csvwOf(version, file, publicAddress(app, request)))
  reply.type('application/csvm+json')
  return text
}

async function send(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  { document, format, sm3, size, name }: VersionFile,
  scope?: 'private',
): Promise<unknown> {
  const { type } = FORMATS[format]
  reply.type(format === 'csv' ? `${type}; charset=utf-8; header=present` : type)
  if (cacheable(request, reply, { tag: sm3, seconds: FOREVER_SECONDS })) return ''
  if (scope) reply.header('cache-control', 'private, no-cache')
  if (format === 'csv') reply.header('link', `<${name}${METADATA}>; rel="describedby"; type="application/csvm+json"`)
  reply.header('content-disposition', `attachment; filename="${name}"`).header('content-length', size)
  return app.use(documents).open(document)
}
