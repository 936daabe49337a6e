import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

const closed = { additionalProperties: false } as const
const basis = words('公共数据开放办理时限（本地方案，待核）', 'Terms of open data, local scheme, to be checked')

/** A release: proposed by the owner, made and tested by the program, approved by somebody else. */
export const releaseLoop = loop({
  id: 'open-data.release',
  version: 1,
  title: words('公共数据开放发布', 'Release of open data'),
  about: words(
    '责任单位提出，系统形成版本并做重新识别检验，另一人审核后发布；检验不过的不能发布',
    'The owner proposes, the program makes a version and tests it, another person approves; what fails the test cannot go out',
  ),
  data: Type.Object(
    {
      entry: field.reference(words('开放数据集', 'Open dataset'), 'open-data.entry'),
      title: field.text(words('名称', 'Title')),
      owner: field.organisation(words('责任单位', 'Owner')),
      version: field.integer(words('版本', 'Version')),
      term: field.text(words('审核时限', 'Term of the review'), { max: 10 }),
      rows: Type.Optional(field.integer(words('行数', 'Rows'))),
      digest: Type.Optional(field.text(words('内容摘要', 'Digest'), { max: 64 })),
      passed: Type.Optional(field.boolean(words('检验通过', 'Test passed'))),
      finding: Type.Optional(field.longText(words('检验结果', 'What the test found'), { max: 4000 })),
      opinion: Type.Optional(field.longText(words('审核意见', 'Opinion'), { max: 2000 })),
    },
    closed,
  ),
  headline: words('开放发布：{title} 第 {version} 版', 'Release: {title}, version {version}'),
  readers: [{ right: 'open-data.read' }],
  start: 'preparing',
  places: {
    preparing: { title: words('形成版本并检验', 'Made and tested'), kind: 'waiting' },
    correcting: {
      title: words('责任单位修改', 'Owner corrects'),
      kind: 'open',
      assign: { organisationIn: 'owner', right: 'open-data.propose' },
    },
    reviewing: {
      title: words('审核', 'Reviewed'),
      kind: 'open',
      assign: { right: 'open-data.approve' },
      clock: { limit: { field: 'term' }, basis },
    },
    published: { title: words('已发布', 'Published'), kind: 'end', outcome: 'done' },
    refused: { title: words('不予发布', 'Refused'), kind: 'end', outcome: 'refused' },
    dropped: { title: words('放弃', 'Given up'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    tested: {
      title: words('检验完成', 'Tested'),
      from: ['preparing'],
      to: { choose: 'open-data.after-test', among: ['reviewing', 'correcting'] },
      automatic: 'service',
    },
    resubmit: {
      title: words('按原方案重新检验', 'Make and test again'),
      from: ['correcting'],
      to: 'preparing',
      effects: ['open-data.prepare'],
      look: 'primary',
    },
    approve: {
      title: words('同意发布', 'Approve'),
      from: ['reviewing'],
      to: 'published',
      who: { right: 'open-data.approve' },
      notBy: ['resubmit'],
      guards: ['open-data.not-own', 'open-data.test-passed'],
      form: Type.Object(
        { opinion: Type.Optional(field.longText(words('审核意见', 'Opinion'), { max: 2000 })) },
        closed,
      ),
      effects: ['open-data.publish'],
      look: 'primary',
    },
    'send-back': {
      title: words('退回修改', 'Send back'),
      from: ['reviewing'],
      to: 'correcting',
      who: { right: 'open-data.approve' },
      form: Type.Object(
        { opinion: field.longText(words('要改什么', 'What to change'), { min: 1, max: 2000 }) },
        closed,
      ),
    },
    refuse: {
      title: words('不予发布', 'Refuse'),
      from: ['reviewing'],
      to: 'refused',
      who: { right: 'open-data.approve' },
      notBy: ['resubmit'],
      guards: ['open-data.not-own'],
      form: Type.Object({ opinion: field.longText(words('理由', 'Why'), { min: 1, max: 2000 }) }, closed),
      effects: ['open-data.refuse'],
      look: 'danger',
    },
    drop: {
      title: words('放弃发布', 'Give up'),
      from: ['correcting'],
      to: 'dropped',
      effects: ['open-data.refuse'],
    },
  },
})
