import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export interface Terms {
  /** The present source answers a claim. */
  readonly answerWithin: string
  /** The data bureau rules on a claim, and decides on a change. */
  readonly decideWithin: string
  /** Units that use an element say what a change means for them. */
  readonly hearWithin: string
  /** Natural days that lie at least between the decision and the day a change begins. */
  readonly noticeDays: number
}

export const termsPack: RulePack<Terms, { days: number }> = {
  id: 'taian-standards-terms-2026',
  title: words('泰安市数据标准管理时限', "Terms of data standards in Tai'an"),
  source: { document: '一数一源一标管理规则（本地，可配置）', clause: '时限' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: { answerWithin: '5wd', decideWithin: '10wd', hearWithin: '10wd', noticeDays: 30 },
  notes: [
    {
      text: words(
        '各时限为本地规则，待大数据局确认。',
        'The terms are a local scheme, to be confirmed by the data bureau.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'enough notice', facts: { days: 30 }, expected: { enough: true } },
    { title: 'a day too few', facts: { days: 29 }, expected: { enough: false } },
  ],
}

export const noticeRule = rule({
  id: 'standards.notice',
  title: words('变更的提前告知', 'Notice of a change'),
  facts: Type.Object({ days: Type.Integer({ title: '提前天数' }) }),
  result: Type.Object({ enough: Type.Boolean() }),
  packs: [termsPack],
  evaluate: ({ noticeDays }: Terms, { days }) => ({
    result: { enough: days >= noticeDays },
    explanation: [
      words(
        `提前 ${days} 天，至少应提前 ${noticeDays} 天`,
        `${days} days of notice, at least ${noticeDays} are asked for`,
      ),
    ],
  }),
})
