import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { termsPack } from '../rules/terms.ts'

const closed = { additionalProperties: false } as const
const { answerWithin, decideWithin } = termsPack.tables
const basis = words('一数一源一标管理规则（本地，待确认）', 'Local scheme of data standards, to be confirmed')
const text = (zh: string, en: string) => field.longText(words(zh, en), { min: 1, max: 2000 })
const WHY = field.json(words('终止原因', 'Why it ended'), Type.Object({ zh: Type.String(), en: Type.String() }, closed))
const DECIDE = { right: 'standards.decide' } as const

/**
 * A unit claims to be the one source of an element [认领]. The present source answers; where the two do not agree, or
 * the present one is silent, the data bureau rules. An element without a source goes to the data bureau at once. Several
 * may claim at once: as soon as one has it, the others have to convince him. Of an element that is retired nobody can
 * become the source.
 */
export const claimLoop = loop({
  id: 'standards.claim',
  version: 2,
  title: words('数据元来源认领', 'Claim of an element'),
  about: words('一项数据只有一个来源单位：认领、答复、裁定', 'One source for each item: claim, answer, ruling'),
  data: Type.Object(
    {
      element: field.reference(words('数据元', 'Element'), 'standards.element'),
      title: field.text(words('名称', 'Name')),
      claimant: field.organisation(words('认领单位', 'Claimed by')),
      owner: Type.Optional(field.organisation(words('现来源单位', 'Present source'))),
      basis: text('职责依据', 'Duty it follows from'),
      answer: Type.Optional(text('现来源单位意见', 'What the present source says')),
      ruling: Type.Optional(text('裁定理由', 'Reasons of the ruling')),
      why: Type.Optional(WHY),
    },
    closed,
  ),
  headline: words('认领数据元：{title}', 'Claim of the element {title}'),
  readers: [{ right: 'standards.maintain' }],
  start: { choose: 'standards.first-place', among: ['answering', 'ruling'] },
  places: {
    answering: {
      title: words('现来源单位答复', 'Present source answers'),
      kind: 'open',
      assign: { organisationIn: 'owner', right: 'standards.claim' },
      clock: { limit: answerWithin, basis, atLimit: [{ act: 'pass-on' }] },
    },
    ruling: {
      title: words('大数据局裁定', 'Data bureau rules'),
      kind: 'open',
      assign: DECIDE,
      clock: { limit: decideWithin, basis },
    },
    granted: { title: words('认领成立', 'Claim granted'), kind: 'end', outcome: 'done' },
    refused: { title: words('认领不成立', 'Claim refused'), kind: 'end', outcome: 'refused' },
    withdrawn: { title: words('撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
    lapsed: { title: words('数据元已停用', 'The element is retired'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    agree: {
      title: words('同意移交', 'Agree'),
      from: ['answering'],
      to: 'granted',
      look: 'primary',
      form: Type.Object({ answer: text('意见', 'What you say') }, closed),
      effects: ['standards.set-owner'],
    },
    object: {
      title: words('不同意', 'Object'),
      from: ['answering'],
      to: 'ruling',
      form: Type.Object({ answer: text('理由', 'Why') }, closed),
    },
    'pass-on': {
      title: words('逾期未答复，转裁定', 'No answer in time'),
      from: ['answering'],
      to: 'ruling',
      automatic: 'clock',
    },
    'owner-changed': {
      title: words('来源单位已变更，由新来源单位答复', 'Another unit is the source now and answers'),
      from: ['answering', 'ruling'],
      to: { choose: 'standards.first-place', among: ['answering', 'ruling', 'granted'] },
      automatic: 'service',
      form: Type.Object({ owner: field.organisation(words('现来源单位', 'Present source')) }, closed),
      effects: ['standards.forget-answer'],
    },
    'element-retired': {
      title: words('数据元停用，认领终止', 'The element is retired, so the claim ends'),
      from: ['answering', 'ruling'],
      to: 'lapsed',
      automatic: 'service',
      form: Type.Object({ why: WHY }, closed),
    },
    grant: {
      title: words('裁定认领成立', 'Grant the claim'),
      from: ['ruling'],
      to: 'granted',
      who: DECIDE,
      look: 'primary',
      form: Type.Object({ ruling: text('裁定理由', 'Reasons') }, closed),
      effects: ['standards.set-owner'],
    },
    refuse: {
      title: words('裁定认领不成立', 'Refuse the claim'),
      from: ['ruling'],
      to: 'refused',
      who: DECIDE,
      look: 'danger',
      form: Type.Object({ ruling: text('裁定理由', 'Reasons') }, closed),
    },
    withdraw: {
      title: words('撤回认领', 'Withdraw'),
      from: ['answering', 'ruling'],
      to: 'withdrawn',
      who: { opener: true },
    },
  },
})
