import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

const closed = { additionalProperties: false } as const
const STEWARD = { right: 'one-file.steward' } as const
const local = words('本地档案管理规则，待确认', 'Local scheme of the files, to be confirmed')
const reason = field.longText(words('理由', 'Reason'), { min: 1, max: 1000 })

/** Pairs that the matching could not decide, or that were drawn to check it: one person decides, some a second confirms. */
export const reviewLoop = loop({
  id: 'one-file.review',
  version: 1,
  title: words('档案比对复核', 'Review of pairs'),
  about: words(
    '系统拿不准的、号码不同却很像的、抽查的记录对，由管理员并排比对；号码不同的合并须第二人确认',
    'Pairs that were unsure, alike but for their numbers, or drawn to check: compared side by side; merging different numbers needs a second person',
  ),
  data: Type.Object(
    {
      batch: field.integer(words('批次', 'Batch')),
      why: field.code(words('来由', 'Why'), {
        unsure: words('系统拿不准', 'Unsure'),
        'two-fit': words('同时像两个对象', 'Two fit equally'),
        'keys-differ': words('很像但号码不同', 'Alike, but other numbers'),
        sample: words('抽查自动判断', 'Sample of automatic decisions'),
        asked: words('人工提出合并', 'A merge was asked for'),
      }),
      pairs: field.integer(words('记录对数', 'Pairs')),
      answer: Type.Optional(reason),
    },
    closed,
  ),
  headline: words('比对复核第 {batch} 批：{why}（{pairs} 对）', 'Review {batch}: {why} ({pairs} pairs)'),
  start: 'reviewing',
  places: {
    reviewing: {
      title: words('比对', 'Comparing'),
      kind: 'open',
      assign: STEWARD,
      clock: { limit: '10wd', basis: local, atLimit: [{ urge: { holder: true } }] },
    },
    confirming: {
      title: words('第二人确认', 'Second person'),
      kind: 'open',
      assign: STEWARD,
      clock: { limit: '5wd', basis: local, atLimit: [{ urge: { holder: true } }] },
    },
    done: { title: words('已完成', 'Done'), kind: 'end', outcome: 'done' },
  },
  actions: {
    finish: {
      title: words('完成比对', 'All compared'),
      from: ['reviewing'],
      to: { choose: 'one-file.needs-second', among: ['confirming', 'done'] },
      guards: ['one-file.all-decided'],
      effects: ['one-file.apply'],
      look: 'primary',
    },
    confirm: {
      title: words('确认合并', 'Confirm the merges'),
      from: ['confirming'],
      to: 'done',
      notBy: ['finish'],
      effects: ['one-file.apply-confirmed'],
      look: 'primary',
    },
    'send-back': {
      title: words('退回重新比对', 'Send back'),
      from: ['confirming'],
      to: 'reviewing',
      notBy: ['finish'],
      form: Type.Object({ answer: reason }, closed),
      effects: ['one-file.open-again'],
    },
  },
})
