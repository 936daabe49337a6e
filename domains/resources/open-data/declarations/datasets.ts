import { Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'
import { ACCESS } from './vocabulary.ts'

const anything = Type.Record(Type.String(), Type.Unknown())
const list = Type.Array(anything)

export const entryDataset = dataset({
  id: 'open-data.entry',
  title: words('开放数据集', 'Open datasets'),
  about: words(
    '对外发布的数据集：来源、说明、开放方式和更新承诺',
    'What is released: source, description, access and promise',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 60, pattern: '^[a-z][a-z0-9-]{1,59}$' }),
    title: field.text(words('名称', 'Title'), { max: 100 }),
    source: field.text(words('来源数据集', 'Source dataset'), { max: 100 }),
    owner: field.organisation(words('责任单位', 'Organisation that answers for it')),
    access: field.code(words('开放方式', 'Access'), ACCESS),
    state: field.code(words('状态', 'State'), {
      proposed: words('待发布', 'Proposed'),
      published: words('已发布', 'Published'),
      withdrawn: words('已撤回', 'Withdrawn'),
    }),
    version: Type.Optional(field.integer(words('现行版本', 'Version in force'), { min: 1 })),
    meta: field.json(words('说明信息', 'Metadata'), anything),
    createdAt: field.instant(words('提出时间', 'Proposed at')),
    publishedAt: Type.Optional(field.instant(words('首次发布', 'First published'))),
    changedAt: Type.Optional(field.instant(words('最近更新', 'Last changed'))),
    checkedAt: Type.Optional(field.instant(words('最近核对来源', 'Source last checked'))),
    newestAt: Type.Optional(field.instant(words('数据截至', 'Newest data'))),
    broken: field.boolean(words('更新承诺落空', 'Promise broken')),
    reason: Type.Optional(field.longText(words('撤回原因', 'Why withdrawn'), { max: 2000 })),
  }),
  key: ['id'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'closed',
  retention: 'permanent',
  scope: { organisation: 'owner' },
  list: { columns: ['id', 'title', 'owner', 'access', 'state', 'version', 'changedAt'], sort: ['id'], search: ['id'] },
  readRight: 'open-data.read',
  storage: { table: 'open_data.entry' },
})

export const versionDataset = dataset({
  id: 'open-data.version',
  title: words('开放数据集版本', 'Versions of open datasets'),
  about: words(
    '每次发布或更新形成的版本：行数、摘要、文件、差异和检验结果',
    'Each release: rows, digest, files, difference and test',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    entry: field.reference(words('开放数据集', 'Open dataset'), 'open-data.entry'),
    number: field.integer(words('版本', 'Version'), { min: 1 }),
    state: field.code(words('状态', 'State'), {
      candidate: words('待审', 'Candidate'),
      published: words('已发布', 'Published'),
      refused: words('未发布', 'Refused'),
    }),
    rows: field.integer(words('行数', 'Rows'), { min: 0 }),
    digest: field.text(words('内容摘要（SM3）', 'Digest of the content (SM3)'), { max: 64 }),
    meta: field.json(words('说明信息', 'Metadata'), anything),
    columns: field.json(words('字段', 'Columns'), list),
    files: field.json(words('文件', 'Files'), list),
    test: field.json(words('重新识别检验', 'Re-identification test'), anything),
    diff: field.json(words('与上一版差异', 'Difference from the one before'), anything),
    madeAt: field.instant(words('形成时间', 'Made at')),
    publishedAt: Type.Optional(field.instant(words('发布时间', 'Published at'))),
    refreshed: field.boolean(words('由系统更新形成', 'Made by a refresh')),
    clearedAt: Type.Optional(field.instant(words('文件清理时间', 'Files cleared at'))),
  }),
  key: ['entry', 'number'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'closed',
  retention: 'permanent',
  list: { columns: ['entry', 'number', 'state', 'rows', 'madeAt'], sort: ['entry'] },
  readRight: 'open-data.read',
  storage: { table: 'open_data.version' },
})

export const voiceDataset = dataset({
  id: 'open-data.voice',
  title: words('读者来件', 'What readers send'),
  about: words(
    '公众提出的数据需求、纠错和应用案例，及公开答复',
    'Requests, corrections and apps of the public, with answers',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 40 }),
    kind: field.code(words('类别', 'Kind'), {
      request: words('数据需求', 'Request for data'),
      correction: words('数据纠错', 'Correction'),
      app: words('应用案例', 'App'),
    }),
    entry: Type.Optional(field.reference(words('开放数据集', 'Open dataset'), 'open-data.entry')),
    title: field.text(words('标题', 'Title'), { max: 100 }),
    text: field.longText(words('内容', 'Text'), { min: 1, max: 2000 }),
    url: Type.Optional(field.text(words('网址', 'Address'), { max: 300 })),
    madeAt: field.instant(words('提出时间', 'Made at')),
    state: field.code(words('状态', 'State'), {
      waiting: words('待审核', 'Waiting'),
      shown: words('办理中', 'Being answered'),
      answered: words('已答复', 'Answered'),
      refused: words('未采用', 'Refused'),
    }),
    answer: Type.Optional(field.longText(words('公开答复', 'Public answer'), { max: 4000 })),
    answeredAt: Type.Optional(field.instant(words('答复时间', 'Answered at'))),
  }),
  key: ['id'],
  level: 'internal',
  sharing: 'none',
  opening: 'closed',
  retention: { years: 10 },
  list: { columns: ['madeAt', 'kind', 'title', 'state'], sort: ['-madeAt'] },
  readRight: 'open-data.read',
  storage: { table: 'open_data.voice' },
})

export const grantDataset = dataset({
  id: 'open-data.grant',
  title: words('有条件开放许可', 'Grants of conditional data'),
  about: words(
    '准许谁使用哪个有条件开放的数据集、作何用、到何时',
    'Who may use which conditional dataset, for what, until when',
  ),
  source: 'city.big-data',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 40 }),
    entry: field.reference(words('开放数据集', 'Open dataset'), 'open-data.entry'),
    account: field.text(words('账号', 'Account'), { max: 100, personal: true, mask: 'all' }),
    use: field.longText(words('用途', 'What for'), { min: 1, max: 2000 }),
    givenAt: field.instant(words('准许时间', 'Given at')),
    until: field.date(words('有效期至', 'Valid until')),
  }),
  key: ['id'],
  level: 'sensitive',
  sharing: 'none',
  opening: 'closed',
  retention: { years: 10 },
  scope: { account: 'account' },
  list: { columns: ['entry', 'givenAt', 'until'], sort: ['entry'] },
  readRight: 'open-data.read',
  storage: { table: 'open_data.grant' },
})

export const openDatasets = [entryDataset, versionDataset, voiceDataset, grantDataset]
