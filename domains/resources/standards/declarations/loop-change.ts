import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { termsPack } from '../rules/terms.ts'
import { KINDS_OF_CHANGE } from './datasets.ts'

const closed = { additionalProperties: false } as const
const { decideWithin, hearWithin } = termsPack.tables
const basis = words('一数一源一标管理规则（本地，待确认）', 'Local scheme of data standards, to be confirmed')
const text = (zh: string, en: string) => field.longText(words(zh, en), { min: 1, max: 2000 })
const WORDS = Type.Object({ zh: Type.String(), en: Type.String() }, closed)
const MAINTAIN = { right: 'standards.maintain' } as const
const DECIDE = { right: 'standards.decide' } as const

const proposal = {
  kind: field.code(words('事项', 'What'), KINDS_OF_CHANGE),
  element: Type.Optional(field.reference(words('数据元', 'Element'), 'standards.element')),
  list: Type.Optional(field.text(words('代码表', 'Code list'))),
  title: field.text(words('名称', 'Name')),
  begins: field.date(words('生效日期', 'Begins on')),
  summary: field.json(words('变更内容', 'What changes'), WORDS),
  affected: field.json(words('涉及的数据、系统和使用单位', 'Data, systems and users concerned'), WORDS),
  reason: text('理由和依据', 'Why, and on what basis'),
}

/**
 * An element that is new, changes or is retired, or a new edition of a code list, reaches everybody concerned before it
 * bites. What a unit proposes is looked at by the keeper of standards first; then each unit concerned says what it means
 * for its systems, and a second person decides; it begins on its day. [ISO/IEC 11179-6: registration of an item]
 */
export const changeLoop = loop({
  id: 'standards.change',
  version: 2,
  title: words('数据标准变更', 'Change of data standards'),
  about: words(
    '提出、初审、征求有关单位意见、批准、到期生效',
    'Propose, first look, hear the units concerned, decide, begin on its day',
  ),
  data: Type.Object(
    {
      ...proposal,
      changes: field.json(words('新值', 'New values'), Type.Object({}, { additionalProperties: true }), {
        internal: true,
      }),
      units: field.json(
        words('征求意见的单位', 'Units that are heard'),
        Type.Array(field.organisation(words('单位', 'Unit')), { maxItems: 1000 }),
      ),
      opinion: Type.Optional(text('初审意见', 'What the keeper says')),
      decision: Type.Optional(text('决定理由', 'Reasons of the decision')),
    },
    closed,
  ),
  headline: words('{kind}：{title}', '{kind}: {title}'),
  readers: [MAINTAIN, DECIDE],
  start: { choose: 'standards.first-look', among: ['checking', 'hearing'] },
  places: {
    checking: {
      title: words('标准管理员初审', 'The keeper of standards looks at it'),
      kind: 'open',
      assign: MAINTAIN,
      clock: { limit: decideWithin, basis },
    },
    hearing: {
      title: words('征求有关单位意见', 'Units are heard'),
      kind: 'waiting',
      joint: { loop: 'standards.change-notice', units: 'units', as: 'unit', leaveBy: 'heard', cancelBy: 'cancel' },
    },
    deciding: {
      title: words('审批', 'Decision'),
      kind: 'open',
      assign: DECIDE,
      clock: { limit: decideWithin, basis },
    },
    approved: { title: words('已批准，到日生效', 'Approved, begins on its day'), kind: 'end', outcome: 'done' },
    rejected: { title: words('未批准', 'Not approved'), kind: 'end', outcome: 'refused' },
    withdrawn: { title: words('撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    accept: {
      title: words('同意，征求意见', 'Agree and hear the units'),
      from: ['checking'],
      to: 'hearing',
      who: MAINTAIN,
      guards: ['standards.not-proposer'],
      look: 'primary',
      form: Type.Object({ opinion: text('初审意见', 'What you say') }, closed),
    },
    decline: {
      title: words('不采纳', 'Decline'),
      from: ['checking'],
      to: 'rejected',
      who: MAINTAIN,
      guards: ['standards.not-proposer'],
      look: 'danger',
      form: Type.Object({ opinion: text('理由', 'Reasons') }, closed),
    },
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
      who: DECIDE,
      notBy: ['accept'],
      guards: ['standards.not-proposer', 'standards.enough-notice', 'standards.still-fits'],
      look: 'primary',
      form: Type.Object({ decision: text('理由', 'Reasons') }, closed),
      effects: ['standards.plan-change'],
    },
    reject: {
      title: words('不批准', 'Reject'),
      from: ['deciding'],
      to: 'rejected',
      who: DECIDE,
      notBy: ['accept'],
      guards: ['standards.not-proposer'],
      look: 'danger',
      form: Type.Object({ decision: text('理由', 'Reasons') }, closed),
    },
    withdraw: {
      title: words('撤回', 'Withdraw'),
      from: ['checking', 'hearing', 'deciding'],
      to: 'withdrawn',
      who: { opener: true },
    },
  },
})

/** What one unit says of a change. */
export const changeNoticeLoop = loop({
  id: 'standards.change-notice',
  version: 2,
  title: words('数据标准变更征求意见', 'A change of data standards, for your answer'),
  data: Type.Object(
    {
      ...proposal,
      unit: field.organisation(words('答复单位', 'Unit')),
      effect: Type.Optional(text('对本单位系统的影响', 'What it means for your systems')),
    },
    closed,
  ),
  headline: words('征求意见：{kind}“{title}”', 'For your answer: {kind}, {title}'),
  readers: [MAINTAIN, DECIDE],
  start: 'answering',
  places: {
    answering: {
      title: words('答复', 'Answer'),
      kind: 'open',
      assign: [{ organisationIn: 'unit', right: 'standards.claim' }, MAINTAIN],
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
