import { Type } from 'typebox'
import { field } from '#platform/registry'
import { type App, defineModule, words } from '#runtime'
import { loop, loops } from '../contract.ts'

/** A licence case with all that tests need: silence that counts, one supplement, a second pair of eyes, a signal. */
export const licence = loop({
  id: 'trial.licence',
  version: 1,
  title: words('许可', 'Licence'),
  headline: words('{item}：{applicantName}', '{item}: {applicantName}'),
  data: Type.Object({
    item: field.text(words('事项', 'Item')),
    applicant: Type.Optional(field.text(words('申请人账号', 'Account of the applicant'))),
    applicantName: field.text(words('申请人', 'Applicant'), { personal: true, mask: 'name' }),
    division: field.division(words('区域', 'Area')),
    opinion: Type.Optional(field.text(words('审查意见', 'Opinion'))),
  }),
  division: 'division',
  start: 'submitted',
  clock: {
    limit: '20wd',
    basis: words('行政许可法第四十二条', 'Administrative Licensing Law art. 42'),
    warnBefore: '3wd',
    extension: { by: '10wd', who: { right: 'trial.head' } },
    pausable: true,
    atLimit: [{ urge: { right: 'loops.supervise' } }],
  },
  places: {
    submitted: {
      title: words('待受理', 'To be accepted'),
      kind: 'open',
      assign: { right: 'trial.accept' },
      clock: { limit: '5wd', atLimit: [{ act: 'deemAccepted' }] },
    },
    correcting: { title: words('待补正', 'To be corrected'), kind: 'waiting', assign: { accountIn: 'applicant' } },
    deciding: { title: words('审查', 'Decision'), kind: 'open', assign: { right: 'trial.decide' } },
    inspecting: { title: words('等待现场信号', 'Waiting for the site'), kind: 'waiting' },
    granted: { title: words('准予', 'Granted'), kind: 'end', outcome: 'done' },
    refused: { title: words('不予', 'Refused'), kind: 'end', outcome: 'refused' },
  },
  actions: {
    accept: { title: words('受理', 'Accept'), from: ['submitted'], to: 'deciding', look: 'primary' },
    deemAccepted: {
      title: words('视为受理', 'Deemed accepted'),
      from: ['submitted'],
      to: 'deciding',
      automatic: 'clock',
    },
    askOnce: {
      title: words('一次性告知', 'Ask once'),
      from: ['submitted'],
      to: 'correcting',
      times: 1,
      clock: { pause: true },
      form: Type.Object({ missing: field.text(words('缺少材料', 'What is missing')) }, { additionalProperties: false }),
    },
    correct: {
      title: words('补正', 'Correct'),
      from: ['correcting'],
      to: 'submitted',
      who: { accountIn: 'applicant' },
      clock: { resume: true },
    },
    inspect: { title: words('现场核查', 'Inspect'), from: ['deciding'], to: 'inspecting' },
    cleared: {
      title: words('现场合格', 'Site is fine'),
      from: ['inspecting'],
      to: 'granted',
      automatic: 'warning-cleared',
    },
    grant: {
      title: words('准予', 'Grant'),
      from: ['deciding'],
      to: 'granted',
      notBy: ['accept'],
      guards: ['trial.not-monday'],
      effects: ['trial.stamp'],
      form: Type.Object({ opinion: field.text(words('审查意见', 'Opinion')) }, { additionalProperties: false }),
    },
    refuse: { title: words('不予', 'Refuse'), from: ['deciding'], to: 'refused', look: 'danger', evidence: 1 },
  },
  reopen: { within: '30d', to: 'deciding' },
  evaluation: Type.Object({ stars: field.integer(words('满意度', 'Stars'), { min: 1, max: 5 }) }),
})

/** Key work with joint units. */
export const work = loop({
  id: 'trial.work',
  version: 1,
  title: words('重点工作', 'Key work'),
  headline: words('{name}', '{name}'),
  data: Type.Object({
    name: field.text(words('名称', 'Name')),
    lead: field.organisation(words('牵头单位', 'Lead unit')),
    joint: field.json(words('配合单位', 'Joint units'), Type.Array(Type.String())),
    due: Type.Optional(field.date(words('完成时限', 'Due'))),
  }),
  start: 'handling',
  clock: { limit: { field: 'due' } },
  opens: { right: 'trial.head' },
  places: {
    handling: {
      title: words('办理中', 'In hand'),
      kind: 'open',
      assign: { organisationIn: 'lead', right: 'trial.handle' },
    },
    joint: {
      title: words('配合办理', 'Joint handling'),
      kind: 'waiting',
      joint: { loop: 'trial.share', units: 'joint', as: 'unit', cancelBy: 'cancel', leaveBy: 'joined' },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
    dropped: { title: words('撤销', 'Dropped'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    invite: { title: words('提请配合', 'Ask joint units'), from: ['handling'], to: 'joint' },
    joined: { title: words('配合完成', 'Joint work done'), from: ['joint'], to: 'handling', automatic: 'joint-ended' },
    close: { title: words('办结', 'Close'), from: ['handling'], to: 'closed' },
    drop: { title: words('撤销', 'Drop'), from: '*', to: 'dropped', who: { opener: true } },
  },
})

export const share = loop({
  id: 'trial.share',
  version: 1,
  title: words('配合事项', 'Joint share'),
  headline: words('{name}（{unit}）', '{name} ({unit})'),
  data: Type.Object({
    name: field.text(words('名称', 'Name')),
    unit: field.organisation(words('单位', 'Unit')),
  }),
  start: 'handling',
  places: {
    handling: {
      title: words('办理中', 'In hand'),
      kind: 'open',
      assign: { organisationIn: 'unit', right: 'trial.handle' },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
    dropped: { title: words('撤销', 'Dropped'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    close: { title: words('办结', 'Close'), from: ['handling'], to: 'closed' },
    cancel: { title: words('随主办撤销', 'Cancelled'), from: '*', to: 'dropped', automatic: 'service' },
  },
})

/** What the hooks of the trial saw; tests set `isMonday` and `fails`. */
export const seen = { isMonday: false, fails: false, stamped: 0 }

/** A module that declares three small loops, for tests of the engine. */
export const trialModule = defineModule({
  id: 'trial',
  title: words('试验', 'Trial'),
  about: words('引擎测试', 'For tests of the engine'),
  needs: ['loops'],
  folder: '/none',
  rights: ['accept', 'decide', 'head', 'handle'].map((id) => ({ id: `trial.${id}`, title: words(id, id) })),
  loops: [licence, work, share],
  server: async () => ({
    server: (app: App) => {
      app.use(loops).hooks('trial', {
        titles: { 'not-monday': words('不在周一', 'Not on a Monday') },
        guards: {
          'not-monday': async () => (seen.isMonday ? words('周一不办理', 'Not on Mondays') : null),
        },
        effects: {
          stamp: async () => {
            if (seen.fails) throw new TypeError('the stamp broke')
            seen.stamped++
            return { item: '已盖章' }
          },
        },
      })
      return {}
    },
  }),
})
