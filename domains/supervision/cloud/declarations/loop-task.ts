import { Type } from 'typebox'
import { clockOf, inspection, type LimitStep, loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { ladderPack } from '../rules/ladder.ts'
import { QUALITIES } from './datasets.ts'

const closed = { additionalProperties: false } as const
const HANDLE = { organisationIn: 'lead', right: 'supervision.cloud.handle' } as const
const LEAD = { organisationIn: 'lead', right: 'supervision.cloud.lead' } as const
const VERIFY = { right: 'supervision.cloud.verify' } as const
const local = words('本地督办规则，待确认', 'Local scheme of urging, to be confirmed')
const reason = field.longText(words('理由', 'Reason'), { min: 1, max: 2000 })
const { steps, signWithin, deemedAfter, checkWithin, extensionAnswerWithin } = ladderPack.tables

const ladder: readonly LimitStep[] = steps.map(({ step, workingDaysLate }) => ({
  act: `ladder-${step}`,
  ...(workingDaysLate > 0 ? { after: `${workingDaysLate}wd` } : {}),
}))
/** To the date of the next milestone. */
const MILESTONE = { limit: { field: 'due' }, warnBefore: '10wd', rollover: false, basis: local } as const
const climb = (step: string, zh: string, en: string) =>
  ({
    title: words(zh, en),
    from: ['handling', 'joint'],
    automatic: 'clock',
    effects: [`supervision.cloud.ladder-${step}`],
  }) as const
const NEXT = { choose: 'supervision.cloud.next', among: ['handling', 'announced'] } as const

/**
 * A task of the plan: signed for, worked on, each milestone reported with evidence and checked by another, or closed by its
 * indicator; the conclusion can be objected to and reviewed.
 */
export const taskLoop = loop({
  id: 'supervision.cloud.task',
  version: 3,
  title: words('督查事项', 'Supervised matter'),
  about: words(
    '交办、签收、报进展、按节点上报成果、他人核验、结论异议与复核、办结',
    'Assign, sign for, report progress, report each milestone, check by another, objection and review, close',
  ),
  data: Type.Object(
    {
      node: field.reference(words('任务编号', 'Number of the task'), 'supervision.cloud.node', { internal: true }),
      name: field.text(words('任务', 'Task'), { max: 300 }),
      lead: field.organisation(words('牵头单位', 'Lead unit')),
      joint: field.organisations(words('配合单位', 'Joint units'), { min: 0, max: 60 }),
      division: Type.Optional(field.division(words('区县', 'County'))),
      due: field.date(words('当前节点时限', 'Next milestone due')),
      milestone: Type.Optional(field.text(words('上报的节点', 'Milestone handed in'), { max: 40 })),
      result: Type.Optional(field.longText(words('完成情况', 'Result'), { max: 4000 })),
      wished: Type.Optional(field.date(words('申请延期至', 'Extension wished for'))),
      letters: Type.Optional(field.json(words('督办文书', 'Letters of supervision'), Type.Array(Type.String()))),
    },
    closed,
  ),
  headline: words('{name}', '{name}'),
  division: 'division',
  readers: [
    { right: 'supervision.cloud.read', of: { field: 'lead' } },
    { right: 'supervision.cloud.read', of: { field: 'joint' } },
  ],
  start: 'assigned',
  places: {
    assigned: {
      title: words('待签收', 'To be signed for'),
      kind: 'open',
      assign: HANDLE,
      clock: {
        limit: signWithin,
        basis: local,
        atLimit: [{ urge: { holder: true } }, { act: 'deem-signed', after: deemedAfter }],
      },
      // Not signing for it does not make a milestone wait.
      beside: MILESTONE,
    },
    reassigning: {
      title: words('重新确定责任单位', 'Finding the right unit'),
      kind: 'open',
      assign: VERIFY,
      clock: { limit: checkWithin, basis: local },
    },
    handling: {
      title: words('办理中', 'In hand'),
      kind: 'open',
      assign: HANDLE,
      clock: { ...MILESTONE, atLimit: ladder },
    },
    joint: {
      title: words('配合单位办理', 'Joint units at work'),
      kind: 'waiting',
      clock: { limit: { field: 'due' }, rollover: false, basis: local, atLimit: ladder },
      joint: {
        loop: 'supervision.cloud.joint-task',
        units: 'joint',
        as: 'unit',
        leaveBy: 'joined',
        cancelBy: 'cancel',
      },
    },
    extending: {
      title: words('延期审批', 'Extension asked for'),
      kind: 'open',
      assign: VERIFY,
      clock: { limit: extensionAnswerWithin, basis: local },
    },
    verifying: {
      title: words('核验', 'Being checked'),
      kind: 'open',
      assign: VERIFY,
      clock: { limit: checkWithin, basis: local },
    },
    announced: {
      title: words('结论已送达', 'Conclusion served'),
      kind: 'waiting',
      clock: { ...clockOf(inspection, 'object'), atLimit: [{ act: 'settle' }] },
    },
    review: {
      title: words('复核', 'Review of the objection'),
      kind: 'open',
      assign: { right: 'supervision.cloud.review' },
      clock: clockOf(inspection, 'review'),
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
    failed: { title: words('未完成销号', 'Closed as not achieved'), kind: 'end', outcome: 'refused' },
    merged: { title: words('已合并', 'Merged'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    accept: { title: words('签收', 'Sign for it'), from: ['assigned'], to: NEXT, look: 'primary' },
    'deem-signed': {
      title: words('逾期未签收，视为签收', 'Not signed for in time: deemed signed'),
      from: ['assigned'],
      to: NEXT,
      automatic: 'clock',
    },
    decline: {
      title: words('不属本单位职责', 'Not ours'),
      from: ['assigned'],
      to: 'reassigning',
      form: Type.Object({ reason }, closed),
    },
    reassign: {
      title: words('重新交办', 'Give it to a unit'),
      from: ['reassigning'],
      to: 'assigned',
      look: 'primary',
      form: Type.Object({ lead: field.organisation(words('牵头单位', 'Lead unit')), reason }, closed),
      guards: ['supervision.cloud.known-unit'],
      effects: ['supervision.cloud.change-lead'],
    },
    progress: {
      title: words('报进展', 'Report progress'),
      from: ['handling', 'joint'],
      who: [HANDLE, { organisationIn: 'joint', right: 'supervision.cloud.handle' }],
      form: Type.Object(
        { text: field.longText(words('本月进展', 'Progress this month'), { min: 1, max: 4000 }) },
        closed,
      ),
      effects: ['supervision.cloud.note-progress'],
    },
    invite: {
      title: words('提请配合单位办理', 'Ask the joint units'),
      from: ['handling'],
      to: 'joint',
      times: 5,
      guards: ['supervision.cloud.has-joint'],
    },
    joined: { title: words('配合完成', 'Joint work done'), from: ['joint'], to: NEXT, automatic: 'joint-ended' },
    report: {
      title: words('上报节点成果', 'Report a milestone'),
      from: ['handling'],
      to: 'verifying',
      look: 'primary',
      form: Type.Object(
        {
          milestone: Type.Optional(
            field.text(words('节点编号（不填则为最近未完成的节点）', 'Milestone (the next open one if left empty)'), {
              max: 40,
            }),
          ),
          result: field.longText(words('完成情况', 'Result'), { min: 1, max: 4000 }),
        },
        closed,
      ),
      evidence: 1,
      guards: ['supervision.cloud.reportable'],
      effects: ['supervision.cloud.note-report'],
    },
    pass: {
      title: words('核验通过', 'Passes the check'),
      from: ['verifying'],
      to: NEXT,
      who: VERIFY,
      notBy: ['report', 'progress'],
      look: 'primary',
      form: Type.Object({ quality: field.code(words('完成质量', 'Quality'), QUALITIES) }, closed),
      effects: ['supervision.cloud.achieve'],
    },
    reject: {
      title: words('退回重办', 'Send back'),
      from: ['verifying'],
      to: NEXT,
      who: VERIFY,
      notBy: ['report', 'progress'],
      look: 'danger',
      form: Type.Object({ reason }, closed),
      effects: ['supervision.cloud.send-back'],
    },
    measured: {
      title: words('指标达标', 'The indicator shows it'),
      from: ['handling'],
      to: NEXT,
      automatic: 'service',
      effects: ['supervision.cloud.next-due'],
    },
    'ask-extension': {
      title: words('申请延期', 'Ask for more time'),
      from: ['handling'],
      to: 'extending',
      times: 1,
      form: Type.Object({ wished: field.date(words('申请延期至', 'Extension wished for')), reason }, closed),
      guards: ['supervision.cloud.extendable'],
    },
    grant: {
      title: words('同意延期', 'Grant it'),
      from: ['extending'],
      to: NEXT,
      who: VERIFY,
      notBy: ['ask-extension'],
      look: 'primary',
      effects: ['supervision.cloud.extend'],
    },
    refuse: {
      title: words('不同意延期', 'Refuse it'),
      from: ['extending'],
      to: NEXT,
      who: VERIFY,
      notBy: ['ask-extension'],
      form: Type.Object({ reason }, closed),
    },
    conclude: {
      title: words('认定未完成', 'Find it not achieved'),
      from: ['assigned', 'handling', 'joint'],
      to: 'announced',
      who: VERIFY,
      notBy: ['report', 'progress'],
      look: 'danger',
      form: Type.Object({ reason }, closed),
    },
    'ladder-urge': climb('urge', '催办', 'Urged'),
    'ladder-letter': climb('letter', '发督办函', 'Supervision letter'),
    'ladder-circular': climb('circular', '通报', 'Named in a circular'),
    'ladder-interview': climb('interview', '约谈', 'Called for an interview'),
    object: {
      title: words('对结论提出异议', 'Object to the conclusion'),
      from: ['announced'],
      to: 'review',
      who: LEAD,
      times: 1,
      form: Type.Object({ ground: field.longText(words('异议理由', 'Ground'), { min: 1, max: 4000 }) }, closed),
    },
    uphold: {
      title: words('维持结论', 'Uphold'),
      from: ['review'],
      to: { choose: 'supervision.cloud.ending', among: ['closed', 'failed'] },
      notBy: ['pass', 'conclude', 'object'],
      look: 'primary',
      form: Type.Object({ reason }, closed),
      effects: ['supervision.cloud.finish'],
    },
    overturn: {
      title: words('撤销结论，重新办理', 'Set aside and take up again'),
      from: ['review'],
      to: 'handling',
      notBy: ['pass', 'conclude', 'object'],
      form: Type.Object({ reason }, closed),
      effects: ['supervision.cloud.set-aside'],
    },
    settle: {
      title: words('期满无异议，结论生效', 'No objection: it stands'),
      from: ['announced'],
      to: { choose: 'supervision.cloud.ending', among: ['closed', 'failed'] },
      automatic: 'clock',
      effects: ['supervision.cloud.finish'],
    },
    merge: {
      title: words('并入其他事项', 'Merged into another'),
      from: ['assigned', 'reassigning', 'handling', 'joint', 'extending', 'verifying'],
      to: 'merged',
      automatic: 'service',
    },
  },
  // Accepting is the signature here.
  without: ['loops.return', 'loops.sign'],
})

/** A joint unit's part of a task. */
export const jointTaskLoop = loop({
  id: 'supervision.cloud.joint-task',
  version: 1,
  title: words('配合事项', 'Part of a joint unit'),
  data: Type.Object(
    {
      node: field.reference(words('任务编号', 'Task'), 'supervision.cloud.node'),
      name: field.text(words('任务', 'Task'), { max: 300 }),
      lead: field.organisation(words('牵头单位', 'Lead unit')),
      unit: field.organisation(words('配合单位', 'Joint unit')),
      due: field.date(words('时限', 'Due')),
      text: Type.Optional(field.longText(words('完成情况', 'Result'), { max: 4000 })),
    },
    closed,
  ),
  headline: words('【配合】{name}', '[Joint] {name}'),
  readers: [{ right: 'supervision.cloud.read', of: { field: 'lead' } }],
  start: 'handling',
  places: {
    handling: {
      title: words('配合办理', 'In hand'),
      kind: 'open',
      assign: { organisationIn: 'unit', right: 'supervision.cloud.handle' },
      clock: { limit: { field: 'due' }, rollover: false, basis: local, atLimit: [{ urge: { holder: true } }] },
    },
    checking: {
      title: words('牵头单位确认', 'Lead unit confirms'),
      kind: 'open',
      assign: HANDLE,
      clock: { limit: checkWithin, basis: local },
    },
    done: { title: words('完成', 'Done'), kind: 'end', outcome: 'done' },
    cancelled: { title: words('取消', 'Cancelled'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    report: {
      title: words('上报配合情况', 'Report'),
      from: ['handling'],
      to: 'checking',
      look: 'primary',
      form: Type.Object({ text: field.longText(words('完成情况', 'Result'), { min: 1, max: 4000 }) }, closed),
      evidence: 1,
    },
    confirm: {
      title: words('确认', 'Confirm'),
      from: ['checking'],
      to: 'done',
      who: HANDLE,
      notBy: ['report'],
      look: 'primary',
    },
    'send-back': {
      title: words('退回', 'Send back'),
      from: ['checking'],
      to: 'handling',
      who: HANDLE,
      notBy: ['report'],
      form: Type.Object({ reason }, closed),
    },
    cancel: {
      title: words('取消', 'Cancel'),
      from: ['handling', 'checking'],
      to: 'cancelled',
      automatic: 'service',
    },
  },
  without: ['loops.return'],
})

/**
 * The course of an instruction. It carries no word of the content: text and answers are kept apart and shown only to those
 * named, because those who oversee all matters see this one too.
 */
export const instructionLoop = loop({
  id: 'supervision.cloud.instruction',
  version: 1,
  title: words('批示件', 'Instruction'),
  data: Type.Object(
    {
      instruction: field.text(words('批示件', 'Instruction'), { max: 40 }),
      number: field.text(words('编号', 'Number'), { max: 40 }),
      posts: field.json(words('承办岗位', 'Posts that handle it'), Type.Array(Type.String())),
      due: field.date(words('反馈时限', 'Answer due')),
    },
    closed,
  ),
  headline: words('批示件 {number}', 'Instruction {number}'),
  start: 'handling',
  places: {
    handling: {
      title: words('办理', 'In hand'),
      kind: 'open',
      assign: { postIn: 'posts' },
      clock: { limit: { field: 'due' }, rollover: false, atLimit: [{ urge: { holder: true } }] },
    },
    answered: { title: words('待领导阅', 'Before the leader'), kind: 'open', assign: { opener: true } },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    answer: {
      title: words('已反馈', 'Answered'),
      from: ['handling'],
      to: 'answered',
      guards: ['supervision.cloud.has-answer'],
      look: 'primary',
    },
    accept: {
      title: words('阅，办结', 'Read and closed'),
      from: ['answered'],
      to: 'closed',
      who: { opener: true },
      notBy: ['answer'],
      look: 'primary',
    },
    'ask-again': {
      title: words('继续办理', 'Go on with it'),
      from: ['answered'],
      to: 'handling',
      who: { opener: true },
      notBy: ['answer'],
    },
  },
  without: ['loops.return', 'loops.instruct', 'loops.transfer'],
})
