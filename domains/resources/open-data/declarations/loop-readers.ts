import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

const closed = { additionalProperties: false } as const
const local = words('公共数据开放办理时限（本地方案，待核）', 'Terms of open data, local scheme, to be checked')
const draft = words(
  '山东省公共数据开放办法（征求意见稿）：形式审查 5 个工作日',
  'Shandong draft rules: formal check within five working days',
)

/** A request, correction or app of a reader: looked at before it is shown, answered in public. */
export const voiceLoop = loop({
  id: 'open-data.voice',
  version: 1,
  title: words('读者来件办理', 'Handling what a reader sent'),
  about: words(
    '先审核能否公开，再由数据的责任单位（没有指明数据的由大数据局）公开答复',
    'Checked before it is shown; answered in public by the owner of the dataset, or the data bureau where none is named',
  ),
  data: Type.Object(
    {
      voice: field.reference(words('来件', 'What was sent'), 'open-data.voice'),
      kind: field.text(words('类别', 'Kind'), { max: 20 }),
      title: field.text(words('标题', 'Title')),
      text: field.longText(words('内容', 'Text')),
      url: Type.Optional(field.text(words('网址', 'Address'), { max: 300 })),
      entry: Type.Optional(field.text(words('数据集', 'Dataset'), { max: 60 })),
      owner: field.organisation(words('答复单位', 'Who answers')),
      term: field.text(words('答复时限', 'Term'), { max: 10 }),
      answer: Type.Optional(field.longText(words('公开答复', 'Public answer'), { max: 4000 })),
    },
    closed,
  ),
  headline: words('读者来件：{title}', 'From a reader: {title}'),
  readers: [{ right: 'open-data.read' }],
  clock: { limit: { field: 'term' }, basis: local },
  start: 'checking',
  places: {
    checking: { title: words('审核', 'Checked'), kind: 'open', assign: { right: 'open-data.answer' } },
    answering: {
      title: words('答复', 'Answered by the owner'),
      kind: 'open',
      assign: [{ organisationIn: 'owner', right: 'open-data.answer' }],
    },
    answered: { title: words('已公开答复', 'Answered in public'), kind: 'end', outcome: 'done' },
    refused: { title: words('未采用', 'Not taken'), kind: 'end', outcome: 'refused' },
  },
  actions: {
    show: {
      title: words('公开并转责任单位', 'Show, and pass to the owner'),
      from: ['checking'],
      to: 'answering',
      effects: ['open-data.show-voice'],
      look: 'primary',
    },
    answer: {
      title: words('公开答复', 'Answer in public'),
      from: ['checking', 'answering'],
      to: 'answered',
      form: Type.Object({ answer: field.longText(words('答复', 'Answer'), { min: 1, max: 4000 }) }, closed),
      effects: ['open-data.answer-voice'],
      look: 'primary',
    },
    refuse: {
      title: words('不采用', 'Do not take'),
      from: ['checking'],
      to: 'refused',
      form: Type.Object(
        { reason: field.longText(words('理由（不公开）', 'Why, not shown'), { min: 1, max: 2000 }) },
        closed,
      ),
      effects: ['open-data.refuse-voice'],
    },
  },
})

/** Conditional data: a formal check within the term of the rules, then the owner decides. */
export const applicationLoop = loop({
  id: 'open-data.application',
  version: 1,
  title: words('有条件开放数据申请', 'Application for conditional data'),
  about: words(
    '申请人说明用途和安全措施；形式审查后由责任单位决定，准许的在有效期内下载',
    'The applicant says what for and how the data are kept safe; after a formal check the owner decides',
  ),
  data: Type.Object(
    {
      entry: field.reference(words('开放数据集', 'Open dataset'), 'open-data.entry'),
      title: field.text(words('名称', 'Title')),
      owner: field.organisation(words('责任单位', 'Owner')),
      account: field.text(words('申请账号', 'Account of the applicant'), { max: 100, personal: true, mask: 'all' }),
      use: field.longText(words('用途', 'What for'), { min: 1, max: 2000 }),
      safety: field.longText(words('安全措施', 'How the data are kept safe'), { min: 1, max: 2000 }),
      until: field.date(words('使用到', 'Until')),
      checkTerm: field.text(words('形式审查时限', 'Term of the formal check'), { max: 10 }),
      decisionTerm: field.text(words('决定时限', 'Term of the decision'), { max: 10 }),
      opinion: Type.Optional(field.longText(words('意见', 'Opinion'), { max: 2000 })),
    },
    closed,
  ),
  headline: words('申请使用：{title}', 'Application: {title}'),
  readers: [{ right: 'open-data.read' }],
  start: 'checking',
  places: {
    checking: {
      title: words('形式审查', 'Formal check'),
      kind: 'open',
      assign: { right: 'open-data.answer' },
      clock: { limit: { field: 'checkTerm' }, basis: draft },
    },
    supplementing: { title: words('申请人补正', 'Applicant completes it'), kind: 'open', assign: { opener: true } },
    deciding: {
      title: words('责任单位决定', 'Owner decides'),
      kind: 'open',
      assign: { organisationIn: 'owner', right: 'open-data.decide' },
      clock: { limit: { field: 'decisionTerm' }, basis: local },
    },
    granted: { title: words('准许使用', 'Granted'), kind: 'end', outcome: 'done' },
    refused: { title: words('不予准许', 'Refused'), kind: 'end', outcome: 'refused' },
    withdrawn: { title: words('申请人撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    accept: { title: words('形式审查通过', 'In order'), from: ['checking'], to: 'deciding', look: 'primary' },
    complete: {
      title: words('一次告知补正', 'Ask to complete it'),
      from: ['checking'],
      to: 'supplementing',
      times: 1,
      form: Type.Object(
        { opinion: field.longText(words('需补正什么', 'What is missing'), { min: 1, max: 2000 }) },
        closed,
      ),
    },
    supplement: {
      title: words('提交补正', 'Send what was missing'),
      from: ['supplementing'],
      to: 'checking',
      form: Type.Object(
        {
          use: field.longText(words('用途', 'What for'), { min: 1, max: 2000 }),
          safety: field.longText(words('安全措施', 'How the data are kept safe'), { min: 1, max: 2000 }),
        },
        closed,
      ),
      look: 'primary',
    },
    grant: {
      title: words('准许', 'Grant'),
      from: ['deciding'],
      to: 'granted',
      form: Type.Object({ opinion: Type.Optional(field.longText(words('意见', 'Opinion'), { max: 2000 })) }, closed),
      effects: ['open-data.grant'],
      guards: ['open-data.not-own'],
      look: 'primary',
    },
    refuse: {
      title: words('不予准许', 'Refuse'),
      from: ['checking', 'deciding'],
      to: 'refused',
      form: Type.Object({ opinion: field.longText(words('理由', 'Why'), { min: 1, max: 2000 }) }, closed),
      look: 'danger',
    },
    withdraw: {
      title: words('撤回申请', 'Withdraw'),
      from: ['checking', 'supplementing', 'deciding'],
      to: 'withdrawn',
      who: { opener: true },
    },
  },
})
