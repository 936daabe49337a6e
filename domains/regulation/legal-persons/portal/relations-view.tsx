import { Card, Empty } from 'antd'
import { PageLink, useWords, Wide } from '#portal/ui'

interface Related {
  readonly code: string
  readonly name: string
  readonly percent: number
  readonly since: string | null
}

export interface Relations {
  readonly parents: readonly Related[]
  readonly subsidiaries: readonly Related[]
  readonly people: { readonly count: number; readonly percent: number }
}

const WIDTH = 720
const BOX = { width: 210, height: 44, gap: 20 }
const PER_ROW = 3
const LEVEL = 110

/** Firms that hold shares of it above, those of which it does below; people are counted, never named. */
export function RelationsView({ view, name }: { readonly view: Relations; readonly name: string }) {
  const t = useWords()
  const { parents, subsidiaries, people } = view
  const isEmpty = parents.length + subsidiaries.length + people.count === 0
  return (
    <Card
      size="small"
      title={<h2 className="dz-card-heading">{t({ zh: '企业间持股', en: 'Shares between firms' })}</h2>}
    >
      {isEmpty ? (
        <Empty
          description={t({
            zh: '没有股权记录（个体工商户和合作社没有）',
            en: 'No shares on record (sole traders and cooperatives have none)',
          })}
        />
      ) : (
        <>
          <p>
            {t({
              zh: `自然人股东 ${people.count} 名，合计 ${people.percent}%；企业股东 ${parents.length} 家；持有 ${subsidiaries.length} 家企业的股份。`,
              en: `${people.count} people hold ${people.percent} % in sum; ${parents.length} firms hold shares of it; it holds shares of ${subsidiaries.length} firms.`,
            })}
          </p>
          {parents.length + subsidiaries.length > 0 && <Drawing view={view} name={name} />}
          <ul className="dz-plain-list">
            {parents.map((each) => (
              <li key={each.code}>
                {t({ zh: '股东：', en: 'Holder: ' })}
                <Line of={each} />
              </li>
            ))}
            {subsidiaries.map((each) => (
              <li key={each.code}>
                {t({ zh: '持有：', en: 'Holds: ' })}
                <Line of={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Line({ of: { code, name, percent, since } }: { readonly of: Related }) {
  const t = useWords()
  return (
    <>
      <PageLink to={`/firms/${encodeURIComponent(code)}`}>{name || code}</PageLink> {percent}%{' '}
      {since && t({ zh: `自 ${since}`, en: `since ${since}` })}
    </>
  )
}

function Drawing({ view: { parents, subsidiaries }, name }: { readonly view: Relations; readonly name: string }) {
  const t = useWords()
  const above = parents.slice(0, PER_ROW)
  const below = subsidiaries.slice(0, PER_ROW)
  const own = above.length > 0 ? LEVEL : 10
  const height = own + BOX.height + (below.length > 0 ? LEVEL : 10)
  const label = t({ zh: '持股关系图', en: 'Drawing of shares' })
  const x = (at: number, of: number) => WIDTH / 2 + (at - (of - 1) / 2) * (BOX.width + BOX.gap)
  const line = (fromX: number, fromY: number, toX: number, toY: number, text: string) => (
    <g key={`${fromX},${toX},${fromY}`}>
      <path d={`M${fromX},${fromY} L${toX},${toY}`} stroke="currentColor" opacity={0.5} />
      <text x={(fromX + toX) / 2 + 6} y={(fromY + toY) / 2} fontSize={12} fill="currentColor">
        {text}
      </text>
    </g>
  )
  return (
    <Wide label={label}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height}>
        {above.map((each, at) => line(x(at, above.length), BOX.height + 10, WIDTH / 2, own, `${each.percent}%`))}
        {below.map((each, at) =>
          line(WIDTH / 2, own + BOX.height, x(at, below.length), own + LEVEL - 10, `${each.percent}%`),
        )}
        {above.map((each, at) => (
          <Box key={each.code} x={x(at, above.length)} y={10} text={each.name || each.code} />
        ))}
        <Box x={WIDTH / 2} y={own} text={name} strong />
        {below.map((each, at) => (
          <Box key={each.code} x={x(at, below.length)} y={own + LEVEL - 10} text={each.name || each.code} />
        ))}
      </svg>
    </Wide>
  )
}

function Box({
  x,
  y,
  text,
  strong,
}: {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly strong?: true
}) {
  return (
    <g transform={`translate(${x - BOX.width / 2}, ${y})`}>
      <rect
        width={BOX.width}
        height={BOX.height}
        rx={6}
        fill="none"
        stroke="currentColor"
        strokeWidth={strong ? 2 : 1}
      />
      <text x={BOX.width / 2} y={27} textAnchor="middle" fontSize={13} fill="currentColor">
        {text.length > 15 ? `${text.slice(0, 14)}…` : text}
      </text>
    </g>
  )
}
