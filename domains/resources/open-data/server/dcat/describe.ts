import { type Words, words } from '#runtime'
import {
  accessUri,
  FORMATS,
  type FormatCode,
  formatUri,
  frequencyUri,
  LICENCES,
  languageUri,
  mediaTypeUri,
  PROMISES,
  THEMES,
  themeUri,
} from '../../declarations/vocabulary.ts'
import type { Shelved } from '../site/shelf.ts'
import { filePath } from '../site/views.ts'
import type { VersionFile } from '../store.ts'
import type { Graph } from './graph.ts'

const DATE_TIME = { type: 'xsd:dateTime' } as const
const DATE = { type: 'xsd:date' } as const
/** SM3 has no name in SPDX; its object identifier is one. */
const SM3 = 'urn:oid:1.2.156.10197.1.401'

export const SITE_TITLE = words('泰安市公共数据开放网', "Open data of Tai'an")
const SITE_ABOUT = words(
  '经审核向社会开放的公共数据：目录、文件、版本和查询接口',
  'Public data opened to all after a review: catalogue, files, versions and queries',
)

export const catalogUri = (base: string): string => `${base}/open-data/catalog`
export const datasetUri = (base: string, id: string): string => `${base}/open-data/datasets/${id}`

/** The catalogue itself; which datasets it lists is said by the page of it. */
export function describeCatalog(graph: Graph, base: string, listed: readonly Shelved[], changed: string): void {
  const catalog = graph.type(catalogUri(base), 'dcat:Catalog')
  graph.words(catalog, 'dct:title', SITE_TITLE)
  graph.words(catalog, 'dct:description', SITE_ABOUT)
  graph.link(
    catalog,
    'dct:publisher',
    agent(graph, base, 'city.big-data', words('泰安市大数据局', "Tai'an Big Data Bureau")),
  )
  graph.link(catalog, 'foaf:homepage', graph.type(`${base}/open-data`, 'foaf:Document'))
  graph.text(catalog, 'dct:modified', changed, DATE_TIME)
  languages(graph, catalog)
  for (const { entry } of listed) graph.link(catalog, 'dcat:dataset', datasetUri(base, entry.id))
  graph.link(catalog, 'dcat:service', service(graph, base))
}

/** A dataset with its distributions, licence, owner, themes and coverage. */
export function describeDataset(graph: Graph, base: string, shelved: Shelved): void {
  const { entry, version, owner } = shelved
  const { meta } = entry
  const uri = graph.type(datasetUri(base, entry.id), 'dcat:Dataset')
  graph.words(uri, 'dct:title', meta.title)
  graph.words(uri, 'dct:description', meta.about)
  graph.text(uri, 'dct:identifier', uri)
  graph.text(uri, 'dcat:version', String(version.number))
  graph.text(uri, 'dct:issued', entry.publishedAt, DATE_TIME)
  graph.text(uri, 'dct:modified', entry.changedAt, DATE_TIME)
  for (const keyword of meta.keywords)
    graph.text(uri, 'dcat:keyword', keyword, { language: /[\u3400-\u9fff]/.test(keyword) ? 'zh' : 'en' })
  for (const theme of meta.themes) graph.link(uri, 'dcat:theme', concept(graph, themeUri(theme), THEMES[theme]))
  graph.link(uri, 'dct:publisher', agent(graph, base, owner.id, owner.name))
  graph.link(uri, 'dct:accessRights', typed(graph, accessUri(meta.access), 'dct:RightsStatement'))
  graph.link(uri, 'dct:accrualPeriodicity', frequency(graph, meta.promise))
  graph.link(uri, 'dcat:landingPage', graph.type(`${uri}#page`, 'foaf:Document'))
  languages(graph, uri)
  contact(graph, uri, shelved)
  coverage(graph, uri, shelved)
  for (const file of version.files) graph.link(uri, 'dcat:distribution', distribution(graph, base, shelved, file))
}

const typed = (graph: Graph, uri: string, type: string): string => graph.type(uri, type)

function languages(graph: Graph, uri: string): void {
  for (const language of ['zh', 'en'] as const)
    graph.link(uri, 'dct:language', typed(graph, languageUri(language), 'dct:LinguisticSystem'))
}

function agent(graph: Graph, base: string, id: string, name: Words): string {
  const uri = graph.type(`${base}/open-data/organisations/${id}`, 'foaf:Agent')
  graph.words(uri, 'foaf:name', name)
  return uri
}

function concept(graph: Graph, uri: string, title: Words): string {
  graph.type(uri, 'skos:Concept')
  graph.words(uri, 'skos:prefLabel', title)
  return uri
}

function frequency(graph: Graph, promise: keyof typeof PROMISES): string {
  const uri = graph.type(frequencyUri(promise), 'dct:Frequency')
  graph.words(uri, 'rdfs:label', PROMISES[promise])
  return uri
}

function contact(graph: Graph, uri: string, { entry }: Shelved): void {
  const { name, mail, phone } = entry.meta.contact
  const point = graph.type(`${uri}#contact`, 'vcard:Organization', 'vcard:Kind')
  graph.words(point, 'vcard:fn', name)
  graph.link(point, 'vcard:hasEmail', mail && `mailto:${mail}`)
  graph.link(point, 'vcard:hasTelephone', phone && `tel:${phone.replaceAll(' ', '-')}`)
  graph.link(uri, 'dcat:contactPoint', point)
}

function coverage(graph: Graph, uri: string, { entry: { meta, newestAt }, version }: Shelved): void {
  if (meta.spatial) {
    const place = graph.type(`${uri}#place`, 'dct:Location')
    graph.text(place, 'dct:identifier', meta.spatial)
    graph.words(place, 'skos:prefLabel', words(`区划 ${meta.spatial}`, `Division ${meta.spatial} [GB/T 2260]`))
    graph.link(uri, 'dct:spatial', place)
  }
  const { from, to } = meta.temporal ?? {}
  const end = to ?? (meta.time ? (newestAt ?? version.madeAt).slice(0, 10) : undefined)
  if (from ?? end) {
    const period = graph.type(`${uri}#period`, 'dct:PeriodOfTime')
    graph.text(period, 'dcat:startDate', from, DATE)
    graph.text(period, 'dcat:endDate', end, DATE)
    graph.link(uri, 'dct:temporal', period)
  }
}

function distribution(graph: Graph, base: string, { entry, version }: Shelved, file: VersionFile): string {
  const { meta } = entry
  const uri = graph.type(`${datasetUri(base, entry.id)}#${file.format}`, 'dcat:Distribution')
  const page = datasetUri(base, entry.id)
  const format = FORMATS[file.format]
  graph.words(uri, 'dct:title', words(`${meta.title.zh}（${format.title}）`, `${meta.title.en} (${format.title})`))
  graph.link(uri, 'dcat:accessURL', typed(graph, page, 'rdfs:Resource'))
  if (meta.access === 'open') {
    const address = `${base}${filePath(entry.id, version.number, file)}`
    graph.link(uri, 'dcat:downloadURL', typed(graph, address, 'rdfs:Resource'))
    if (file.format === 'csv') graph.link(uri, 'dcat:accessService', service(graph, base))
  }
  graph.link(uri, 'dct:format', typed(graph, formatUri(file.format as FormatCode), 'dct:MediaTypeOrExtent'))
  graph.link(uri, 'dcat:mediaType', typed(graph, mediaTypeUri(format.type), 'dct:MediaType'))
  graph.text(uri, 'dcat:byteSize', String(file.size), { type: 'xsd:nonNegativeInteger' })
  graph.text(uri, 'dct:issued', version.publishedAt, DATE_TIME)
  graph.text(uri, 'dct:modified', version.publishedAt, DATE_TIME)
  const { uri: licence, title, url } = LICENCES[meta.licence]
  graph.type(licence, 'dct:LicenseDocument')
  graph.words(licence, 'dct:title', title)
  graph.link(licence, 'rdfs:seeAlso', url)
  graph.link(uri, 'dct:license', licence)
  graph.link(uri, 'dct:rights', typed(graph, accessUri(meta.access), 'dct:RightsStatement'))
  const checksum = graph.type(`${uri}-checksum`, 'spdx:Checksum')
  graph.link(checksum, 'spdx:algorithm', typed(graph, SM3, 'spdx:ChecksumAlgorithm'))
  graph.text(checksum, 'spdx:checksumValue', file.sm3, { type: 'xsd:hexBinary' })
  graph.link(uri, 'spdx:checksum', checksum)
  return uri
}

/** The query API; which dataset it answers for is a parameter. */
function service(graph: Graph, base: string): string {
  const uri = graph.type(`${base}/api/3/action/datastore_search`, 'dcat:DataService', 'rdfs:Resource')
  graph.words(uri, 'dct:title', words('开放数据查询接口', 'Query API of open data'))
  graph.link(uri, 'dcat:endpointURL', uri)
  graph.link(uri, 'dcat:endpointDescription', typed(graph, `${base}/api/openapi.json`, 'rdfs:Resource'))
  return uri
}
