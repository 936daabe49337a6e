import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { clockPack } from '../rules/clocks.ts'

import { WORDS } from './dimensions.ts'

const closed = { additionalProperties: false } as const
const reason = field.longText(words('理由', 'Reason'), { min: 1, max: 2000 })
const SOURCE = { hook: 'collection.source-officers' } as const
const BUREAU = { right: 'collection.steward' } as const
const { answerWithin, correctWithin, disputeWithin, ruleWithin } = clockPack.tables
const regulation = words('政务数据共享条例，天数待核对', 'Government Data Sharing Regulation, days to be checked')
const answer = field.longText(words('答复', 'Answer'), { min: 1, max: 4000 })

/**
 * Somebody says that a record is wrong: its source answers, the data bureau rules where the two do not agree. What it orders
 * can only be done: the record as it was then has to change, and the objector may take that to the data bureau once more.
 */
export const objectionLoop = loop({
  id: 'collection.objection',
  version: 2,
  title: words('数据异议', 'Objection to data'),
  about: words(
    '当事人或使用人对一条数据提出异议，来源单位核实答复；不服的由大数据局裁定',
    'A subject or user objects to a record; its source answers; the data bureau rules if they do not agree',
  ),
  data: Type.Object(
    {
      dataset: field.text(words('数据集编号', 'Id of the dataset')),
      title: field.json(words('数据集', 'Dataset'), WORDS),
      source: field.organisation(words('来源单位', 'Source')),
      row: Type.Optional(field.integer(words('数据行号', 'Number of the row'))),
      field: Type.Optional(field.text(words('有异议的项目', 'What it is about'), { max: 200 })),
      claim: field.longText(words('异议内容', 'What is wrong'), { max: 4000 }),
      asSubject: field.boolean(words('当事人本人提出', 'By the subject itself')),
      answer: Type.Optional(field.longText(words('答复', 'Answer'), { max: 4000 })),
      corrected: Type.Optional(field.boolean(words('数据已更正', 'The record was corrected'))),
    },
    closed,
  ),
  headline: words('数据异议：{title}', 'Objection to {title}'),
  readers: [BUREAU],
  start: 'source',
  places: {
    source: {
      title: words('来源单位核实', 'The source looks into it'),
      kind: 'open',
      assign: SOURCE,
      clock: {
        limit: answerWithin,
        basis: regulation,
        atLimit: [{ urge: { holder: true } }, { urge: BUREAU, after: '3wd' }],
      },
    },
    answered: {
      title: words('已答复，待异议人确认', 'Answered'),
      kind: 'open',
      assign: { opener: true },
      clock: { limit: disputeWithin, basis: regulation, atLimit: [{ act: 'settle' }] },
    },
    ruling: {
      title: words('大数据局裁定', 'The data bureau rules'),
      kind: 'open',
      assign: BUREAU,
      clock: { limit: ruleWithin, basis: regulation },
    },
    ordered: {
      title: words('责令更正', 'Ordered to correct'),
      kind: 'open',
      assign: SOURCE,
      clock: {
        limit: correctWithin,
        basis: regulation,
        atLimit: [{ urge: { holder: true } }, { urge: BUREAU, after: '3wd' }],
      },
    },
    corrected: { title: words('已更正', 'Corrected'), kind: 'end', outcome: 'done' },
    kept: { title: words('数据无误', 'The record stands'), kind: 'end', outcome: 'refused' },
    withdrawn: { title: words('已撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    correct: {
      title: words('已更正并答复', 'Corrected, with an answer'),
      from: ['source', 'ordered'],
      to: 'answered',
      look: 'primary',
      form: Type.Object({ answer }, closed),
      guards: ['collection.row-changed'],
      effects: ['collection.note-corrected'],
    },
    keep: {
      title: words('数据无误并答复', 'The record is right, with an answer'),
      from: ['source'],
      to: 'answered',
      form: Type.Object({ answer }, closed),
    },
    accept: {
      title: words('接受答复', 'Accept the answer'),
      from: ['answered'],
      to: { choose: 'collection.objection-end', among: ['corrected', 'kept'] },
      who: { opener: true },
      look: 'primary',
    },
    settle: {
      title: words('期满未提出不服', 'No reply in time: it stands'),
      from: ['answered'],
      to: { choose: 'collection.objection-end', among: ['corrected', 'kept'] },
      automatic: 'clock',
    },
    dispute: {
      title: words('不服，申请裁定', 'Not accepted: ask for a ruling'),
      from: ['answered'],
      to: 'ruling',
      who: { opener: true },
      times: 2,
      form: Type.Object({ reason }, closed),
    },
    order: {
      title: words('责令更正', 'Order the correction'),
      from: ['ruling'],
      to: 'ordered',
      who: BUREAU,
      notBy: ['correct', 'keep'],
      look: 'primary',
      form: Type.Object({ reason }, closed),
      effects: ['collection.note-order'],
    },
    dismiss: {
      title: words('维持数据', 'The record stands'),
      from: ['ruling'],
      to: 'kept',
      who: BUREAU,
      notBy: ['correct', 'keep'],
      form: Type.Object({ reason }, closed),
    },
    withdraw: {
      title: words('撤回异议', 'Withdraw'),
      from: ['source', 'answered'],
      to: 'withdrawn',
      who: { opener: true },
    },
  },
  without: ['loops.return'],
})
