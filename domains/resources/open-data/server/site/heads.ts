import type { App, HeadCall, PageHead, PageText, Words } from '#runtime'
import { accessUri, FORMATS, LICENCES, THEMES } from '../../declarations/vocabulary.ts'
import { SITE_TITLE } from '../dcat/describe.ts'
import { SYNTAXES, type Syntax } from '../dcat/write.ts'
import type { Shelf, Shelved } from './shelf.ts'
import { filePath } from './views.ts'

const ABOUT: Words = {
  zh: '经审核向社会开放的公共数据，可检索、预览、下载和按接口查询',
  en: 'Public data opened to all after a review: search, preview, download and query',
}
const LISTED = 100

/** What search engines read of the public pages without running scripts. */
export const openHeads = (_app: App, shelf: Shelf): readonly PageHead[] => [
  { path: '/open-data', text: async (_, call) => siteText(await shelf.all(), call) },
  { path: '/open-data/datasets', text: async (_, call) => siteText(await shelf.all(), call) },
  {
    path: '/open-data/datasets/$id',
    text: async ({ id = '' }, call) => {
      const shelved = await shelf.find(id)
      return shelved && datasetText(shelved, call)
    },
  },
]

const alternates = (path: string): PageText['alternates'] =>
  (Object.keys(SYNTAXES) as Syntax[]).map((syntax) => ({ type: SYNTAXES[syntax].type, href: `${path}.${syntax}` }))

function siteText(all: readonly Shelved[], { base, language }: HeadCall): PageText {
  return {
    title: SITE_TITLE[language],
    description: ABOUT[language],
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'DataCatalog',
      '@id': `${base}/open-data`,
      name: SITE_TITLE[language],
      description: ABOUT[language],
      url: `${base}/open-data`,
      dataset: all.slice(0, LISTED).map(({ entry }) => ({
        '@type': 'Dataset',
        '@id': `${base}/open-data/datasets/${entry.id}`,
        name: entry.meta.title[language],
        description: entry.meta.about[language],
        license: LICENCES[entry.meta.licence].url,
      })),
    },
    alternates: alternates('/open-data/catalog') ?? [],
    links: all.slice(0, LISTED).map(({ entry }) => ({
      text: entry.meta.title[language],
      href: `/open-data/datasets/${entry.id}`,
    })),
  }
}

function datasetText(shelved: Shelved, { base, language }: HeadCall): PageText {
  const { entry, version } = shelved
  const isOpen = entry.meta.access === 'open'
  return {
    title: `${entry.meta.title[language]} · ${SITE_TITLE[language]}`,
    description: entry.meta.about[language],
    jsonLd: datasetJsonLd(shelved, { base, language }),
    alternates: alternates(`/open-data/dcat/${entry.id}`) ?? [],
    links: isOpen
      ? version.files.map((file) => ({ text: file.name, href: filePath(entry.id, version.number, file) }))
      : [],
  }
}

/** schema.org's Dataset, as dataset search engines ask for it. */
function datasetJsonLd({ entry, version, owner }: Shelved, { base, language }: HeadCall): object {
  const { meta } = entry
  const address = `${base}/open-data/datasets/${entry.id}`
  const { from, to } = meta.temporal ?? {}
  const end = to ?? (meta.time ? entry.newestAt?.slice(0, 10) : undefined)
  const coverage = from || end ? { temporalCoverage: `${from ?? '..'}/${end ?? '..'}` } : {}
  return {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    '@id': address,
    name: meta.title[language],
    alternateName: meta.title[language === 'zh' ? 'en' : 'zh'],
    description: `${meta.about.zh} / ${meta.about.en}`,
    url: address,
    identifier: entry.id,
    version: String(version.number),
    license: LICENCES[meta.licence].url,
    isAccessibleForFree: true,
    conditionsOfAccess: accessUri(meta.access),
    keywords: [...meta.keywords, ...meta.themes.map((theme) => THEMES[theme][language])],
    datePublished: entry.publishedAt,
    dateModified: entry.changedAt,
    creator: { '@type': 'GovernmentOrganization', name: owner.name[language] },
    publisher: { '@type': 'GovernmentOrganization', name: owner.name[language] },
    includedInDataCatalog: { '@type': 'DataCatalog', '@id': `${base}/open-data`, name: SITE_TITLE[language] },
    ...(meta.spatial ? { spatialCoverage: { '@type': 'Place', identifier: meta.spatial } } : {}),
    ...coverage,
    variableMeasured: version.columns.map(({ name, title, unit }) => ({
      '@type': 'PropertyValue',
      name,
      description: title[language],
      ...(unit ? { unitText: unit } : {}),
    })),
    distribution:
      meta.access === 'open'
        ? version.files.map((file) => ({
            '@type': 'DataDownload',
            encodingFormat: FORMATS[file.format].type,
            contentSize: `${file.size} B`,
            contentUrl: `${base}${filePath(entry.id, version.number, file)}`,
          }))
        : [],
  }
}
