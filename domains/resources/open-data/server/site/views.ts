import { Type } from 'typebox'
import type { App } from '#runtime'
import { FORMATS, LICENCES } from '../../declarations/vocabulary.ts'
import type { Version, VersionFile } from '../store.ts'
import { freshnessOf } from '../terms.ts'
import type { Shelved } from './shelf.ts'

export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export const EntryParams = Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }) })

/** Stable address of one file of one version. */
export const filePath = (entry: string, number: number, file: Pick<VersionFile, 'name'>): string =>
  `/open-data/files/${entry}/${number}/${file.name}`

/** What a list of datasets shows of one. */
export function cardOf(app: App, { entry, version, owner }: Shelved, at: Date) {
  const { meta } = entry
  return {
    id: entry.id,
    title: meta.title,
    about: meta.about,
    owner,
    access: meta.access,
    themes: meta.themes,
    formats: version.files.map(({ format }) => format),
    licence: meta.licence,
    promise: meta.promise,
    freshness: freshnessOf(app, entry, at).state,
    rows: version.rows,
    version: version.number,
    changedAt: entry.changedAt ?? version.madeAt,
    newestAt: entry.newestAt ?? version.madeAt,
  }
}

export const Card = Type.Object({
  id: Type.String(),
  title: Words,
  about: Words,
  owner: Type.Object({ id: Type.String(), name: Words }),
  access: Type.String(),
  themes: Type.Array(Type.String()),
  formats: Type.Array(Type.String()),
  licence: Type.String(),
  promise: Type.String(),
  freshness: Type.String(),
  rows: Type.Number(),
  version: Type.Number(),
  changedAt: Type.String(),
  newestAt: Type.String(),
})

export const EXAMPLE_CARD = {
  id: 'air-stations',
  title: { zh: '环境空气监测站点', en: 'Ambient air stations' },
  about: { zh: '站点名称和位置', en: 'Name and place of each station' },
  owner: { id: 'city.ecology', name: { zh: '泰安市生态环境局', en: "Tai'an Ecology and Environment Bureau" } },
  access: 'open',
  themes: ['ENVI'],
  formats: ['csv', 'json'],
  licence: 'cc-by-4.0',
  promise: 'ANNUAL',
  freshness: 'kept',
  rows: 86,
  version: 1,
  changedAt: '2026-11-29T02:00:00.000Z',
  newestAt: '2026-11-29T02:00:00.000Z',
}

/** A version as readers see it; where its files are, or since when they are gone, and what changed. */
export const versionView = ({ entry, number, rows, digest, files, diff, columns, ...version }: Version) => ({
  number,
  rows,
  digest,
  diff,
  publishedAt: version.publishedAt ?? version.madeAt,
  clearedAt: version.clearedAt,
  columns,
  files: files.map(({ format, name, size, sm3 }) => ({
    format,
    name,
    size,
    sm3,
    type: FORMATS[format].type,
    path: filePath(entry, number, { name }),
  })),
})

export const licenceView = (code: keyof typeof LICENCES) => ({
  code,
  title: LICENCES[code].title,
  url: LICENCES[code].url,
})
