import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { LEVELS } from './loop-exceedance.ts'

const closed = { additionalProperties: false } as const
const DESK = { right: 'air.heavy-pollution.handle' } as const

/** The city's answer to heavy pollution: start the response, tell what was done, end it when the days are clean again. */
export const heavyPollutionLoop = loop({
  id: 'air.heavy-pollution',
  version: 2,
  title: words('重污染天气应急响应', 'Response to heavy pollution'),
  data: Type.Object(
    {
      division: field.division(words('区域', 'Area')),
      areaName: field.text(words('区域名称', 'Area name')),
      level: field.code(words('级别', 'Level'), LEVELS),
      since: field.date(words('开始日期', 'First day')),
      measures: Type.Optional(field.longText(words('启动的措施', 'Measures started'), { max: 4000 })),
      summary: Type.Optional(field.longText(words('响应小结', 'What came of it'), { max: 4000 })),
    },
    closed,
  ),
  headline: words(
    '{areaName} 重污染天气{level}级别（{since} 起）',
    '{level} heavy pollution in {areaName} since {since}',
  ),
  division: 'division',
  readers: [{ right: 'air.exceedance.read' }],
  start: 'deciding',
  places: {
    deciding: {
      title: words('研判', 'Deciding'),
      kind: 'open',
      assign: DESK,
      clock: { limit: '2h', basis: words('本地运行规则，待确认', 'Local operational scheme, to be confirmed') },
    },
    responding: { title: words('响应中', 'Responding'), kind: 'open', assign: DESK },
    waiting: { title: words('等待空气好转', 'Waiting for clean days'), kind: 'waiting' },
    ended: { title: words('响应结束', 'Ended'), kind: 'end', outcome: 'done' },
    refused: { title: words('不启动', 'Not started'), kind: 'end', outcome: 'refused' },
  },
  actions: {
    start: {
      title: words('启动响应', 'Start the response'),
      from: ['deciding'],
      to: 'responding',
      look: 'primary',
      form: Type.Object({ measures: field.longText(words('启动的措施', 'Measures'), { min: 1, max: 4000 }) }, closed),
    },
    refuse: {
      title: words('不启动', 'Do not start'),
      from: ['deciding'],
      to: 'refused',
      form: Type.Object({ reason: field.longText(words('理由', 'Why'), { min: 1, max: 2000 }) }, closed),
    },
    summarise: {
      title: words('报送小结', 'Report'),
      from: ['responding'],
      to: 'waiting',
      look: 'primary',
      form: Type.Object(
        { summary: field.longText(words('响应小结', 'What came of it'), { min: 1, max: 4000 }) },
        closed,
      ),
    },
    clean: { title: words('空气好转', 'Clean days'), from: ['waiting'], to: 'ended', automatic: 'warning-cleared' },
  },
})
