import { type Static, type TBoolean, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { type Words, words } from '#runtime'

export const DIMENSIONS = {
  findability: words('易找', 'Findability'),
  accessibility: words('可得', 'Accessibility'),
  interoperability: words('互通', 'Interoperability'),
  reusability: words('可用', 'Reusability'),
  context: words('背景', 'Context'),
} as const
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

/** What is asked of a dataset, with what to do where it is missing. */
export const METRICS: Readonly<Record<string, { readonly title: Words; readonly todo: Words }>> = {
  keywords: { title: words('关键词', 'Keywords'), todo: words('填写关键词', 'Add keywords') },
  themes: { title: words('主题', 'Themes'), todo: words('选择主题', 'Choose a theme') },
  spatial: { title: words('空间范围', 'Spatial coverage'), todo: words('填写所涉区划', 'Say which area it covers') },
  temporal: { title: words('时间范围', 'Temporal coverage'), todo: words('填写起止时间', 'Say which time it covers') },
  accessUrl: { title: words('访问地址可用', 'Access address answers'), todo: words('重新形成版本', 'Make a new version') },
  downloadUrl: { title: words('有下载地址', 'Download address'), todo: words('改为可下载的开放方式', 'Offer files to download') },
  downloadStatus: { title: words('下载可用', 'Download answers'), todo: words('重新形成文件', 'Make the files again') },
  format: { title: words('注明格式', 'Format'), todo: words('注明文件格式', 'Name the format') },
  mediaType: { title: words('注明媒体类型', 'Media type'), todo: words('注明媒体类型', 'Name the media type') },
  vocabulary: { title: words('格式取自标准表', 'Format from a vocabulary'), todo: words('改用标准格式代码', 'Use standard format codes') },
  nonProprietary: { title: words('非专有格式', 'Non-proprietary format'), todo: words('提供 CSV 等格式', 'Offer CSV or the like') },
  machineReadable: { title: words('机器可读', 'Machine readable'), todo: words('提供 CSV 或 JSON', 'Offer CSV or JSON') },
  dcatAp: { title: words('符合 DCAT-AP', 'DCAT-AP compliance'), todo: words('补齐名称和说明', 'Complete title and description') },
  licence: { title: words('许可', 'Licence'), todo: words('选择许可', 'Choose a licence') },
  licenceVocabulary: { title: words('许可取自标准表', 'Licence from a vocabulary'), todo: words('改用标准许可', 'Use a standard licence') },
  accessRights: { title: words('开放方式', 'Access rights'), todo: words('注明开放方式', 'Say who may use it') },
  accessRightsVocabulary: { title: words('开放方式取自标准表', 'Access rights from a vocabulary'), todo: words('改用标准代码', 'Use standard codes') },
  contactPoint: { title: words('联系方式', 'Contact point'), todo: words('填写办公邮箱或电话', 'Give an office mail or telephone') },
  publisher: { title: words('发布单位', 'Publisher'), todo: words('注明责任单位', 'Name the owner') },
  rights: { title: words('权利说明', 'Rights statement'), todo: words('注明权利', 'State the rights') },
  byteSize: { title: words('文件大小', 'File size'), todo: words('重新形成文件', 'Make the files again') },
  issued: { title: words('发布日期', 'Date of issue'), todo: words('发布后自动产生', 'Comes with the release') },
  modified: { title: words('更新日期', 'Date of change'), todo: words('发布后自动产生', 'Comes with the release') },
}

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
      text: words('各项分值和等级界限待与方法说明原文核对。', 'Points of single metrics and the grades are to be checked against the text.'),
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
    { title: 'without keywords and time', facts: { ...all(true), keywords: false, temporal: false }, expected: { points: 355 } },
    { title: 'just below the best', facts: { ...all(true), accessUrl: false, issued: false }, expected: { points: 350, grade: 'good' } },
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
