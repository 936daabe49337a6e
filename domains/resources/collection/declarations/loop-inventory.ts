import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { clockPack } from '../rules/clocks.ts'

import { WORDS } from './dimensions.ts'

const closed = { additionalProperties: false } as const
const BUREAU = { right: 'collection.steward' } as const
const { confirmWithin, checkWithin } = clockPack.tables
const local = words('本地运行规则，待确认', 'Local scheme, to be confirmed')

/** Once a year a unit looks through its systems and tables; the data bureau checks what has changed. */
export const inventoryLoop = loop({
  id: 'collection.inventory',
  version: 1,
  title: words('系统和数据清单年度更新', 'Yearly inventory of systems and tables'),
  data: Type.Object(
    {
      unit: field.organisation(words('单位', 'Unit')),
      year: field.integer(words('年度', 'Year'), { min: 2000, max: 2100 }),
      since: field.date(words('比较起点', 'Compared with')),
      changes: field.json(words('与上年相比', 'Changes since'), WORDS),
      gaps: field.json(words('待补的缺口', 'Gaps'), WORDS),
      note: Type.Optional(field.longText(words('说明', 'Note'), { max: 4000 })),
    },
    closed,
  ),
  headline: words('{year} 年系统和数据清单', 'Inventory of {year}'),
  page: { title: words('查看系统和数据清单', 'See the inventory'), path: '/inventory' },
  readers: [BUREAU, { right: 'collection.read', of: { field: 'unit' } }],
  start: 'confirming',
  places: {
    confirming: {
      title: words('单位核对', 'The unit looks through it'),
      kind: 'open',
      assign: { hook: 'collection.unit-officers' },
      clock: { limit: confirmWithin, basis: local, atLimit: [{ urge: { holder: true } }] },
    },
    checking: {
      title: words('大数据局审核', 'The data bureau checks'),
      kind: 'open',
      assign: BUREAU,
      clock: { limit: checkWithin, basis: local },
    },
    done: { title: words('已更新', 'Up to date'), kind: 'end', outcome: 'done' },
  },
  actions: {
    confirm: {
      title: words('确认清单完整', 'The inventory is whole'),
      from: ['confirming'],
      to: 'checking',
      look: 'primary',
      form: Type.Object({ note: field.longText(words('说明', 'Note'), { min: 1, max: 4000 }) }, closed),
      guards: ['collection.no-gaps'],
      effects: ['collection.compare-inventory'],
    },
    accept: {
      title: words('审核通过', 'Accept'),
      from: ['checking'],
      to: 'done',
      who: BUREAU,
      notBy: ['confirm'],
      look: 'primary',
    },
    'send-back': {
      title: words('退回补充', 'Send back'),
      from: ['checking'],
      to: 'confirming',
      who: BUREAU,
      notBy: ['confirm'],
      form: Type.Object({ reason: field.longText(words('理由', 'Reason'), { min: 1, max: 2000 }) }, closed),
    },
  },
  without: ['loops.return'],
})
