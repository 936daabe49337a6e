import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { SCREENS } from './datasets.ts'

const closed = { additionalProperties: false } as const

/** A screen saw something that air does not do: the county answers, the city verifies; a confirmed stretch is flagged. */
export const dataFraudLoop = loop({
  id: 'air.data-fraud',
  version: 2,
  title: words('监测数据异常核查', 'Check of suspicious measurements'),
  about: words(
    '筛查发现异常时段，区县核实说明，市级认定；认定异常的数据加标记，不再参加统计',
    'The county explains a stretch that a screen found, the city verifies; what is confirmed is flagged and counts no more',
  ),
  data: Type.Object(
    {
      finding: field.reference(words('筛查结果', 'Finding'), 'air.finding'),
      station: field.reference(words('站点', 'Station'), 'air.station'),
      stationName: field.text(words('站点名称', 'Station name')),
      division: field.division(words('所在区县', 'County')),
      pollutant: field.text(words('污染物', 'Pollutant')),
      screen: field.code(words('筛查', 'Screen'), SCREENS),
      from: field.instant(words('开始', 'From')),
      hours: field.integer(words('小时数', 'Hours')),
      cause: Type.Optional(field.longText(words('核实情况', 'What the county found'), { max: 4000 })),
      verdict: Type.Optional(field.longText(words('认定意见', 'What the city says'), { max: 4000 })),
    },
    closed,
  ),
  headline: words(
    '{stationName} {pollutant} {screen}，{hours} 小时',
    '{screen} of {pollutant} at {stationName}, {hours} h',
  ),
  division: 'division',
  readers: [{ right: 'air.exceedance.read' }],
  start: 'answering',
  places: {
    answering: {
      title: words('区县核实', 'County explains'),
      kind: 'open',
      assign: { right: 'air.screen.answer' },
      clock: { limit: '3wd', basis: words('本地运行规则，待确认', 'Local operational scheme, to be confirmed') },
    },
    verifying: {
      title: words('市级认定', 'City verifies'),
      kind: 'open',
      assign: { right: 'air.screen.verify' },
      clock: { limit: '5wd', basis: words('本地运行规则，待确认', 'Local operational scheme, to be confirmed') },
    },
    flagged: { title: words('认定异常，数据已标记', 'Confirmed, values flagged'), kind: 'end', outcome: 'done' },
    dismissed: { title: words('排除', 'Dismissed'), kind: 'end', outcome: 'refused' },
  },
  actions: {
    answer: {
      title: words('提交核实情况', 'Explain'),
      from: ['answering'],
      to: 'verifying',
      look: 'primary',
      evidence: 1,
      form: Type.Object({ cause: field.longText(words('核实情况', 'What was found'), { min: 1, max: 4000 }) }, closed),
    },
    'ask-again': {
      title: words('退回补充', 'Ask again'),
      from: ['verifying'],
      to: 'answering',
      who: { right: 'air.screen.verify' },
      notBy: ['answer'],
      form: Type.Object(
        { reason: field.longText(words('需补充什么', 'What is missing'), { min: 1, max: 2000 }) },
        closed,
      ),
    },
    confirm: {
      title: words('认定异常', 'Confirm'),
      from: ['verifying'],
      to: 'flagged',
      who: { right: 'air.screen.verify' },
      notBy: ['answer'],
      look: 'danger',
      form: Type.Object({ verdict: field.longText(words('认定意见', 'Verdict'), { min: 1, max: 4000 }) }, closed),
      effects: ['air.flag-stretch'],
    },
    dismiss: {
      title: words('排除', 'Dismiss'),
      from: ['verifying'],
      to: 'dismissed',
      who: { right: 'air.screen.verify' },
      notBy: ['answer'],
      look: 'primary',
      form: Type.Object({ verdict: field.longText(words('排除理由', 'Why'), { min: 1, max: 4000 }) }, closed),
      effects: ['air.dismiss-finding'],
    },
  },
})
