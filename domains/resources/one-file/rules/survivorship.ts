import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

/** For each field the datasets that are authoritative, best first. */
export type SurvivorshipTables = Readonly<Record<string, readonly string[]>>

interface Candidate {
  readonly dataset: string
  readonly since: string
}

const POLICE = 'base.resident'
const MARKET = 'base.firm'

const local = rulePack<SurvivorshipTables, { field: string; candidates: Candidate[] }>({
  id: 'taian-survivorship-2026',
  title: words('泰安市档案取值规则', 'Which source counts, city of Tai’an'),
  source: { document: 'Local scheme of the data bureau, one source for one datum', clause: 'sources by field' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: '3709',
  notes: [
    {
      text: words(
        '各字段的权威部门应按本市一数一源目录核对',
        'Check the authority of each field with the city’s catalogue of sources',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    name: [POLICE, 'base.birth', 'base.medical-insured', 'base.employee'],
    formerName: [POLICE],
    number: [POLICE, 'base.medical-insured', 'base.employee'],
    sex: [POLICE, 'base.birth', 'base.medical-insured'],
    nation: [POLICE],
    bornOn: ['base.birth', POLICE, 'base.medical-insured'],
    phone: ['base.medical-insured', 'base.clinic-visit', 'base.housing-fund'],
    address: [POLICE, 'base.move', 'base.pension'],
    marital: ['base.marriage', POLICE],
    household: [POLICE],
    employer: ['base.employee', 'base.housing-fund'],
    diedOn: ['base.death', POLICE],
    struckOff: [POLICE],
    code: [MARKET],
    kind: [MARKET],
    industry: [MARKET, 'base.statistical-unit'],
    capital: [MARKET],
    establishedOn: [MARKET, 'base.cooperative'],
    state: [MARKET],
    closedOn: [MARKET],
    mergedInto: [MARKET],
    staff: ['base.tax-return', 'base.statistical-unit'],
    'firm.name': [MARKET],
    'firm.formerName': [MARKET],
    'firm.phone': [MARKET, 'base.statistical-unit'],
    'firm.address': [MARKET, 'base.licence'],
  },
  vectors: [
    {
      title: 'the police know the name better than a clinic, although the clinic wrote later',
      facts: {
        field: 'name',
        candidates: [
          { dataset: 'base.clinic-visit', since: '2026-05-01T00:00:00.000Z' },
          { dataset: POLICE, since: '2026-01-01T00:00:00.000Z' },
        ],
      },
      expected: { chosen: 1 },
    },
    {
      title: 'of sources of the same rank the one written last',
      facts: {
        field: 'phone',
        candidates: [
          { dataset: 'base.vehicle', since: '2026-01-01T00:00:00.000Z' },
          { dataset: 'base.house-sale', since: '2026-02-01T00:00:00.000Z' },
        ],
      },
      expected: { chosen: 1 },
    },
  ],
})

/** Which of several values counts: that of the authoritative source, then the one written last. */
export const survivorshipRule = rule({
  id: 'one-file.survivorship',
  title: words('档案取值规则', 'Which value counts'),
  facts: Type.Object({
    field: Type.String({ maxLength: 40 }),
    candidates: Type.Array(Type.Object({ dataset: Type.String(), since: Type.String() }), {
      minItems: 1,
      maxItems: 20_000,
    }),
  }),
  result: Type.Object({ chosen: Type.Integer({ minimum: 0 }) }),
  packs: [local],
  evaluate: (tables: SurvivorshipTables, { field, candidates }) => {
    const order = tables[field] ?? []
    const rank = ({ dataset }: Candidate) => (order.includes(dataset) ? order.indexOf(dataset) : order.length)
    const best = candidates
      .map((candidate, at) => ({ ...candidate, at }))
      .sort((a, b) => rank(a) - rank(b) || b.since.localeCompare(a.since) || a.at - b.at)[0]
    return {
      result: { chosen: best?.at ?? 0 },
      explanation: [
        words(
          `先看来源：${order.join('、') || '无指定'}；同级取最新`,
          `By source first: ${order.join(', ') || 'none named'}; of the same rank the latest`,
        ),
      ],
    }
  },
})
