import { sql } from 'kysely'
import { identity } from '#platform/identity'
import type { Choice, Effect, Guard, Hooks, LoopInstance } from '#platform/loops'
import { notices } from '#platform/notices'
import { type App, dayAt, formatDay, type Work, words } from '#runtime'
import type { Step } from '../rules/score.ts'
import { writeLetter } from './letter/write-letter.ts'
import { getNode, milestonesOf, type Node, saveNodes, without } from './nodes.ts'

const dayOf = (work: Work): string => formatDay(dayAt(work.at.getTime()))
const isOpen = ({ achievedOn }: Node): boolean => achievedOn === undefined

async function taskOf(app: App, work: Work, instance: LoopInstance) {
  const task = await getNode(app, work, String(instance.data.node))
  return { task, milestones: await milestonesOf(app, work, task) }
}

/** What the matter carries of its task now: the next date to keep. */
const nextDue = (milestones: readonly Node[], fallback: unknown): string =>
  milestones.find((one) => isOpen(one) && one.reportedOn === undefined)?.due ??
  milestones.find(isOpen)?.due ??
  String(fallback)

/** Hooks of the task loop; names are those of its definition. */
export const taskHooks = (app: App): Hooks => ({
  choices: {
    next: async (work, instance) =>
      (await taskOf(app, work, instance)).milestones.some(isOpen) ? 'handling' : 'announced',
    ending: async (work, instance) =>
      (await taskOf(app, work, instance)).milestones.some(isOpen) ? 'failed' : 'closed',
  } satisfies Record<string, Choice>,
  guards: {
    reportable: reportable(app),
    extendable: extendable(app),
    'known-unit': async (work, _instance, form) =>
      (await app.use(identity).organisation(String(form.lead), work.tx))
        ? null
        : words('没有这个单位', 'There is no such unit'),
    'has-joint': async (_work, { data }) =>
      Array.isArray(data.joint) && data.joint.length > 0 ? null : words('没有配合单位', 'There are no joint units'),
    'has-answer': async (work, { data }) => {
      const { rows } = await sql`select 1 from supervision_cloud.instruction_answer
        where instruction = ${String(data.instruction)} limit 1`.execute(work.tx)
      return rows.length > 0 ? null : words('请先在批示页面反馈', 'Answer on the page of the instruction first')
    },
  },
  effects: {
    'change-lead': async (work, instance, form) => {
      const { task } = await taskOf(app, work, instance)
      await saveNodes(app, work, [{ ...task, lead: String(form.lead) }])
      return undefined
    },
    'note-progress': async (work, instance, form) => {
      await sql`insert into supervision_cloud.progress (node, loop, unit, text, by, at)
        values (${String(instance.data.node)}, ${instance.id}, ${work.actor.organisation ?? ''}, ${String(form.text)},
          ${work.actor.id}, ${work.at})`.execute(work.tx)
      return undefined
    },
    'note-report': async (work, instance, form) => {
      const { milestones } = await taskOf(app, work, instance)
      const milestone = handedIn(milestones, form)
      if (!milestone) return undefined
      await saveNodes(app, work, [{ ...milestone, reportedOn: dayOf(work) }])
      return { milestone: milestone.id }
    },
    'send-back': async (work, instance) => {
      const milestone = await getNode(app, work, String(instance.data.milestone))
      await saveNodes(app, work, [without(milestone, 'reportedOn')])
      return { due: milestone.due ?? instance.data.due }
    },
    achieve: achieve(app),
    'next-due': async (work, instance) => {
      const { milestones } = await taskOf(app, work, instance)
      return { due: nextDue(milestones, instance.data.due) }
    },
    extend: async (work, instance) => {
      const { milestones } = await taskOf(app, work, instance)
      const next = milestones.find(isOpen)
      const wished = String(instance.data.wished)
      if (next) await saveNodes(app, work, [{ ...next, due: wished }])
      return { due: wished }
    },
    finish: async (work, instance) => {
      const { task, milestones } = await taskOf(app, work, instance)
      await saveNodes(app, work, [{ ...task, state: milestones.some(isOpen) ? 'failed' : 'done' }])
      return undefined
    },
    'set-aside': async (work, instance) => {
      const { milestones } = await taskOf(app, work, instance)
      if (milestones.some(isOpen)) return undefined
      const last = milestones.find(({ id }) => id === instance.data.milestone) ?? milestones.at(-1)
      if (!last) return undefined
      await saveNodes(app, work, [
        { ...without(last, 'achievedOn', 'proof', 'proofOf', 'quality', 'reportedOn'), state: 'open' },
      ])
      return { due: last.due ?? instance.data.due }
    },
    'ladder-urge': climb(app, 'urge'),
    'ladder-letter': climb(app, 'letter'),
    'ladder-circular': climb(app, 'circular'),
    'ladder-interview': climb(app, 'interview'),
  },
})

const reportableOf = (milestones: readonly Node[]) => milestones.filter((one) => isOpen(one) && one.live === undefined)

/** The milestone that a report names, or the next one; those with an indicator cannot be reported. */
const handedIn = (milestones: readonly Node[], { milestone }: Readonly<Record<string, unknown>>): Node | undefined =>
  reportableOf(milestones).find(({ id }) => milestone === undefined || milestone === '' || id === milestone)

const reportable =
  (app: App): Guard =>
  async (work, instance, form) => {
    const { milestones } = await taskOf(app, work, instance)
    if (handedIn(milestones, form)) return null
    const isLive = milestones.some(({ id, live }) => id === form.milestone && live !== undefined)
    if (isLive)
      return words('该节点由指标自动办结，不能上报', 'Its indicator closes this milestone; it cannot be reported')
    const names = reportableOf(milestones)
      .map(({ id, title }) => `${id}（${title}）`)
      .join('、')
    return words(`没有这个待完成节点，可选：${names}`, `No such open milestone; there are: ${names}`)
  }

const extendable =
  (app: App): Guard =>
  async (work, instance, form) => {
    const { milestones } = await taskOf(app, work, instance)
    const due = milestones.find(isOpen)?.due ?? ''
    return String(form.wished) > due ? null : words(`应晚于现有时限 ${due}`, `Must be after the present date ${due}`)
  }

/** A milestone passed its check by another person: it counts from the day it was handed in. */
const achieve =
  (app: App): Effect =>
  async (work, instance, form) => {
    const { milestones } = await taskOf(app, work, instance)
    const one = milestones.find(({ id }) => id === instance.data.milestone)
    if (!one || !isOpen(one)) return undefined
    const achieved: Node = {
      ...one,
      state: 'done',
      achievedOn: one.reportedOn ?? dayOf(work),
      proof: 'check',
      proofOf: { loop: instance.id, revision: instance.revision + 1, by: work.actor.id, at: work.at.toISOString() },
      quality: form.quality as 'excellent' | 'good' | 'fair',
    }
    await saveNodes(app, work, [achieved])
    return {
      due: nextDue(
        milestones.map((each) => (each.id === one.id ? achieved : each)),
        instance.data.due,
      ),
    }
  }

const TITLES = {
  urge: words('催办', 'You are urged'),
  letter: words('督办函', 'Supervision letter'),
  circular: words('通报', 'Named in a circular'),
  interview: words('约谈通知', 'Called for an interview'),
} as const

/** A step of the ladder, once for each milestone; the unit's leaders hear of everything beyond urging. */
const climb =
  (app: App, step: Step): Effect =>
  async (work, instance) => {
    const { task, milestones } = await taskOf(app, work, instance)
    const late = milestones.find((one) => isOpen(one) && one.reportedOn === undefined)
    const unit = task.lead ?? ''
    const year = dayOf(work).slice(0, 4)
    await sql`select pg_advisory_xact_lock(hashtextextended('supervision_cloud.step', 0))`.execute(work.tx)
    const { rows } = await sql<{ id: number; number: string }>`
      insert into supervision_cloud.step (node, milestone, loop, step, unit, at, number)
      select ${task.id}, ${late?.id ?? null}, ${instance.id}, ${step}, ${unit}, ${work.at},
        ${`${TITLES[step].zh}〔${year}〕`} || (select count(*) + 1 from supervision_cloud.step
          where starts_with(number, ${`${TITLES[step].zh}〔${year}〕`})) || '号'
      where not exists (select from supervision_cloud.step
        where node = ${task.id} and step = ${step} and milestone is not distinct from ${late?.id ?? null})
      returning id, number`.execute(work.tx)
    const [taken] = rows
    if (!taken) return undefined
    work.audit({
      event: 'supervision.cloud.step.taken',
      subject: { kind: 'supervision.cloud.node', id: task.id },
      details: { step, number: taken.number, unit },
    })
    await writeLetter(app, work, { ...taken, step, loop: instance.id }, task, late)
    await tellUnit(app, work, instance, { ...taken, step }, task)
    const before = Array.isArray(instance.data.letters) ? instance.data.letters : []
    return { letters: [...before, taken.number] }
  }

interface Taken {
  readonly id: number
  readonly step: Step
  readonly number: string
}

async function tellUnit(app: App, work: Work, instance: LoopInstance, { id, step, number }: Taken, task: Node) {
  const leaders =
    step === 'urge' || !task.lead
      ? []
      : await app.use(identity).postsWith('supervision.cloud.lead', { organisation: task.lead }, work.tx)
  const posts = new Set([
    ...leaders.map(({ id }) => id),
    ...instance.holders.flatMap((who) => (who.startsWith('post:') ? [who.slice(5)] : [])),
  ])
  for (const post of posts)
    await app.use(notices).send(work, {
      to: { post },
      title: TITLES[step],
      body: words(`${number}：${task.title} 已超期`, `${number}: "${task.title}" is overdue`),
      link: `/supervision/letters/${id}`,
      urgency: 'urgent',
    })
}
