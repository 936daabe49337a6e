import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { termsPack } from '../rules/terms.ts'

const closed = { additionalProperties: false } as const
const { decideWithin, hearWithin } = termsPack.tables
const basis = words('一数一源一标管理规则（本地，待确认）', 'Local scheme of data standards, to be confirmed')
const text = (zh: string, en: string) => field.longText(words(zh, en), { min: 1, max: 2000 })

const proposal = {
  element: field.reference(words('数据元', 'Element'), 'standards.element'),
  title: field.text(words('名称', 'Name')),
  begins: field.date(words('生效日期', 'Begins on')),
  summary: field.longText(words('变更内容', 'What changes'), { max: 4000 }),
  reason: text('变更理由', 'Why'),
}

/**
 * A change of an element reaches everybody who uses it before it bites: each unit says what it means for its system,
 * then a second person decides; it begins on its day.
 */
export const changeLoop = loop({
  id: 'standards.change',
  version: 1,
  title: words('数据元变更', 'Change of an element'),
  about: words(
    '提出、征求使用单位意见、批准、到期生效',
    'Propose, hear the units that use it, decide, begin on its day',
  ),
  data: Type.Object(
    {
      ...proposal,
      changes: field.json(words('新值', 'New values'), Type.Object({}, { additionalProperties: true })),
      units: field.json(words('使用单位', 'Units that use it'), Type.Array(Type.String({ maxLength: 100 }))),
      decision: Type.Optional(text('决定理由', 'Reasons of the decision')),
    },
    closed,
  ),
  headline: words('变更数据元：{title}', 'Change of the element {title}'),
  readers: [{ right: 'standards.maintain' }],
  start: 'hearing',
  places: {
    hearing: {
      title: words('征求使用单位意见', 'Units are heard'),
      kind: 'waiting',
      joint: { loop: 'standards.change-notice', units: 'units', as: 'unit', leaveBy: 'heard', cancelBy: 'cancel' },
    },
    deciding: {
      title: words('审批', 'Decision'),
      kind: 'open',
      assign: { right: 'standards.decide' },
      clock: { limit: decideWithin, basis },
    },
    approved: { title: words('已批准，到日生效', 'Approved, begins on its day'), kind: 'end', outcome: 'done' },
    rejected: { title: words('未批准', 'Not approved'), kind: 'end', outcome: 'refused' },
    withdrawn: { title: words('撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    heard: {
      title: words('各单位已答复', 'All units have answered'),
      from: ['hearing'],
      to: 'deciding',
      automatic: 'joint-ended',
    },
    approve: {
      title: words('批准', 'Approve'),
      from: ['deciding'],
      to: 'approved',
      who: { right: 'standards.decide' },
      guards: ['standards.not-proposer', 'standards.enough-notice'],
      look: 'primary',
      form: Type.Object({ decision: text('理由', 'Reasons') }, closed),
      effects: ['standards.plan-change'],
    },
    reject: {
      title: words('不批准', 'Reject'),
      from: ['deciding'],
      to: 'rejected',
      who: { right: 'standards.decide' },
      guards: ['standards.not-proposer'],
      look: 'danger',
      form: Type.Object({ decision: text('理由', 'Reasons') }, closed),
    },
    withdraw: {
      title: words('撤回', 'Withdraw'),
      from: ['hearing', 'deciding'],
      to: 'withdrawn',
      who: { opener: true },
    },
  },
})

/** What one unit says of a change. */
export const changeNoticeLoop = loop({
  id: 'standards.change-notice',
  version: 1,
  title: words('数据元变更征求意见', 'A change of an element, for your answer'),
  data: Type.Object(
    {
      ...proposal,
      unit: field.organisation(words('使用单位', 'Unit')),
      effect: Type.Optional(text('对本单位系统的影响', 'What it means for your systems')),
    },
    closed,
  ),
  headline: words('征求意见：{title} 变更', 'For your answer: change of {title}'),
  readers: [{ right: 'standards.maintain' }, { right: 'standards.decide' }],
  start: 'answering',
  places: {
    answering: {
      title: words('答复', 'Answer'),
      kind: 'open',
      assign: [{ organisationIn: 'unit', right: 'standards.claim' }, { right: 'standards.maintain' }],
      clock: { limit: hearWithin, basis, atLimit: [{ act: 'silent' }] },
    },
    agreed: { title: words('无异议', 'No objection'), kind: 'end', outcome: 'done' },
    objected: { title: words('有异议', 'Objection'), kind: 'end', outcome: 'refused' },
    cancelled: { title: words('已撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    agree: {
      title: words('无异议', 'No objection'),
      from: ['answering'],
      to: 'agreed',
      look: 'primary',
      form: Type.Object({ effect: text('影响和准备', 'Effect and preparation') }, closed),
    },
    object: {
      title: words('提出异议', 'Object'),
      from: ['answering'],
      to: 'objected',
      form: Type.Object({ effect: text('异议和理由', 'Objection and reasons') }, closed),
    },
    silent: {
      title: words('逾期未答复，视为无异议', 'No answer in time counts as no objection'),
      from: ['answering'],
      to: 'agreed',
      automatic: 'clock',
    },
    cancel: { title: words('撤回', 'Withdrawn'), from: ['answering'], to: 'cancelled', automatic: 'service' },
  },
})
