import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { defineModule, words } from '#runtime'
import '#platform/identity'
import '#platform/indicators'

const goal = dataset({
  id: 'supervision.goal',
  title: words('重点工作目标', 'Goal of key work'),
  about: words('工作报告分解成的目标树，带权重', 'The tree of weighted goals that a work report breaks down into'),
  source: 'city.party-office',
  schema: Type.Object({
    code: field.text(words('编号', 'Code')),
    parent: Type.Optional(field.reference(words('上级目标', 'Parent goal'), 'supervision.goal')),
    name: field.text(words('目标', 'Goal')),
    weight: field.decimal(words('权重', 'Weight'), { min: 0, max: 1 }),
    lead: field.organisation(words('牵头单位', 'Lead unit')),
    joint: field.json(words('配合单位', 'Joint units'), Type.Array(Type.String())),
    due: field.date(words('完成时限', 'Due')),
  }),
  key: ['code'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retention: 'permanent',
  scope: { organisation: 'lead' },
  quality: [
    {
      id: 'weights',
      title: words('同级权重之和为 1', 'Weights of siblings add up to 1'),
      dimension: 'consistent',
      holds: 'weight between 0 and 1',
    },
  ],
})

const task = loop({
  id: 'supervision.task',
  version: 1,
  title: words('督查事项', 'Supervised matter'),
  headline: words('{goal}：{name}', '{goal}: {name}'),
  data: Type.Object({
    goal: field.reference(words('目标', 'Goal'), 'supervision.goal'),
    name: field.text(words('事项', 'Matter')),
    lead: field.organisation(words('牵头单位', 'Lead unit')),
    joint: field.json(words('配合单位', 'Joint units'), Type.Array(Type.String())),
  }),
  start: 'assigned',
  places: {
    assigned: {
      title: words('待签收', 'To be signed'),
      kind: 'open',
      assign: { organisationIn: 'lead', right: 'supervision.task.handle' },
      clock: { limit: '2wd' },
    },
    handling: {
      title: words('办理中', 'In hand'),
      kind: 'open',
      clock: { limit: '3m', warnBefore: '10wd', atLimit: [{ urge: { right: 'supervision.urge' } }] },
    },
    joint: {
      title: words('配合办理', 'Joint handling'),
      kind: 'waiting',
      joint: { loop: 'supervision.joint-task', units: 'joint', as: 'unit', leaveBy: 'joined' },
    },
    verifying: {
      title: words('核验', 'Verification'),
      kind: 'open',
      assign: { right: 'supervision.verify' },
      clock: { limit: '5wd' },
    },
    announced: {
      title: words('结论已送达', 'Conclusion served'),
      kind: 'waiting',
      clock: {
        limit: '30d',
        basis: words('政府督查工作条例', 'Government Inspection Regulation'),
        atLimit: [{ act: 'settle' }],
      },
    },
    review: {
      title: words('复核', 'Review of the objection'),
      kind: 'open',
      assign: { right: 'supervision.review' },
      clock: { limit: '30d', basis: words('政府督查工作条例', 'Government Inspection Regulation') },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    sign: { title: words('签收', 'Sign for it'), from: ['assigned'], to: 'handling', look: 'primary' },
    invite: { title: words('提请配合', 'Ask joint units'), from: ['handling'], to: 'joint' },
    joined: {
      title: words('配合完成', 'Joint work done'),
      from: ['joint'],
      to: 'handling',
      automatic: 'joint-ended',
    },
    report: {
      title: words('上报成果', 'Report the result'),
      from: ['handling'],
      to: 'verifying',
      form: Type.Object({ result: field.longText(words('完成情况', 'Result')) }),
      evidence: 1,
    },
    pass: {
      title: words('核验通过', 'Verified'),
      from: ['verifying'],
      to: 'announced',
      notBy: ['report'],
      effects: ['supervision.score'],
    },
    reject: {
      title: words('退回重办', 'Send back'),
      from: ['verifying'],
      to: 'handling',
      notBy: ['report'],
      form: Type.Object({ reason: field.longText(words('理由', 'Reason')) }),
    },
    object: {
      title: words('提出异议', 'Object'),
      from: ['announced'],
      to: 'review',
      who: { whoDid: 'report' },
      form: Type.Object({ ground: field.longText(words('异议理由', 'Ground')) }),
    },
    uphold: { title: words('维持结论', 'Uphold'), from: ['review'], to: 'closed', notBy: ['pass'] },
    settle: {
      title: words('结论生效', 'Conclusion stands'),
      from: ['announced'],
      to: 'closed',
      automatic: 'clock',
    },
  },
})

/** 1.1 Supervision cloud against the contracts. */
export const supervision = defineModule({
  id: 'supervision',
  plan: '1.1',
  title: words('督查督办智慧云平台', 'Supervision cloud'),
  about: words(
    '市委市政府重点工作的分解、督办、核验、评分',
    'Breaks down, urges, verifies and scores the key work of the city',
  ),
  needs: ['registry', 'loops', 'indicators', 'identity'],
  folder: import.meta.dirname,
  rights: [
    { id: 'supervision.task.handle', title: words('办理督查事项', 'Handle supervised matters') },
    { id: 'supervision.verify', title: words('核验', 'Verify') },
    { id: 'supervision.urge', title: words('催办', 'Urge') },
    { id: 'supervision.review', title: words('复核', 'Review objections') },
  ],
  roles: [
    {
      id: 'supervision.officer',
      title: words('督查员', 'Supervision officer'),
      rights: { 'supervision.verify': 'city', 'supervision.urge': 'city' },
    },
  ],
  auditEvents: [
    { id: 'supervision.goal.imported', title: words('导入目标树', 'Tree of goals imported'), kind: 'write' },
  ],
  datasets: [goal],
  loops: [task],
  indicators: [
    {
      id: 'supervision.spi',
      title: words('进度绩效指数', 'Schedule performance index'),
      about: words('已完成权重与计划权重之比', 'Earned weight over planned weight'),
      unit: '1',
      period: 'month',
      dimension: 'organisation',
      better: 'higher',
      revision: words('每次核验后重算', 'Computed again after each verification'),
      source: 'city.party-office',
      decimals: 2,
      compute: 'supervision.spi',
    },
  ],
})
