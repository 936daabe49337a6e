import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import type { Step } from './score.ts'

export interface LadderTables {
  /** Working days after the limit at which each step is taken, in order. */
  readonly steps: readonly { readonly step: Step; readonly workingDaysLate: number }[]
  /** Terms of the office's own steps. */
  readonly signWithin: string
  /** After which an unsigned matter counts as signed for, so that nobody escapes the ladder. */
  readonly deemedAfter: string
  readonly checkWithin: string
  readonly extensionAnswerWithin: string
}

/** 催办 → 督办函 → 通报 → 约谈, by the clock. */
export const ladderPack: RulePack<LadderTables, { workingDaysLate: number }> = {
  id: 'taian-supervision-ladder-2026',
  title: words('泰安市督办升级规则', "Ladder of urging in Tai'an"),
  source: { document: '督查督办智慧云平台运行规则（本地，可配置）', clause: '督办升级' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: {
    steps: [
      { step: 'urge', workingDaysLate: 0 },
      { step: 'letter', workingDaysLate: 3 },
      { step: 'circular', workingDaysLate: 10 },
      { step: 'interview', workingDaysLate: 20 },
    ],
    signWithin: '2wd',
    deemedAfter: '1wd',
    checkWithin: '5wd',
    extensionAnswerWithin: '3wd',
  },
  notes: [
    {
      text: words('各级间隔为本地规则，待督查室确认。', 'The steps are a local scheme, to be confirmed by the office.'),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'at the limit', facts: { workingDaysLate: 0 }, expected: { step: 'urge' } },
    { title: 'before the letter', facts: { workingDaysLate: 2 }, expected: { step: 'urge' } },
    { title: 'the letter', facts: { workingDaysLate: 3 }, expected: { step: 'letter' } },
    { title: 'the last step', facts: { workingDaysLate: 60 }, expected: { step: 'interview' } },
  ],
}

export const ladderRule = rule({
  id: 'supervision.cloud.ladder',
  title: words('督办升级', 'Ladder of urging'),
  facts: Type.Object({ workingDaysLate: Type.Integer({ title: '超期工作日', minimum: 0 }) }),
  result: Type.Object({ step: Type.Enum(['urge', 'letter', 'circular', 'interview']) }),
  packs: [ladderPack],
  evaluate: ({ steps }: LadderTables, { workingDaysLate }) => {
    const reached = steps.filter((one) => one.workingDaysLate <= workingDaysLate).at(-1)
    return {
      result: { step: reached?.step ?? 'urge' },
      explanation: [words(`超期 ${workingDaysLate} 个工作日`, `${workingDaysLate} working days late`)],
    }
  },
})
