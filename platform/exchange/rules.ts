import { type Static, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

const stage = Type.Enum(['decide', 'deliver', 'object', 'arbitrate'])
const facts = Type.Object({ stage })
type Stage = Static<typeof stage>

interface ClockTables {
  /** Term of each stage, as loops write them. */
  readonly within: Readonly<Record<Stage, string>>
}

const pack: RulePack<ClockTables, Static<typeof facts>> = {
  id: 'government-data-sharing-2025',
  title: words('政务数据共享期限', 'Terms of sharing government data'),
  source: { document: '政务数据共享条例（国务院令）', clause: '共享申请的答复与提供' },
  locality: 'CN',
  validFrom: '2025-08-01',
  validTo: null,
  tables: { within: { decide: '10wd', deliver: '20wd', object: '10wd', arbitrate: '20wd' } },
  notes: [
    {
      text: words(
        '答复 10 个工作日、提供 20 个工作日，待与条例文本核对。',
        'Ten working days to answer, twenty to deliver: to be checked against the text of the regulation.',
      ),
      clause: null,
      verified: false,
    },
    {
      text: words(
        '提出争议和协调的期限为本平台配置，条例文本待核对。',
        'The terms for objecting and for arbitration are settings of this platform, to be checked.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'the owner answers', facts: { stage: 'decide' }, expected: { within: '10wd' } },
    { title: 'the data are delivered', facts: { stage: 'deliver' }, expected: { within: '20wd' } },
    { title: 'the applicant objects', facts: { stage: 'object' }, expected: { within: '10wd' } },
    { title: 'the data bureau arbitrates', facts: { stage: 'arbitrate' }, expected: { within: '20wd' } },
  ],
}

export const clocksRule = rule({
  id: 'exchange.clocks',
  title: words('数据共享期限', 'Terms of data sharing'),
  facts,
  result: Type.Object({ within: Type.String() }),
  packs: [pack],
  evaluate: ({ within }: ClockTables, { stage: asked }) => ({
    result: { within: within[asked] },
    explanation: [words(`期限 ${within[asked]}`, `Term ${within[asked]}`)],
  }),
})

const kept = Type.Enum(['file', 'change'])
interface KeepingTables {
  readonly days: Readonly<Record<Static<typeof kept>, number>>
}
const keeping: RulePack<KeepingTables, { what: Static<typeof kept> }> = {
  id: 'exchange-keeping-2026',
  title: words('共享文件和变更记录的保存期限', 'How long shared files and noted changes are kept'),
  source: { document: '本地数据共享运行方案', clause: '保存期限' },
  locality: 'CN',
  validFrom: '2025-01-01',
  validTo: null,
  tables: { days: { file: 30, change: 30 } },
  notes: [
    {
      text: words(
        '三十日为本平台配置，待确认。授权终止时文件随即删除，不待期满。回执是凭证，长期保存，不清理。',
        'Thirty days are a setting of this platform, to be confirmed. Files go at once when their grant ends. Receipts are evidence and are kept for ever.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'a batch file', facts: { what: 'file' }, expected: { days: 30 } },
    { title: 'a noted change', facts: { what: 'change' }, expected: { days: 30 } },
  ],
}

export const keepingRule = rule({
  id: 'exchange.keeping',
  title: words('共享数据保存期限', 'Keeping of shared data'),
  facts: Type.Object({ what: kept }),
  result: Type.Object({ days: Type.Integer() }),
  packs: [keeping],
  evaluate: ({ days }: KeepingTables, { what }) => ({
    result: { days: days[what] },
    explanation: [words(`保存 ${days[what]} 日`, `Kept for ${days[what]} days`)],
  }),
})
