import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Card, Flex, Select, Typography } from 'antd'
import { api, Chart, DataState, PageFrame, useMarks, useWords, Wide } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { Inventory } from './types.ts'
import { useUnitNames } from './use-unit-names.ts'
import { REASONS, titleOf } from './words.ts'

interface Link {
  readonly from: string
  readonly to: string
  readonly value: number
  readonly owners: readonly string[]
  readonly proof: 'collected' | 'found' | 'declared'
  readonly declaredOn: string
}

interface Graph {
  readonly links: readonly Link[]
  readonly drawn: number
  readonly of: number
}

/** How a link is known. */
const PROOFS: Readonly<Record<Link['proof'], Words>> = {
  collected: { zh: '采集任务已取到数据', en: 'rows were collected' },
  found: { zh: '来源扫描中发现', en: 'found at the source' },
  declared: { zh: '单位申报', en: 'declared by the unit' },
}

const KINDS: Readonly<Record<string, { readonly title: Words; readonly colour: string }>> = {
  duty: { title: { zh: '职责', en: 'Duty' }, colour: '#1d39c4' },
  item: { title: { zh: '事项', en: 'Item' }, colour: '#531dab' },
  system: { title: { zh: '系统', en: 'System' }, colour: '#08979c' },
  table: { title: { zh: '数据表', en: 'Table' }, colour: '#389e0d' },
  dataset: { title: { zh: '数据集', en: 'Dataset' }, colour: '#135200' },
  reason: { title: { zh: '未汇聚', en: 'Not collected' }, colour: '#ad6800' },
}
const MISSING = '—'
const GAP = '#cf1322'

/** The chain from a unit's duties to the datasets of the city; what is missing is red. */
export function GraphPage() {
  const t = useWords()
  const navigate = useNavigate()
  const { unit } = useSearch({ strict: false }) as { unit?: string }
  const inventory = useQuery({
    queryKey: ['collection', 'inventory'],
    queryFn: () => api.get<Inventory>('/api/collection/inventory'),
  })
  const units = inventory.data?.units.map((each) => each.unit) ?? []
  const names = useUnitNames(units)
  const chosen = unit ?? units[0]
  return (
    <PageFrame
      title={{ zh: '从职责到数据', en: 'From duty to data' }}
      about={{
        zh: '职责、事项、系统、数据表、数据集逐级相连；线越宽字段越多，红色是缺口。',
        en: 'Duties, items, systems, tables and datasets linked; wide lines have many fields, gaps are red.',
      }}
      above={[{ title: { zh: '应汇尽汇', en: 'All collected' }, path: '/inventory' }]}
    >
      <DataState
        query={inventory}
        isEmpty={() => units.length === 0}
        empty={{ zh: '还没有申报信息系统', en: 'No system has been declared' }}
      >
        {() => (
          <Flex vertical gap="middle">
            <Select
              aria-label={t({ zh: '单位', en: 'Unit' })}
              style={{ maxWidth: 400 }}
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen ?? null}
              onChange={(next) => void navigate({ to: `/inventory/graph?unit=${next}` })}
              options={units.map((id) => ({ value: id, label: names.get(id) ?? id }))}
            />
            {chosen && <Graph unit={chosen} />}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Graph({ unit }: { readonly unit: string }) {
  const query = useQuery({
    queryKey: ['collection', 'graph', unit],
    queryFn: () => api.get<Graph>('/api/collection/inventory/graph', { unit }),
  })
  const t = useWords()
  return (
    <DataState query={query} isEmpty={({ links }) => links.length === 0}>
      {({ links, drawn, of }) => (
        <Flex vertical gap="middle">
          {drawn < of && (
            <Alert
              type="warning"
              showIcon
              title={t({
                zh: `该单位共有 ${of} 张数据表，这里只画出前 ${drawn} 张；全部见系统清单`,
                en: `Only the first ${drawn} of ${of} tables are drawn; the list of systems has all`,
              })}
            />
          )}
          <Picture links={links} />
        </Flex>
      )}
    </DataState>
  )
}

function Picture({ links }: { readonly links: readonly Link[] }) {
  const t = useWords()
  const label = (id: string): string => {
    const cut = id.indexOf(':')
    const [kind, name] = [id.slice(0, cut), id.slice(cut + 1)]
    if (name === MISSING && kind === 'reason') return t({ zh: '未说明', en: 'Unexplained' })
    if (name === MISSING) return `${t(KINDS[kind]?.title ?? { zh: kind, en: kind })} ${t({ zh: '缺', en: 'missing' })}`
    return kind === 'reason' ? t(titleOf(REASONS, name)) : name
  }
  const names = useUnitNames([...new Set(links.flatMap(({ owners }) => owners))])
  const { list } = useMarks()
  const ownersOf = ({ owners }: Link): string => owners.map((id) => names.get(id) ?? id).join(list)
  const evidenceOf = ({ proof, declaredOn }: Link): string =>
    t({ zh: `${PROOFS[proof].zh}（${declaredOn} 申报）`, en: `${PROOFS[proof].en} (declared ${declaredOn})` })
  const nodes = [...new Set(links.flatMap(({ from, to }) => [from, to]))]
  const colour = (id: string) => (id.endsWith(`:${MISSING}`) ? GAP : KINDS[id.slice(0, id.indexOf(':'))]?.colour)
  const leaves = nodes.filter((id) => /^(dataset|reason|table):/.test(id)).length
  const option = {
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 140,
        top: 8,
        bottom: 8,
        nodeGap: 14,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.25 },
        label: { formatter: ({ name }: { name: string }) => label(name), width: 150, overflow: 'truncate' },
        data: nodes.map((id) => ({ name: id, itemStyle: { color: colour(id) } })),
        links: links.map(({ from, to, value }) => ({ source: from, target: to, value })),
      },
    ],
  }
  return (
    <Card>
      <Flex wrap gap="middle">
        {Object.entries(KINDS).map(([kind, { title, colour: own }]) => (
          <Flex key={kind} gap={6} align="center">
            <span aria-hidden="true" style={{ width: 12, height: 12, background: own }} />
            <Typography.Text>{t(title)}</Typography.Text>
          </Flex>
        ))}
      </Flex>
      <Wide label={t({ zh: '关系图', en: 'Picture' })}>
        <div style={{ minWidth: 880 }}>
          <Chart
            option={option}
            height={Math.max(320, leaves * 30)}
            label={{ zh: '从职责到数据集的关系图', en: 'From duty to dataset' }}
            table={{
              columns: [
                t({ zh: '从', en: 'From' }),
                t({ zh: '到', en: 'To' }),
                t({ zh: '字段数', en: 'Fields' }),
                t({ zh: '责任单位', en: 'Owner' }),
                t({ zh: '依据', en: 'Evidence' }),
              ],
              rows: links.map((link) => [
                label(link.from),
                label(link.to),
                link.value,
                ownersOf(link),
                evidenceOf(link),
              ]),
            }}
          />
        </div>
      </Wide>
    </Card>
  )
}
