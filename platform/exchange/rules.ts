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
        '三十日为本平台配置，待确认。授权终止时文件随即删除，不待期满。回执另有期限，见“共享回执保存期限”。',
        'Thirty days are a setting of this platform, to be confirmed. Files go at once when their grant ends. Receipts have a term of their own, see "Keeping of receipts".',
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

interface ReceiptTables {
  readonly years: number
}
const receipts: RulePack<ReceiptTables, object> = {
  id: 'exchange-receipt-keeping-2026',
  title: words('共享回执的保存期限', 'How long receipts of sharing are kept'),
  source: { document: '本地数据共享运行方案', clause: '保存期限' },
  locality: 'CN',
  validFrom: '2025-01-01',
  validTo: null,
  tables: { years: 30 },
  notes: [
    {
      text: words(
        '政务数据共享的电子记录作为凭证长期保存。三十年为本地方案，参照机关文书档案定期保管的最长档，待档案和数据主管部门确认。',
        'Electronic records of government data sharing are evidence and are kept long. Thirty years are a local scheme, after the longest fixed term of office archives, to be confirmed by the authorities for archives and data.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [{ title: 'a receipt', facts: {}, expected: { years: 30 } }],
}

export const receiptKeepingRule = rule({
  id: 'exchange.receipt-keeping',
  title: words('共享回执保存期限', 'Keeping of receipts'),
  facts: Type.Object({}),
  result: Type.Object({ years: Type.Integer({ minimum: 1 }) }),
  packs: [receipts],
  evaluate: ({ years }: ReceiptTables) => ({
    result: { years },
    explanation: [words(`保存 ${years} 年`, `Kept for ${years} years`)],
  }),
})

interface DisclosureTables {
  readonly least: number
  readonly dominance: number
}
const disclosure: RulePack<DisclosureTables, object> = {
  id: 'exchange-disclosure-2026',
  title: words('就地计算结果的披露控制', 'Disclosure control of totals'),
  source: { document: '本地数据共享运行方案', clause: '就地计算' },
  locality: 'CN',
  validFrom: '2025-01-01',
  validTo: null,
  tables: { least: 10, dominance: 0.8 },
  notes: [
    {
      text: words(
        '少于十条的分组不出结果，一条占合计八成以上的不出合计；为本地方案，参照统计披露控制的最小频数规则和支配规则，待确认。条数和合计另加随机扰动。',
        'Groups of fewer than ten rows are not shown, nor sums of which one row makes more than four fifths: a local scheme after the rules of minimum frequency and of dominance in statistical disclosure control, to be confirmed. Counts and sums are perturbed besides.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [{ title: 'any totals', facts: {}, expected: { least: 10, dominance: 0.8 } }],
}

export const disclosureRule = rule({
  id: 'exchange.disclosure',
  title: words('就地计算的披露控制', 'Disclosure control of computing in place'),
  facts: Type.Object({}),
  result: Type.Object({ least: Type.Integer({ minimum: 2 }), dominance: Type.Number({ minimum: 0, maximum: 1 }) }),
  packs: [disclosure],
  evaluate: (tables: DisclosureTables) => ({
    result: { ...tables },
    explanation: [
      words(`少于 ${tables.least} 条的分组不出结果`, `Groups of fewer than ${tables.least} rows are not shown`),
    ],
  }),
})
