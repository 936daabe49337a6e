import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { rule, rulePack } from '#platform/rules'
import { defineModule, words } from '#runtime'
import '#platform/map'

const school = dataset({
  id: 'school-entry.school',
  title: words('学校与学区', 'School and catchment'),
  about: words('学区是地图上的面', 'The catchment is a polygon on the map'),
  source: 'city.education',
  schema: Type.Object({
    code: field.text(words('学校代码', 'Code')),
    name: field.text(words('校名', 'Name')),
    places: field.integer(words('学位数', 'Places'), { min: 0 }),
    site: field.point(words('位置', 'Site')),
    catchment: field.json(
      words('学区', 'Catchment'),
      Type.Object({ type: Type.Literal('MultiPolygon'), coordinates: Type.Array(Type.Unknown()) }),
    ),
  }),
  key: ['code'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: 'permanent',
})

interface Tiers {
  readonly tiers: readonly {
    readonly tier: number
    readonly house: boolean
    readonly hukou: boolean
    readonly permit: boolean
    readonly clause: string
  }[]
}

const tier = rule({
  id: 'school-entry.tier',
  title: words('入学顺位', 'Priority tier'),
  facts: Type.Object({ house: Type.Boolean(), hukou: Type.Boolean(), permit: Type.Boolean() }),
  result: Type.Integer(),
  packs: [
    rulePack<Tiers, { house: boolean; hukou: boolean; permit: boolean }>({
      id: 'school-entry.tier/2026',
      title: words('2026 年招生顺位（各区配置）', 'Tiers of 2026 (set by each district)'),
      source: { document: 'district enrolment notice', clause: '-' },
      validFrom: '2026-05-01',
      validTo: '2027-04-30',
      locality: '370902',
      notes: [{ text: words('待核实，可配置', 'To be verified, configurable'), clause: null, verified: false }],
      tables: {
        tiers: [
          { tier: 1, house: true, hukou: true, permit: false, clause: '1' },
          { tier: 3, house: true, hukou: false, permit: false, clause: '3' },
          { tier: 4, house: false, hukou: false, permit: true, clause: '4' },
        ],
      },
      vectors: [{ facts: { house: true, hukou: true, permit: false }, expected: 1, title: 'test family 1' }],
    }),
  ],
  evaluate: ({ tiers }: Tiers, facts) => {
    const found = tiers.find(
      (row) => row.house === facts.house && row.hukou === facts.hukou && row.permit === facts.permit,
    )
    return {
      result: found?.tier ?? 5,
      explanation: [words(`依据第 ${found?.clause ?? '其他'} 款`, `By clause ${found?.clause ?? 'other'}`)],
    }
  },
})

const entry = loop({
  id: 'school-entry.application',
  version: 1,
  title: words('入学申请', 'School entry'),
  headline: words('{childName}', '{childName}'),
  data: Type.Object({
    child: field.reference(words('学生', 'Child'), 'registry.resident'),
    childName: field.text(words('姓名', 'Name'), { personal: true, mask: 'name' }),
    parent: field.text(words('家长账号', 'Account of the parent')),
    choices: field.json(words('志愿', 'Choices in order'), Type.Array(Type.String(), { minItems: 1, maxItems: 3 })),
    division: field.division(words('区域', 'Area')),
  }),
  division: 'division',
  start: 'proving',
  places: {
    proving: {
      title: words('数据核验', 'Proof by registries'),
      kind: 'waiting',
      clock: { limit: '1d', atLimit: [{ act: 'toManual' }] },
    },
    manual: {
      title: words('人工核验', 'Check by hand'),
      kind: 'open',
      assign: { right: 'school-entry.check', of: 'division' },
      clock: { limit: '5wd' },
    },
    pooled: { title: words('等待录取', 'Waiting for placement'), kind: 'waiting' },
    placed: {
      title: words('已录取，待确认', 'Placed, to be confirmed'),
      kind: 'open',
      assign: { accountIn: 'parent' },
      clock: { limit: '5d', rollover: true },
    },
    enrolled: { title: words('已入学', 'Enrolled'), kind: 'end', outcome: 'done' },
    withdrawn: { title: words('已撤回', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    prove: {
      title: words('核验通过', 'Proved'),
      from: ['proving', 'manual'],
      to: 'pooled',
      guards: ['school-entry.address-free'],
      effects: ['school-entry.lock-address'],
    },
    toManual: { title: words('转人工', 'To a person'), from: ['proving'], to: 'manual', automatic: 'clock' },
    place: {
      title: words('录取', 'Place'),
      from: ['pooled'],
      to: 'placed',
      who: { hook: 'school-entry.placement-run' },
    },
    confirm: { title: words('确认入学', 'Confirm'), from: ['placed'], to: 'enrolled', who: { accountIn: 'parent' } },
    appeal: {
      title: words('申诉', 'Appeal'),
      from: ['placed'],
      to: 'manual',
      who: { accountIn: 'parent' },
      form: Type.Object({ ground: field.longText(words('理由', 'Ground')) }),
    },
    withdraw: { title: words('撤回', 'Withdraw'), from: '*', to: 'withdrawn', who: { accountIn: 'parent' } },
  },
})

/** 10.2 School entry against the contracts. */
export const schoolEntry = defineModule({
  id: 'school-entry',
  plan: '10.2',
  title: words('入学“一件事”', 'School entry as one thing'),
  about: words('数据核验、顺位、录取、申诉', 'Proof, tiers, placement and appeal'),
  needs: ['registry', 'loops', 'rules', 'map'],
  folder: import.meta.dirname,
  rights: [{ id: 'school-entry.check', title: words('人工核验', 'Check by hand') }],
  datasets: [school],
  rules: [tier],
  loops: [entry],
  layers: [
    {
      id: 'school-entry.schools',
      title: words('学校', 'Schools'),
      geometry: 'point',
      source: { dataset: 'school-entry.school', point: 'site' },
      properties: ['name', 'places'],
    },
    {
      id: 'school-entry.catchments',
      title: words('学区', 'Catchments'),
      geometry: 'polygon',
      source: { hook: 'school-entry.catchments' },
      properties: ['name'],
    },
  ],
})
