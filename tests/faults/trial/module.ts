import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { defineModule, words } from '#runtime'

const closed = { additionalProperties: false } as const

/** An errand that goes round and round between two posts, with clocks of every kind; one of them acts by itself. */
export const errand = loop({
  id: 'faults.errand',
  version: 1,
  title: words('差事', 'Errand'),
  headline: words('{name}', '{name}'),
  data: Type.Object(
    { name: field.text(words('名称', 'Name')), report: Type.Optional(field.text(words('结果', 'Result'))) },
    closed,
  ),
  opens: { right: 'faults.open' },
  clock: { limit: '20wd', pausable: true },
  start: 'submitted',
  places: {
    submitted: {
      title: words('待接收', 'To be accepted'),
      kind: 'open',
      assign: { right: 'faults.handle' },
      clock: { limit: '5wd' },
    },
    handling: {
      title: words('办理中', 'In hand'),
      kind: 'open',
      assign: { right: 'faults.handle' },
      clock: { limit: '24h' },
    },
    resting: {
      title: words('暂放', 'Resting'),
      kind: 'waiting',
      clock: { limit: '1min', atLimit: [{ act: 'wake' }] },
    },
    checking: {
      title: words('复核', 'Check'),
      kind: 'open',
      assign: { right: 'faults.check' },
      clock: { limit: '1wd' },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    accept: { title: words('接收', 'Accept'), from: ['submitted'], to: 'handling' },
    rest: { title: words('暂放', 'Let rest'), from: ['handling'], to: 'resting' },
    wake: { title: words('到时继续', 'Go on'), from: ['resting'], to: 'handling', automatic: 'clock' },
    report: {
      title: words('上报', 'Report'),
      from: ['handling'],
      to: 'checking',
      form: Type.Object({ report: field.text(words('结果', 'Result')) }, closed),
    },
    reject: { title: words('退回', 'Send back'), from: ['checking'], to: 'handling' },
    pass: { title: words('通过', 'Pass'), from: ['checking'], to: 'closed', notBy: ['report'] },
  },
})

/** A module of the tests: the errand, and a subscriber and a job whose effects can be counted. */
export const trialModule = defineModule({
  id: 'faults',
  title: words('故障试验', 'Trial of faults'),
  about: words('供故障试验使用', 'For tests of faults'),
  needs: ['loops', 'identity'],
  folder: import.meta.dirname,
  rights: ['open', 'handle', 'check'].map((id) => ({ id: `faults.${id}`, title: words(id, id) })),
  loops: [errand],
  roles: [
    {
      id: 'faults.worker',
      title: words('承办', 'Handles errands'),
      rights: { 'faults.open': 'city', 'faults.handle': 'city', 'loops.read': 'city' },
      demoPosts: ['county.370902.ecology.officer'],
    },
    {
      id: 'faults.checker',
      title: words('复核', 'Checks errands'),
      rights: { 'faults.check': 'city', 'loops.read': 'city' },
      demoPosts: ['county.370902.ecology.checker'],
    },
  ],
  server: () => import('./server.ts'),
})
