import { type Static, type TBoolean, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import { DIMENSIONS, METRICS } from './metrics.ts'

export type Dimension = keyof typeof DIMENSIONS

interface Metric {
  readonly id: string
  readonly dimension: Dimension
  readonly points: number
}
interface QualityTables {
  readonly metrics: readonly Metric[]
  /** Least points of each grade, best first. */
  readonly grades: readonly { readonly grade: string; readonly from: number }[]
}

const of = (dimension: Dimension, points: Readonly<Record<string, number>>): Metric[] =>
  Object.entries(points).map(([id, each]) => ({ id, dimension, points: each }))

const facts = Type.Object(
  Object.fromEntries(
    Object.entries(METRICS).map(([id, { title }]) => [id, Type.Boolean({ title: title.zh })]),
  ) as Record<string, TBoolean>,
)
export type QualityFacts = Readonly<Record<string, boolean>>

const Score = Type.Object({
  points: Type.Integer(),
  most: Type.Integer(),
  grade: Type.String(),
  dimensions: Type.Array(Type.Object({ id: Type.String(), points: Type.Integer(), most: Type.Integer() })),
  missing: Type.Array(Type.Object({ id: Type.String(), points: Type.Integer() })),
})
export type QualityScore = Static<typeof Score>

const all = (value: boolean): QualityFacts => Object.fromEntries(Object.keys(METRICS).map((id) => [id, value]))

const mqa: RulePack<QualityTables, QualityFacts> = {
  id: 'metadata-quality-405',
  title: words('元数据质量评价（405分）', 'Metadata quality assessment, 405 points'),
  source: { document: 'data.europa.eu Metadata Quality Assessment methodology', clause: 'Scoring system' },
  validFrom: '2020-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '五个维度 100、100、110、75、20 分，共 405 分。',
        'Five dimensions of 100, 100, 110, 75 and 20 points, together 405.',
      ),
      clause: null,
      verified: true,
    },
    {
      text: words(
        '各项分值和等级界限待与方法说明原文核对。',
        'Points of single metrics and the grades are to be checked against the text.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    metrics: [
      ...of('findability', { keywords: 30, themes: 30, spatial: 20, temporal: 20 }),
      ...of('accessibility', { accessUrl: 50, downloadUrl: 20, downloadStatus: 30 }),
      ...of('interoperability', {
        format: 20,
        mediaType: 10,
        vocabulary: 10,
        nonProprietary: 20,
        machineReadable: 20,
        dcatAp: 30,
      }),
      ...of('reusability', {
        licence: 20,
        licenceVocabulary: 10,
        accessRights: 10,
        accessRightsVocabulary: 5,
        contactPoint: 20,
        publisher: 10,
      }),
      ...of('context', { rights: 5, byteSize: 5, issued: 5, modified: 5 }),
    ],
    grades: [
      { grade: 'excellent', from: 351 },
      { grade: 'good', from: 221 },
      { grade: 'sufficient', from: 121 },
      { grade: 'poor', from: 0 },
    ],
  },
  vectors: [
    { title: 'everything', facts: all(true), expected: { points: 405, most: 405, grade: 'excellent', missing: [] } },
    { title: 'nothing', facts: all(false), expected: { points: 0, grade: 'poor' } },
    {
      title: 'without keywords and time',
      facts: { ...all(true), keywords: false, temporal: false },
      expected: { points: 355 },
    },
    {
      title: 'just below the best',
      facts: { ...all(true), accessUrl: false, issued: false },
      expected: { points: 350, grade: 'good' },
    },
  ],
}

export const metadataQualityRule = rule({
  id: 'open-data.metadata-quality',
  title: words('开放数据元数据质量得分', 'Metadata quality score of open data'),
  facts,
  result: Score,
  packs: [mqa as RulePack<QualityTables, never>],
  evaluate: ({ metrics, grades }: QualityTables, given) => {
    const has = given as QualityFacts
    const sum = (list: readonly Metric[]) => list.reduce((total, { points }) => total + points, 0)
    const points = sum(metrics.filter(({ id }) => has[id]))
    const dimensions = Object.keys(DIMENSIONS).map((id) => {
      const own = metrics.filter(({ dimension }) => dimension === id)
      return { id, points: sum(own.filter((metric) => has[metric.id])), most: sum(own) }
    })
    const missing = metrics.filter(({ id }) => !has[id]).map(({ id, points: each }) => ({ id, points: each }))
    const grade = grades.find(({ from }) => points >= from)?.grade ?? ''
    return {
      result: { points, most: sum(metrics), grade, dimensions, missing },
      explanation: dimensions.map(({ id, points: got, most }) => {
        const title = DIMENSIONS[id as Dimension]
        return words(`${title.zh} ${got}/${most}`, `${title.en} ${got} of ${most}`)
      }),
    }
  },
})
