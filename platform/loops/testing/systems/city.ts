import { Type } from 'typebox'
import { field } from '#platform/registry'
import { loop } from '../../contract.ts'
import { act, common, done, open, refused, t, text, waiting } from './parts.ts'

/** 1.1 Key work: evidence checked by another or by a live indicator, urge ladder, objection and review of 30 days each. */
export const keyWork = loop({
  id: 'cities.work',
  version: 1,
  title: t('重点工作', 'Key work'),
  headline: t('{name}', '{name}'),
  data: Type.Object({ ...common, due: field.date(t('完成时限', 'Due')) }),
  division: 'division',
  start: 'assigned',
  clock: {
    limit: { field: 'due' },
    warnBefore: '10wd',
    atLimit: [
      { urge: { holder: true } },
      { urge: { right: 'cities.arbitrate' }, after: '5wd' },
      { urge: { right: 'loops.instruct' }, after: '10wd' },
    ],
    extension: { by: '1m', who: { right: 'cities.arbitrate' } },
  },
  refusal: { to: { right: 'cities.arbitrate' }, subject: ['name'] },
  places: {
    assigned: open('待签收', 'Assigned', 'first', { clock: { limit: '2wd' } }),
    doing: open('办理中', 'In hand', 'first'),
    verifying: open('核验', 'To be verified', 'second', { clock: { limit: '5wd' } }),
    measuring: waiting('等待指标', 'Waits for the indicator'),
    concluded: open('结论异议期', 'Conclusion may be objected to', 'first', {
      clock: {
        limit: '30d',
        basis: t('政府督查工作条例第二十条', 'Government Inspection Regulation art. 20'),
        atLimit: [{ act: 'final' }],
      },
    }),
    reviewing: open('复核', 'Review', 'third', { clock: { limit: '30d' } }),
    closed: done('办结', 'Closed'),
  },
  actions: {
    begin: act('签收办理', 'Begin', 'assigned', 'doing'),
    report: act('上报完成', 'Report', 'doing', 'verifying', { evidence: 1, form: text('进展', 'Progress') }),
    passed: act('核验通过', 'Passed', 'verifying', 'concluded', { notBy: ['report', 'begin'] }),
    measure: act('转指标核验', 'Let the indicator say', 'verifying', 'measuring', { notBy: ['report'] }),
    measured: act('指标达标', 'The indicator shows it', 'measuring', 'concluded', { automatic: 'warning-cleared' }),
    failed: act('核验不通过', 'Send back', 'verifying', 'doing', { form: text('理由', 'Reason') }),
    object: act('提出异议', 'Object', 'concluded', 'reviewing', { times: 1, form: text('异议', 'Objection') }),
    reviewed: act('复核结论', 'Review decides', 'reviewing', 'closed', { notBy: ['passed'] }),
    final: act('期满生效', 'No objection in time', 'concluded', 'closed', { automatic: 'clock' }),
    accepted: act('无异议', 'No objection', 'concluded', 'closed'),
  },
})

/** 4.2 A grid event: disputes arbitrated once and remembered, hours and half days, checked by somebody else. */
export const gridEvent = loop({
  id: 'cities.grid',
  version: 1,
  title: t('网格事件', 'Grid event'),
  headline: t('{category}：{name}', '{category}: {name}'),
  data: Type.Object({
    ...common,
    category: field.text(t('类别', 'Category')),
    term: field.text(t('时限', 'Term'), { pattern: '^(2h|1wd|1hwd|3wd|5wd)$' }),
  }),
  division: 'division',
  start: 'accepted',
  clock: { limit: { field: 'term' }, from: 'handling', atLimit: [{ urge: { right: 'cities.arbitrate' } }] },
  refusal: { to: { right: 'cities.arbitrate' }, subject: ['category', 'division'] },
  places: {
    accepted: open('待派遣', 'To be sent', 'third', { clock: { limit: '30min' } }),
    handling: open('处置', 'In hand', 'first'),
    checking: open('核查', 'To be checked', 'second', { clock: { limit: '1hwd' } }),
    closed: done('结案', 'Closed'),
    void: refused('不予受理', 'Not a matter'),
  },
  actions: {
    send: act('派遣', 'Send', 'accepted', 'handling'),
    drop: act('不予受理', 'Do not accept', 'accepted', 'void', { form: text('理由', 'Reason') }),
    handled: act('处置完成', 'Handled', 'handling', 'checking', { evidence: 1 }),
    passed: act('核查通过', 'Passed', 'checking', 'closed', { notBy: ['handled'] }),
    again: act('返工', 'Again', 'checking', 'handling', { form: text('问题', 'Fault') }),
  },
})

/** 5.5 A demand of any channel: dispatch, one return, revisit by another, taken up again on "not solved". */
export const demand = loop({
  id: 'cities.demand',
  version: 1,
  title: t('群众诉求', 'Demand'),
  headline: t('{name}', '{name}'),
  data: Type.Object({
    ...common,
    unit: field.organisation(t('承办单位', 'Unit')),
    topic: field.text(t('主题', 'Topic')),
  }),
  division: 'division',
  start: 'sent',
  clock: {
    limit: '5wd',
    basis: t('12345热线管理办法', 'Hotline by-law'),
    extension: { by: '5wd', who: { right: 'cities.arbitrate' } },
  },
  refusal: { to: { right: 'cities.arbitrate' }, subject: ['topic'] },
  places: {
    sent: open('已派单', 'Sent', 'first', { assign: { organisationIn: 'unit', right: 'cities.first' } }),
    revisiting: open('回访', 'Revisit', 'second', { clock: { limit: '2wd' } }),
    closed: done('办结', 'Closed'),
  },
  actions: {
    answer: act('答复', 'Answer', 'sent', 'revisiting', { form: text('答复', 'Answer') }),
    solved: act('已解决', 'Solved', 'revisiting', 'closed', { notBy: ['answer'] }),
    notSolved: act('未解决，重办', 'Not solved', 'revisiting', 'sent', { notBy: ['answer'] }),
  },
  reopen: { within: '30d', to: 'sent' },
  evaluation: Type.Object({ stars: field.integer(t('满意度', 'Stars'), { min: 1, max: 5 }) }),
})

/** 9.3 A reading of images with a turnaround in minutes, signed by a second reader. */
export const reading = loop({
  id: 'cities.reading',
  version: 1,
  title: t('影像诊断', 'Reading of images'),
  headline: t('{name}', '{name}'),
  data: Type.Object({ ...common, turnaround: field.text(t('时限', 'Turnaround'), { pattern: '^(30min|24h)$' }) }),
  division: 'division',
  start: 'acquired',
  clock: { limit: { field: 'turnaround' }, warnBefore: '10min' },
  places: {
    acquired: open('待阅片', 'To be read', 'first'),
    signing: open('待审签', 'To be signed', 'second'),
    signed: done('已签发', 'Signed'),
  },
  actions: {
    read: act('书写报告', 'Write the report', 'acquired', 'signing', { form: text('所见', 'Findings') }),
    sign: act('审核签发', 'Sign', 'signing', 'signed', { notBy: ['read'] }),
    back: act('退回修改', 'Send back', 'signing', 'acquired', { form: text('意见', 'Remarks') }),
  },
})

/** 14.1 A project: gates, payment against milestones, use judged from logs a year later. */
export const project = loop({
  id: 'cities.project',
  version: 1,
  title: t('政务信息化项目', 'Project'),
  headline: t('{name}', '{name}'),
  data: Type.Object(common),
  division: 'division',
  start: 'filed',
  places: {
    filed: open('备案', 'Filed', 'first'),
    reviewing: open('评审', 'Review', 'second', {
      clock: { limit: '20wd', atLimit: [{ urge: { right: 'cities.arbitrate' } }] },
    }),
    building: open('建设', 'Build', 'first'),
    accepting: open('验收', 'Acceptance', 'second', { clock: { limit: '20wd' } }),
    inUse: waiting('使用', 'In use', { clock: { limit: '1y', atLimit: [{ act: 'evaluate' }] } }),
    evaluating: open('后评价', 'Post-evaluation', 'third', { clock: { limit: '3m' } }),
    closed: done('归档', 'Closed'),
    refused: refused('不予立项', 'Refused'),
  },
  actions: {
    submit: act('送审', 'Submit', 'filed', 'reviewing', { evidence: 1 }),
    approve: act('批复', 'Approve', 'reviewing', 'building', { notBy: ['submit'] }),
    refuse: act('不予立项', 'Refuse', 'reviewing', 'refused', { form: text('理由', 'Reason') }),
    change: act('变更', 'Change', 'building', 'building', { form: text('变更', 'Change') }),
    finish: act('申请验收', 'Ask for acceptance', 'building', 'accepting', { evidence: 1 }),
    accept: act('验收通过', 'Accept', 'accepting', 'inUse', { notBy: ['finish'] }),
    mend: act('整改', 'Mend', 'accepting', 'building', { form: text('问题', 'Faults') }),
    evaluate: act('启动后评价', 'Evaluate', 'inUse', 'evaluating', { automatic: 'clock' }),
    archive: act('归档', 'Archive', 'evaluating', 'closed'),
  },
})

/** A joint unit's share of a service case. */
export const share = loop({
  id: 'cities.share',
  version: 1,
  title: t('并联事项', 'Joint share'),
  headline: t('{name}（{unit}）', '{name} ({unit})'),
  data: Type.Object({ name: field.text(t('名称', 'Name')), unit: field.organisation(t('单位', 'Unit')) }),
  start: 'deciding',
  clock: { limit: '45d' },
  places: {
    deciding: open('审批', 'Decide', 'fourth', { assign: { organisationIn: 'unit', right: 'cities.fourth' } }),
    decided: done('办结', 'Decided'),
  },
  actions: { decide: act('审批', 'Decide', 'deciding', 'decided') },
})
