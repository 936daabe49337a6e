import type { App, Words } from '#runtime'
import { FORMATS, LICENCES, PROMISES, THEMES } from '../../declarations/vocabulary.ts'
import type { Shelved } from '../site/shelf.ts'
import { filePath } from '../site/views.ts'
import { freshnessOf } from '../terms.ts'

/** What the answers need of a call. */
export interface CkanCall {
  readonly app: App
  /** Public address of the program. */
  readonly base: string
  readonly at: Date
  readonly language: keyof Words
}

/** CKAN's names know no dots: `city.ecology` → `city-ecology`. */
export const ckanName = (id: string): string => id.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-')
export const resourceId = (entry: string, format: string): string => `${entry}-${format}`

/** Dates as CKAN writes them: UTC without a zone. */
const stamp = (iso: string | undefined): string | null =>
  iso ? iso.replace(/Z$/, '').padEnd(26, '0').slice(0, 26) : null

export const organizationOf = ({ owner, entry }: Shelved, { language }: CkanCall) => ({
  id: ckanName(owner.id),
  name: ckanName(owner.id),
  title: owner.name[language],
  display_name: owner.name[language],
  type: 'organization',
  description: owner.name[language === 'zh' ? 'en' : 'zh'],
  image_url: '',
  created: stamp(entry.createdAt),
  is_organization: true,
  approval_status: 'approved',
  state: 'active',
})

export const groupOf = (theme: string, { language }: CkanCall) => {
  const title = THEMES[theme as keyof typeof THEMES][language]
  return {
    ...{ id: ckanName(theme), name: ckanName(theme), title, display_name: title, description: '' },
    ...{ image_display_url: '', image_url: '', type: 'group', is_organization: false },
    ...{ approval_status: 'approved', state: 'active' },
  }
}

export const tagOf = (name: string) => ({ id: name, name, display_name: name, state: 'active', vocabulary_id: null })

export const resourcesOf = ({ entry, version }: Shelved, { base, language }: CkanCall) => {
  const isOpen = entry.meta.access === 'open'
  return version.files.map((file, position) => ({
    id: resourceId(entry.id, file.format),
    package_id: entry.id,
    name: `${entry.meta.title[language]} (${FORMATS[file.format].title})`,
    description: '',
    format: FORMATS[file.format].title,
    mimetype: FORMATS[file.format].type,
    mimetype_inner: null,
    url: isOpen ? `${base}${filePath(entry.id, version.number, file)}` : `${base}/open-data/datasets/${entry.id}`,
    url_type: null,
    resource_type: isOpen ? 'file' : null,
    size: file.size,
    hash: `sm3:${file.sm3}`,
    created: stamp(entry.publishedAt),
    last_modified: stamp(version.publishedAt),
    metadata_modified: stamp(entry.changedAt),
    position,
    state: 'active',
    cache_url: null,
    cache_last_updated: null,
    datastore_active: isOpen && file.format === 'csv',
  }))
}

/** A dataset as `package_show` gives it. */
export function packageOf(shelved: Shelved, call: CkanCall) {
  const { entry, version, owner } = shelved
  const { meta } = entry
  const resources = resourcesOf(shelved, call)
  const licence = LICENCES[meta.licence]
  return {
    id: entry.id,
    name: entry.id,
    title: meta.title[call.language],
    notes: meta.about[call.language],
    url: `${call.base}/open-data/datasets/${entry.id}`,
    version: String(version.number),
    author: owner.name[call.language],
    author_email: meta.contact.mail ?? null,
    maintainer: meta.contact.name[call.language],
    maintainer_email: meta.contact.mail ?? null,
    license_id: meta.licence,
    license_title: licence.title[call.language],
    license_url: licence.url,
    isopen: meta.access === 'open',
    private: false,
    state: 'active',
    type: 'dataset',
    creator_user_id: null,
    metadata_created: stamp(entry.publishedAt),
    metadata_modified: stamp(entry.changedAt),
    owner_org: ckanName(owner.id),
    organization: organizationOf(shelved, call),
    groups: meta.themes.map((theme) => groupOf(theme, call)),
    tags: meta.keywords.map(tagOf),
    num_tags: meta.keywords.length,
    resources,
    num_resources: resources.length,
    extras: extrasOf(shelved, call),
    relationships_as_subject: [],
    relationships_as_object: [],
  }
}

function extrasOf({ entry, version }: Shelved, { app, at, language }: CkanCall) {
  const { meta } = entry
  const extras: Readonly<Record<string, string | undefined>> = {
    access: meta.access,
    frequency: meta.promise,
    frequency_title: PROMISES[meta.promise][language],
    freshness: freshnessOf(app, entry, at).state,
    digest_sm3: version.digest,
    rows: String(version.rows),
    spatial: meta.spatial,
    temporal_start: meta.temporal?.from,
    temporal_end: meta.temporal?.to,
    title_zh: meta.title.zh,
    title_en: meta.title.en,
    notes_en: meta.about.en,
  }
  return Object.entries(extras).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]))
}
