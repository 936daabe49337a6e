import { Chart, useWords } from '#portal/ui'
import type { FirmShare } from '../types.ts'
import { useOpenFile } from './file-link.tsx'

interface Props {
  readonly firm: string
  readonly shares: readonly FirmShare[]
}

/** How many steps above (positive) or below the firm each one stands; the nearest way counts. */
function levels(firm: string, shares: readonly FirmShare[]): Map<string, number> {
  const found = new Map([[firm, 0]])
  for (const side of [1, -1] as const) {
    let open = [firm]
    while (open.length > 0) {
      const next = shares
        .filter((share) => open.includes(side === 1 ? share.held : share.holder))
        .map((share) => (side === 1 ? share.holder : share.held))
        .filter((id) => !found.has(id))
      for (const id of next) found.set(id, (found.get(open[0] ?? firm) ?? 0) + side)
      open = [...new Set(next)]
    }
  }
  return found
}

/** Holders above, firms held below, with their shares; a press opens the other file. */
export function ShareGraph({ firm, shares }: Props) {
  const t = useWords()
  const open = useOpenFile()
  const level = levels(firm, shares)
  const people = new Set(shares.filter(({ holderKind }) => holderKind === 'person').map(({ holder }) => holder))
  const names = new Map(
    shares.flatMap((one) => [[one.holder, one.holderName] as const, [one.held, one.heldName] as const]),
  )
  const ids = [...level.keys()]
  const rows = Map.groupBy(ids, (id) => level.get(id) ?? 0)
  const depth = Math.max(...level.values()) - Math.min(...level.values()) + 1
  const place = (id: string) => {
    const row = rows.get(level.get(id) ?? 0) ?? [id]
    return { x: ((row.indexOf(id) + 1) * 900) / (row.length + 1), y: -120 * (level.get(id) ?? 0) }
  }
  return (
    <Chart
      height={Math.max(240, 130 * depth)}
      label={{ zh: '股权结构', en: 'Who holds whom' }}
      table={{
        columns: [t({ zh: '股东', en: 'Holder' }), t({ zh: '持有', en: 'Holds' }), '%'],
        rows: shares.map(({ holderName, heldName, percent }) => [holderName, heldName, percent]),
      }}
      onClick={({ dataIndex, name }) => {
        const id = ids[dataIndex]
        if (id && id !== firm && names.get(id) === name) open({ kind: people.has(id) ? 'person' : 'firm', id })
      }}
      option={{
        series: [
          {
            type: 'graph',
            layout: 'none',
            roam: 'move',
            edgeSymbol: ['none', 'arrow'],
            label: { show: true, position: 'bottom', width: 150, overflow: 'truncate' },
            edgeLabel: { show: true, formatter: '{c}%', fontSize: 11 },
            data: ids.map((id) => ({
              id,
              name: names.get(id) ?? id,
              symbol: people.has(id) ? 'circle' : 'roundRect',
              symbolSize: id === firm ? [60, 34] : people.has(id) ? 32 : [48, 28],
              itemStyle: { color: id === firm ? '#1677ff' : people.has(id) ? '#389e0d' : '#8c8c8c' },
              ...place(id),
            })),
            edges: shares.map(({ holder, held, percent }) => ({
              source: holder,
              target: held,
              value: Math.round(percent * 100) / 100,
            })),
          },
        ],
      }}
    />
  )
}
