import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

interface Lists {
  readonly rows: readonly { readonly list: string; readonly prefix: string }[]
}

const list = (name: string, prefixes: string) => prefixes.split(' ').map((prefix) => ({ list: name, prefix }))

const edition = rulePack({
  id: 'industry-lists-2026',
  title: words('重点行业清单', 'Lists of industries of note'),
  source: {
    document:
      '高技术产业（制造业）分类（2017）、战略性新兴产业分类（2018）、数字经济及其核心产业统计分类（2021）、山东省“两高”项目管理目录',
    clause: '分类表',
  },
  validFrom: '2021-05-27',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '按国民经济行业代码摘录，战略性新兴产业只取整类对应的行业；启用前须与原表核对',
        'Taken by industry code; of the strategic industries only whole classes; check against the printed tables before use',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    rows: [
      ...list('high-tech', '27 374 391 392 393 394 395 396 397 398 3562 3563 3474 3475 358 401 402 403 404 2664 2665'),
      ...list('strategic', '27 374 39 63 64 65 3562 3563 384 3825 3415 2652 2653 2664 4414 4415 4416 7512 7515'),
      ...list('digital', '39 63 64 65'),
      ...list('two-high', '2511 2521 2611 2612 2613 2614 2621 2622 2911 3011 3012 304 307 311 312 314 321 3391 4411'),
      ...list('dangerous', '06 07 08 09 10 11 26 47 48 49 50 54'),
      ...list('licensed', '06 10 13 14 26 47 48 54 62 83 84'),
    ],
  },
  vectors: [{ title: 'medicines', facts: { industry: '2710' }, expected: ['high-tech', 'strategic'] }],
})

/** Which lists an industry is on, by the beginning of its code. The tags read the lines as `rule_industries`. */
export const industriesRule = rule({
  id: 'legal-persons.industries',
  title: words('重点行业', 'Industries of note'),
  facts: Type.Object({ industry: Type.String({ pattern: '^\\d{2,4}$' }) }, { additionalProperties: false }),
  result: Type.Array(Type.String()),
  packs: [edition],
  evaluate: ({ rows }: Lists, { industry }) => ({
    result: [...new Set(rows.filter(({ prefix }) => industry.startsWith(prefix)).map((row) => row.list))],
    explanation: [],
  }),
})
