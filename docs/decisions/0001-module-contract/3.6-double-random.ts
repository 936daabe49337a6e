import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { rule, rulePack } from '#platform/rules'
import { defineModule, words } from '#runtime'
import '#platform/identity'

interface RateTable {
  readonly rates: Readonly<Record<string, number>>
}

const rate = rule({
  id: 'double-random.rate',
  title: words('按信用风险的抽查比例', 'Inspection rate by credit risk'),
  facts: Type.Object({ risk: field.text(words('信用风险等级', 'Risk class')) }),
  result: Type.Number(),
  packs: [
    rulePack<RateTable, { risk: string }>({
      id: 'double-random.rate/local',
      title: words('本地抽查比例（待核实，可配置）', 'Local rates (to be verified, configurable)'),
      source: { document: 'local example', clause: '-' },
      validFrom: '2025-01-01',
      validTo: null,
      locality: '3709',
      notes: [{ text: words('待核实，可配置', 'To be verified, configurable'), clause: null, verified: false }],
      tables: { rates: { A: 0.01, B: 0.03, C: 0.1, D: 0.3 } },
      vectors: [{ facts: { risk: 'C' }, expected: 0.1, title: 'class C' }],
    }),
  ],
  evaluate: (tables: RateTable, { risk }) => ({
    result: tables.rates[risk] ?? 0,
    explanation: [words(`等级 ${risk} 的比例`, `Rate of class ${risk}`)],
  }),
})

const draw = dataset({
  id: 'double-random.draw',
  title: words('随机抽取', 'Random draw'),
  about: words(
    '名单摘要先公布，种子后产生，任何人可重算',
    'The hash of the list is published before the seed exists, so that anybody can repeat the draw',
  ),
  source: 'city.market-regulation',
  schema: Type.Object({
    id: field.text(words('编号', 'Number')),
    listHash: field.text(words('名单 SM3', 'SM3 of the list'), { pattern: '^[0-9a-f]{64}$' }),
    seed: Type.Optional(field.text(words('种子', 'Seed'))),
    seedSource: field.text(words('种子来源', 'Source of the seed')),
    drawnAt: Type.Optional(field.instant(words('抽取时间', 'Drawn at'))),
  }),
  key: ['id'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: { years: 10 },
})

const inspection = loop({
  id: 'double-random.inspection',
  version: 1,
  title: words('双随机检查', 'Double-random inspection'),
  headline: words('{firmName}', '{firmName}'),
  data: Type.Object({
    firm: field.uscc(words('企业', 'Firm')),
    firmName: field.text(words('企业名称', 'Name of the firm')),
    officers: field.json(words('检查人员', 'Officers'), Type.Array(Type.String(), { minItems: 2 })),
    division: field.division(words('区域', 'Area')),
  }),
  division: 'division',
  start: 'drawn',
  places: {
    drawn: {
      title: words('待检查', 'To be inspected'),
      kind: 'open',
      assign: { hook: 'double-random.officers' },
      clock: { limit: '30wd' },
    },
    recorded: {
      title: words('待审核', 'To be reviewed'),
      kind: 'open',
      assign: { right: 'double-random.review', of: 'division' },
      clock: { limit: '5wd' },
    },
    publishing: {
      title: words('待公示', 'To be published'),
      kind: 'waiting',
      clock: {
        limit: '20wd',
        basis: words('结果形成后 20 个工作日内公示', 'Published within 20 working days of the result'),
        atLimit: [{ act: 'publish' }],
      },
    },
    published: { title: words('已公示', 'Published'), kind: 'end', outcome: 'done' },
  },
  actions: {
    record: {
      title: words('录入结果', 'Enter the result'),
      from: ['drawn'],
      to: 'recorded',
      evidence: 1,
      guards: ['double-random.two-officers'],
      form: Type.Object({
        result: field.code(words('检查结果', 'Result'), {
          none: words('未发现问题', 'No problem found'),
          fixed: words('已责令改正', 'Ordered to correct'),
        }),
        note: field.longText(words('情况说明', 'Notes')),
      }),
    },
    approve: { title: words('审核通过', 'Approve'), from: ['recorded'], to: 'publishing', notBy: ['record'] },
    publish: {
      title: words('公示', 'Publish'),
      from: ['publishing'],
      to: 'published',
      effects: ['double-random.publish'],
      automatic: 'clock',
    },
  },
})

/** 3.6 Double-random inspection against the contracts. */
export const doubleRandom = defineModule({
  id: 'double-random',
  plan: '3.6',
  title: words('双随机、一公开', 'Double-random inspection'),
  about: words('随机抽对象、随机派人员、结果公开', 'Objects and officers drawn by lot, results published'),
  needs: ['registry', 'loops', 'rules', 'identity'],
  folder: import.meta.dirname,
  rights: [{ id: 'double-random.review', title: words('审核检查结果', 'Review results') }],
  roles: [
    { id: 'double-random.reviewer', title: words('审核员', 'Reviewer'), rights: { 'double-random.review': 'subtree' } },
  ],
  datasets: [draw],
  rules: [rate],
  loops: [inspection],
})
