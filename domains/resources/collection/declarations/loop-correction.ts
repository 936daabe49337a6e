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
const { correctWithin, ruleWithin, reopenWithin } = clockPack.tables
const regulation = words('政务数据共享条例，天数待核对', 'Government Data Sharing Regulation, days to be checked')

/**
 * Rows that failed a check, or that an import refused, go back to the source. Only a check that is done again closes the
 * matter; it opens again when the rows fail again.
 */
export const correctionLoop = loop({
  id: 'collection.correction',
  version: 4,
  title: words('数据校核', 'Correction of data'),
  about: words(
    '不合格的数据退回来源单位更正，由复检结果办结，上报人不能自行办结',
    'Faulty rows go back to their source; the check done again closes it, never the word of whoever reports',
  ),
  data: Type.Object(
    {
      dataset: field.text(words('数据集编号', 'Id of the dataset')),
      title: field.json(words('数据集', 'Dataset'), WORDS),
      // Of refused rows `refused:` and their deliverer: a feed of 120 signs makes 143.
      rule: field.text(words('检查规则编号', 'Id of the rule'), { max: 200 }),
      fault: field.json(words('问题', 'Fault'), WORDS),
      source: field.organisation(words('来源单位', 'Source')),
      rows: field.integer(words('不合格数', 'How many fail'), { min: 0 }),
      of: field.integer(words('检查数', 'How many were checked'), { min: 0 }),
      load: Type.Optional(field.integer(words('导入编号', 'Number of the import'))),
      how: Type.Optional(field.longText(words('更正情况', 'What was corrected'), { max: 4000 })),
    },
    closed,
  ),
  headline: words('数据校核：{title}，{fault}', 'Correct {title}: {fault}'),
  page: { title: words('查看不合格的行', 'See the rows'), path: '/corrections/{id}' },
  readers: [BUREAU, { right: 'collection.read', of: { field: 'source' } }],
  start: 'correcting',
  places: {
    correcting: {
      title: words('来源单位更正', 'The source corrects'),
      kind: 'open',
      assign: SOURCE,
      clock: {
        limit: correctWithin,
        basis: regulation,
        atLimit: [{ urge: { holder: true } }, { urge: BUREAU, after: '3wd' }],
      },
    },
    checking: { title: words('等待复检', 'Waits for the check'), kind: 'waiting' },
    disputed: {
      title: words('来源单位有异议', 'The source disputes it'),
      kind: 'open',
      assign: BUREAU,
      clock: { limit: ruleWithin, basis: regulation },
    },
    dropped: {
      title: words('核准不再入库的行', 'Rows to be left out'),
      kind: 'open',
      assign: BUREAU,
      clock: { limit: ruleWithin, basis: regulation },
    },
    closed: { title: words('复检合格', 'Passed the check'), kind: 'end', outcome: 'done' },
    lapsed: { title: words('规则已停用', 'The rule is out of force'), kind: 'end', outcome: 'withdrawn' },
    waived: { title: words('不予更正', 'Waived'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    report: {
      title: words('已更正，申请复检', 'Corrected: check again'),
      from: ['correcting'],
      to: 'checking',
      look: 'primary',
      form: Type.Object(
        { how: field.longText(words('更正情况', 'What was corrected'), { min: 1, max: 4000 }) },
        closed,
      ),
      effects: ['collection.want-check'],
    },
    passed: {
      title: words('复检合格', 'Passed the check'),
      from: ['correcting', 'checking', 'disputed', 'dropped'],
      to: 'closed',
      automatic: 'service',
    },
    failed: {
      title: words('复检仍不合格', 'Fails the check again'),
      from: ['checking'],
      to: 'correcting',
      automatic: 'service',
    },
    'rule-gone': {
      title: words('规则已停用', 'The rule is out of force'),
      from: ['correcting', 'checking', 'disputed', 'dropped'],
      to: 'lapsed',
      automatic: 'service',
    },
    'ask-drop': {
      title: words('其余行申请不再入库', 'The rest is to be left out'),
      from: ['checking'],
      to: 'dropped',
      automatic: 'service',
    },
    'allow-drop': {
      title: words('同意不再入库', 'Leave them out'),
      from: ['dropped'],
      to: 'closed',
      who: BUREAU,
      notBy: ['report'],
      look: 'primary',
      form: Type.Object({ reason }, closed),
      effects: ['collection.note-closed'],
    },
    'refuse-drop': {
      title: words('不同意，继续更正', 'No: correct them'),
      from: ['dropped'],
      to: 'correcting',
      who: BUREAU,
      notBy: ['report'],
      form: Type.Object({ reason }, closed),
      effects: ['collection.take-back-drop'],
    },
    dispute: {
      title: words('规则有误或数据无误', 'The rule is wrong, or the data are right'),
      from: ['correcting'],
      to: 'disputed',
      times: 2,
      form: Type.Object({ reason }, closed),
    },
    uphold: {
      title: words('维持，继续更正', 'Uphold: correct it'),
      from: ['disputed'],
      to: 'correcting',
      who: BUREAU,
      notBy: ['dispute'],
      look: 'primary',
      form: Type.Object({ reason }, closed),
    },
    waive: {
      title: words('不予更正', 'Waive it'),
      from: ['disputed'],
      to: 'waived',
      who: BUREAU,
      notBy: ['dispute'],
      form: Type.Object({ reason }, closed),
      effects: ['collection.note-waived'],
    },
  },
  reopen: { within: reopenWithin, to: 'correcting' },
  without: ['loops.return', 'loops.merge', 'loops.split'],
})
