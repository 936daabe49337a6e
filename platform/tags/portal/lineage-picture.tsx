import { useWords, Wide } from '#portal/ui'
import type { TagDetail } from './types.ts'

const ROW = 44
const WIDTH = 720
const BOX = { width: 200, height: 32 }
const COLUMNS = [0, 260, 520] as const

/** Datasets, the features made of them, and the tag, drawn from left to right; the table below says the same. */
export function LineagePicture({ detail: { lineage, tag } }: { readonly detail: TagDetail }) {
  const t = useWords()
  const datasets = [...new Set(lineage.map(({ dataset }) => dataset))]
  const features = [...new Set(lineage.flatMap(({ feature }) => (feature ? [t(feature)] : [])))]
  const height = Math.max(datasets.length, features.length, 1) * ROW
  const y = (at: number, of: number) => ((at + 0.5) * height) / of
  const place = (name: string): readonly [number, number] =>
    features.includes(name)
      ? [COLUMNS[1], y(features.indexOf(name), features.length)]
      : [COLUMNS[0], y(datasets.indexOf(name), datasets.length)]
  const end = [COLUMNS[2], height / 2] as const
  const lines = new Map<string, readonly [readonly [number, number], readonly [number, number]]>()
  for (const { dataset, feature } of lineage) {
    const to = feature ? place(t(feature)) : end
    lines.set(`${dataset}>${to}`, [place(dataset), to])
    if (feature) lines.set(`${to}>`, [to, end])
  }
  const label = t({ zh: '来源图：数据集、特征、标签', en: 'Sources: datasets, features, tag' })
  return (
    <Wide label={label}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height}>
        {[...lines].map(([key, [[x1, y1], [x2, y2]]]) => (
          <path
            key={key}
            d={`M${x1 + BOX.width},${y1} C${x1 + BOX.width + 30},${y1} ${x2 - 30},${y2} ${x2},${y2}`}
            fill="none"
            stroke="currentColor"
            opacity={0.4}
          />
        ))}
        {[...datasets, ...features].map((name) => (
          <Box key={name} at={place(name)} text={name} />
        ))}
        <Box at={end} text={t(tag.title)} strong />
      </svg>
    </Wide>
  )
}

function Box({
  at: [x, y],
  text,
  strong,
}: {
  readonly at: readonly [number, number]
  readonly text: string
  readonly strong?: true
}) {
  return (
    <g transform={`translate(${x}, ${y - BOX.height / 2})`}>
      <rect
        width={BOX.width}
        height={BOX.height}
        rx={6}
        fill="none"
        stroke="currentColor"
        strokeWidth={strong ? 2 : 1}
      />
      <text x={BOX.width / 2} y={21} textAnchor="middle" fontSize={13} fill="currentColor">
        {text.length > 26 ? `${text.slice(0, 25)}…` : text}
      </text>
    </g>
  )
}
