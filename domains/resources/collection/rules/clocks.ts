import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export interface ClockTables {
  /** The source corrects what failed. */
  readonly correctWithin: string
  /** The data bureau rules on a source that disputes. */
  readonly ruleWithin: string
  /** The source answers an objection. */
  readonly answerWithin: string
  /** The objector may take the answer to the data bureau. */
  readonly disputeWithin: string
  /** An ended correction is taken up again rather than opened anew. */
  readonly reopenWithin: string
  /** A unit confirms its inventory; the data bureau checks it. */
  readonly confirmWithin: string
  readonly checkWithin: string
  /** A system without user and without call for so many days is a zombie. */
  readonly zombieDays: number
}

/** Terms of correction, objection and inventory. */
export const clockPack: RulePack<ClockTables, { days: number | null }> = {
  id: 'taian-collection-clocks-2026',
  title: words('数据校核、异议和清单期限', 'Terms of correction, objection and inventory'),
  source: { document: '政务数据共享条例（2025-08-01 起施行）；本地运行规则', clause: '数据校核与异议' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: {
    correctWithin: '10wd',
    ruleWithin: '5wd',
    answerWithin: '10wd',
    disputeWithin: '10wd',
    reopenWithin: '3m',
    confirmWithin: '20wd',
    checkWithin: '10wd',
    zombieDays: 90,
  },
  notes: [
    {
      text: words(
        '各期限的天数待与条例文本核对。',
        'The days of the terms are to be checked with the text of the regulation.',
      ),
      clause: null,
      verified: false,
    },
    {
      text: words(
        '僵尸系统以 90 天无人使用且无调用为准，为本地口径。',
        'A zombie is unused and uncalled for 90 days: a local measure.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'used yesterday', facts: { days: 1 }, expected: { zombie: false } },
    { title: 'on the last day', facts: { days: 90 }, expected: { zombie: false } },
    { title: 'a day more', facts: { days: 91 }, expected: { zombie: true } },
    { title: 'never used', facts: { days: null }, expected: { zombie: true } },
  ],
}

export const zombieRule = rule({
  id: 'collection.zombie',
  title: words('僵尸系统', 'Zombie systems'),
  facts: Type.Object({
    days: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { title: '距最近一次使用或调用的天数' }),
  }),
  result: Type.Object({ zombie: Type.Boolean() }),
  packs: [clockPack],
  evaluate: ({ zombieDays }: ClockTables, { days }) => {
    const zombie = days === null || days > zombieDays
    return {
      result: { zombie },
      explanation: [
        days === null
          ? words('没有使用或调用记录', 'No use and no call is known')
          : words(`${days} 天没有使用或调用`, `Not used or called for ${days} days`),
      ],
    }
  },
})
