import { rules } from '#platform/rules'
import type { App } from '#runtime'
import type { QualityFacts, QualityScore } from '../rules/metadata-quality.ts'
import { isThere } from './site/catalogue-routes.ts'
import type { Version } from './store.ts'

/** Facts of a version for the metadata quality score, and the score under the edition in force. */
export async function qualityOf(app: App, version: Version, isOut: boolean): Promise<QualityScore> {
  const { meta, files } = version
  const there = await Promise.all(files.map(({ document }) => isThere(app, document)))
  const isComplete = files.length > 0 && there.every(Boolean)
  const isOpen = meta.access === 'open'
  const { contact, temporal } = meta
  const facts: QualityFacts = {
    keywords: meta.keywords.length > 0,
    themes: meta.themes.length > 0,
    spatial: meta.spatial !== undefined,
    temporal: meta.time !== undefined || temporal?.from !== undefined || temporal?.to !== undefined,
    accessUrl: isOut,
    downloadUrl: isOpen && files.length > 0,
    downloadStatus: isOpen && isComplete,
    // Formats, media types, licences and access rights can only be chosen from the vocabularies.
    ...{ format: files.length > 0, mediaType: files.length > 0, vocabulary: files.length > 0 },
    nonProprietary: files.some(({ format }) => format === 'csv' || format === 'json'),
    machineReadable: files.some(({ format }) => format === 'csv' || format === 'json'),
    dcatAp: files.length > 0,
    ...{ licence: true, licenceVocabulary: true, accessRights: true, accessRightsVocabulary: true },
    contactPoint: contact.mail !== undefined || contact.phone !== undefined,
    ...{ publisher: true, rights: true },
    byteSize: files.length > 0 && files.every(({ size }) => size > 0),
    ...{ issued: isOut, modified: isOut },
  }
  return app.use(rules).evaluate('open-data.metadata-quality', facts, { at: app.now() }).result as QualityScore
}
