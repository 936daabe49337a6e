import { Type } from 'typebox'
import { field } from '#platform/registry'
import { clockOf, loop } from '../../contract.ts'
import { criminal } from '../../rules/laws/criminal.ts'
import { licensing } from '../../rules/laws/licensing.ts'
import { mediation } from '../../rules/laws/mediation.ts'
import { penalty } from '../../rules/laws/penalty.ts'
import { act, common, done, open, refused, t, text, waiting, withdrawn } from './parts.ts'

/** 4.1 A criminal case: natural days, custody that never rolls over, hand-overs, two supplementary inquiries. */
export const criminalCase = loop({
  id: 'cities.case',
  version: 1,
  title: t('刑事案件', 'Criminal case'),
  headline: t('{name}', '{name}'),
  data: Type.Object(common),
  division: 'division',
  start: 'detained',
  places: {
    detained: open('刑事拘留', 'Detained', 'first', {
      clock: { ...clockOf(criminal, 'request-arrest'), warnBefore: '1d' },
    }),
    arrestReview: open('审查逮捕', 'Arrest review', 'second', {
      clock: clockOf(criminal, 'review-arrest'),
    }),
    investigating: open('侦查羁押', 'Investigation in custody', 'first', {
      clock: clockOf(criminal, 'investigate'),
    }),
    prosecution: open('审查起诉', 'Prosecution review', 'second', {
      clock: clockOf(criminal, 'prosecute'),
    }),
    supplementing: open('补充侦查', 'Supplementary inquiry', 'first', {
      clock: clockOf(criminal, 'supplement'),
    }),
    trial: open('一审', 'First instance', 'third', {
      clock: clockOf(criminal, 'trial'),
    }),
    judged: done('判决生效', 'Judged'),
    released: withdrawn('撤案释放', 'Released'),
  },
  actions: {
    longer: act('延长提请期限', 'Longer until request', 'detained', 'detained', {
      form: Type.Object(
        { by: field.text(t('延长', 'By'), { pattern: '^([1-4]|27)d$' }) },
        { additionalProperties: false },
      ),
      clock: { extend: { field: 'by' } },
    }),
    request: act('提请逮捕', 'Request arrest', 'detained', 'arrestReview', { evidence: 1 }),
    arrest: act('批准逮捕', 'Approve arrest', 'arrestReview', 'investigating'),
    release: act('不批准逮捕', 'Do not approve', 'arrestReview', 'released'),
    transfer: act('移送起诉', 'Hand over for prosecution', 'investigating', 'prosecution', { evidence: 1 }),
    supplement: act('退回补充侦查', 'Back for inquiry', 'prosecution', 'supplementing', {
      times: 2,
      form: text('事项', 'What'),
    }),
    again: act('重新移送', 'Hand over again', 'supplementing', 'prosecution'),
    prosecute: act('提起公诉', 'Prosecute', 'prosecution', 'trial'),
    judge: act('宣判', 'Judge', 'trial', 'judged'),
  },
  without: ['loops.transfer', 'loops.merge'],
})

/** 3.8 A visit to a firm: unscanned is an incident, penalty within 90 natural days, decided by others than who checked. */
export const inspection = loop({
  id: 'cities.inspection',
  version: 1,
  title: t('涉企检查', 'Inspection of a firm'),
  headline: t('{name}', '{name}'),
  data: Type.Object({ ...common, scanned: Type.Optional(field.boolean(t('企业已扫码', 'Firm has scanned'))) }),
  division: 'division',
  start: 'planned',
  places: {
    planned: open('待入企', 'Planned', 'first'),
    checking: open('检查中', 'On site', 'first', { clock: { limit: '2hwd' } }),
    rectifying: waiting('企业整改', 'Firm mends', {
      clock: { limit: '15d', atLimit: [{ urge: { right: 'cities.first' } }] },
    }),
    filed: open('立案', 'Filed', 'second', {
      clock: clockOf(penalty, 'decide'),
    }),
    legal: open('法制审核', 'Legal review', 'third'),
    fine: done('检查合格', 'In order'),
    punished: done('处罚结案', 'Penalty closed'),
  },
  actions: {
    scan: act('企业扫码', 'Firm scans', 'planned', 'checking', { automatic: 'service' }),
    fine: act('合格', 'In order', 'checking', 'fine', { evidence: 1 }),
    mend: act('责令整改', 'Order to mend', 'checking', 'rectifying', { form: text('问题', 'Faults') }),
    recheck: act('复查合格', 'Mended', 'rectifying', 'fine', { who: { right: 'cities.first' }, notBy: ['mend'] }),
    file: act('立案', 'File', 'checking rectifying', 'filed', { who: { right: 'cities.first' } }),
    review: act('送法制审核', 'To legal review', 'filed', 'legal'),
    punish: act('处罚决定', 'Decide', 'legal', 'punished', { notBy: ['file', 'review'] }),
  },
})

/** 4.3 Mediation: voluntary at every step, court always open, 30 days to ask for confirmation. */
export const dispute = loop({
  id: 'cities.dispute',
  version: 1,
  title: t('矛盾纠纷', 'Dispute'),
  headline: t('{name}', '{name}'),
  data: Type.Object(common),
  division: 'division',
  start: 'applied',
  places: {
    applied: open('待受理', 'Applied', 'first', {
      clock: { limit: '3wd', atLimit: [{ urge: { right: 'cities.arbitrate' } }] },
    }),
    mediating: open('调解中', 'Mediation', 'second', { clock: { limit: '30d' } }),
    agreed: open('达成协议', 'Agreed', 'second', {
      clock: { ...clockOf(mediation, 'confirm'), atLimit: [{ act: 'notConfirmed' }] },
    }),
    performing: open('履行跟踪', 'Performance', 'second', { clock: { limit: '6m' } }),
    closed: done('履行完毕', 'Performed'),
    court: withdrawn('转诉讼', 'To court'),
  },
  actions: {
    accept: act('受理', 'Accept', 'applied', 'mediating'),
    agree: act('达成协议', 'Agree', 'mediating', 'agreed', { evidence: 1 }),
    confirm: act('申请司法确认', 'Ask the court to confirm', 'agreed', 'performing'),
    notConfirmed: act('未申请确认', 'Not asked in time', 'agreed', 'performing', { automatic: 'clock' }),
    perform: act('履行完毕', 'Performed', 'performing', 'closed', { notBy: [] }),
    sue: act('退出并诉讼', 'Leave and sue', '*', 'court', { who: [{ opener: true }, { holder: true }] }),
  },
})

/** 5.1 A service case: silence counts as acceptance, one supplement, joint units share the term. */
export const service = loop({
  id: 'cities.service',
  version: 1,
  title: t('政务服务办件', 'Service case'),
  headline: t('{name}', '{name}'),
  data: Type.Object({ ...common, units: field.json(t('并联单位', 'Joint units'), Type.Array(Type.String())) }),
  division: 'division',
  start: 'submitted',
  clock: {
    ...clockOf(licensing, 'joint'),
    from: 'joint',
    pausable: true,
    extension: { by: licensing.tables.terms.joint.extension, who: { right: 'cities.arbitrate' } },
  },
  places: {
    submitted: open('待受理', 'Submitted', 'first', {
      clock: { ...clockOf(licensing, 'ask'), atLimit: [{ act: 'deemed' }] },
    }),
    correcting: waiting('补正', 'To be corrected', { assign: { opener: true } }),
    joint: waiting('并联审批', 'Joint decision', {
      joint: { loop: 'cities.share', units: 'units', as: 'unit', leaveBy: 'joined', sharesClock: true },
    }),
    delivering: open('送达', 'To be delivered', 'first', {
      clock: clockOf(licensing, 'deliver'),
    }),
    delivered: done('办结', 'Delivered'),
    rejected: refused('不予受理', 'Not accepted'),
  },
  actions: {
    accept: act('受理', 'Accept', 'submitted', 'joint'),
    deemed: act('视为受理', 'Deemed accepted', 'submitted', 'joint', { automatic: 'clock' }),
    askOnce: act('一次性告知', 'Ask once', 'submitted', 'correcting', {
      times: 1,
      form: text('缺少', 'Missing'),
      clock: { pause: true },
    }),
    correct: act('补正', 'Correct', 'correcting', 'submitted', { who: { opener: true }, clock: { resume: true } }),
    reject: act('不予受理', 'Do not accept', 'submitted', 'rejected', { form: text('理由', 'Reason') }),
    joined: act('并联办结', 'All decided', 'joint', 'delivering', { automatic: 'joint-ended' }),
    deliver: act('送达', 'Deliver', 'delivering', 'delivered'),
  },
  evaluation: Type.Object({ stars: field.integer(t('满意度', 'Stars'), { min: 1, max: 5 }) }),
})
