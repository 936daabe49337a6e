import { Chart, useWords } from '#portal/ui'
import type { Relation } from '../types.ts'
import { useOpenFile } from './file-link.tsx'

interface Props {
  readonly name: string
  readonly relations: readonly Relation[]
}

/** A person in the middle of household, kin and firms; a press opens the other file. */
export function RelationGraph({ name, relations }: Props) {
  const t = useWords()
  const open = useOpenFile()
  const categories = [
    t({ zh: '本人', en: 'The person' }),
    t({ zh: '家人', en: 'Family' }),
    t({ zh: '企业', en: 'Firms' }),
  ]
  const nodes = [
    { id: 'self', name, category: 0, symbolSize: 46 },
    ...relations.map(({ entity, kind, name: other }) => ({
      id: entity,
      name: other || entity,
      category: kind === 'firm' ? 2 : 1,
      symbolSize: 32,
      symbol: kind === 'firm' ? 'roundRect' : 'circle',
    })),
  ]
  return (
    <Chart
      height={360}
      label={{ zh: `${name}的家庭、亲属和企业`, en: `Household, kin and firms of ${name}` }}
      table={{
        columns: [t({ zh: '关系', en: 'Relation' }), t({ zh: '名称', en: 'Name' })],
        rows: relations.map(({ title, name: other, entity }) => [t(title), `${other} (${entity})`]),
      }}
      onClick={({ dataIndex }) => {
        const relation = relations[dataIndex - 1]
        if (relation) open({ kind: relation.kind, id: relation.entity })
      }}
      option={{
        legend: { data: categories, bottom: 0 },
        series: [
          {
            type: 'graph',
            layout: 'force',
            roam: 'move',
            force: { repulsion: 360, edgeLength: 110, layoutAnimation: false },
            categories: categories.map((category) => ({ name: category })),
            label: { show: true, position: 'bottom' },
            edgeLabel: { show: true, formatter: '{c}', fontSize: 11 },
            data: nodes,
            edges: relations.map(({ entity, title }) => ({ source: 'self', target: entity, value: t(title) })),
          },
        ],
      }}
    />
  )
}
