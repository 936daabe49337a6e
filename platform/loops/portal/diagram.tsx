import { Skeleton } from 'antd'
import { useEffect, useId, useState } from 'react'
import { DataState, useWords } from '#portal/ui'
import type { Drawing } from './lay-out.ts'
import type { LoopDiagram } from './loop-types.ts'
import { useDiagram } from './queries.ts'

const INK = { line: '#8a94a3', passed: '#14508c', text: '#1c2733', current: '#c25700' } as const
const FILL = { open: '#ffffff', waiting: '#f3f5f8', end: '#e6f0e9' } as const

/** The matter's definition drawn, with the place where it is and the way it came; told in words beside the picture. */
export function Diagram({ id }: { readonly id: string }) {
  const query = useDiagram(id)
  return <DataState query={query}>{(diagram) => <Drawn diagram={diagram} />}</DataState>
}

function Drawn({ diagram }: { readonly diagram: LoopDiagram }) {
  const t = useWords()
  const [drawing, setDrawing] = useState<Drawing>()
  useEffect(() => {
    let isGone = false
    void import('./lay-out.ts').then(({ layOut }) => {
      if (!isGone) setDrawing(layOut(diagram, t))
    })
    return () => {
      isGone = true
    }
  }, [diagram, t])
  if (!drawing) return <Skeleton active />
  return (
    <figure style={{ margin: 0 }}>
      <Picture diagram={diagram} drawing={drawing} />
      <figcaption>
        <Spoken diagram={diagram} />
      </figcaption>
    </figure>
  )
}

function Picture({ diagram, drawing }: { readonly diagram: LoopDiagram; readonly drawing: Drawing }) {
  const t = useWords()
  const head = useId()
  const place = new Map(diagram.places.map((one) => [one.id, one]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide picture is scrolled with the keyboard
    <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={t({ zh: '流程图', en: 'Diagram' })}>
      <svg
        width={drawing.width}
        height={drawing.height}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="img"
        aria-label={t({ zh: '流程图，文字说明见下方', en: 'Diagram; told in words below' })}
        fontSize={14}
      >
        <defs>
          {(['line', 'passed'] as const).map((kind) => (
            <marker
              key={kind}
              id={`${head}${kind}`}
              viewBox="0 0 8 8"
              refX={7}
              refY={4}
              markerWidth={10}
              markerHeight={10}
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 L8 4 L0 8 z" fill={INK[kind]} />
            </marker>
          ))}
        </defs>
        {drawing.lines.map((line) => (
          <polyline
            key={`${line.from} ${line.to}`}
            points={line.points.map(({ x, y }) => `${x},${y}`).join(' ')}
            fill="none"
            stroke={line.passed ? INK.passed : INK.line}
            strokeWidth={line.passed ? 2.5 : 1.2}
            {...(line.automatic ? { strokeDasharray: '5 4' } : {})}
            markerEnd={`url(#${head}${line.passed ? 'passed' : 'line'})`}
          />
        ))}
        {drawing.lines.map(({ from, to, label, text }) => (
          <text
            key={`${from} ${to}`}
            x={label.x}
            y={label.y}
            textAnchor="middle"
            dominantBaseline="middle"
            fontSize={12}
            fill={INK.text}
            stroke="#fff"
            strokeWidth={4}
            paintOrder="stroke"
          >
            {text}
          </text>
        ))}
        {drawing.boxes.map((box) => {
          const one = place.get(box.id)
          if (!one) return null
          return (
            <g key={box.id}>
              <rect
                x={box.x - box.width / 2}
                y={box.y - box.height / 2}
                width={box.width}
                height={box.height}
                rx={one.kind === 'end' ? box.height / 2 : 6}
                fill={FILL[one.kind]}
                stroke={one.current ? INK.current : one.visited ? INK.passed : INK.line}
                strokeWidth={one.current ? 4 : one.visited ? 2 : 1.2}
                {...(one.kind === 'waiting' ? { strokeDasharray: '6 3' } : {})}
              />
              <text
                x={box.x}
                y={box.y}
                textAnchor="middle"
                dominantBaseline="middle"
                fill={INK.text}
                fontWeight={one.current ? 700 : 400}
              >
                {one.current ? `● ${t(one.title)}` : t(one.title)}
              </text>
            </g>
          )
        })}
      </svg>
    </section>
  )
}

/** The same in words. */
function Spoken({ diagram }: { readonly diagram: LoopDiagram }) {
  const t = useWords()
  const title = (id: string) => t(diagram.places.find((place) => place.id === id)?.title ?? { zh: id, en: id })
  const current = diagram.places.find((place) => place.current)
  return (
    <details>
      <summary>
        {current && t({ zh: `现在处于“${current.title.zh}”。`, en: `Now in "${current.title.en}". ` })}
        {t({ zh: '文字说明', en: 'In words' })}
      </summary>
      <ul>
        {diagram.ways.map((way) => (
          <li key={`${way.action} ${way.from} ${way.to}`}>
            {`${title(way.from)} — ${t(way.title)} → ${title(way.to)}`}
            {way.automatic && t({ zh: '（自动）', en: ' (automatic)' })}
            {way.passed && t({ zh: '（已走过）', en: ' (passed)' })}
          </li>
        ))}
      </ul>
    </details>
  )
}
