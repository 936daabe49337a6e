import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { useWords, Wide } from '#portal/ui'
import type { Box, Drawing, Line } from './lay-out.ts'
import type { LoopDiagram } from './loop-types.ts'

const INK = { line: '#8a94a3', passed: '#14508c', text: '#1c2733', current: '#c25700', fault: '#b3261e' } as const
const FILL = { open: '#ffffff', waiting: '#f3f5f8', end: '#e6f0e9' } as const

/** A wide picture that is worked on shrinks so far, then it is scrolled. */
const LEAST = 0.65

/** What an editor adds to the picture: parts that can be chosen, and marks. */
export interface Choosing {
  /** Id of the chosen place, or action (the first word of its lines' ids). */
  readonly place?: string | undefined
  readonly action?: string | undefined
  readonly onPlace: (id: string) => void
  readonly onAction: (id: string) => void
  /** Short text below a place, such as its term. */
  readonly notes: Readonly<Record<string, string>>
  readonly faulty: ReadonlySet<string>
}

interface PictureProps {
  readonly diagram: LoopDiagram
  readonly drawing: Drawing
  readonly choosing?: Choosing
}

/** A laid-out diagram, showing the current place first; with `choosing` its boxes and lines are buttons. */
export function Picture({ diagram, drawing, choosing }: PictureProps) {
  const t = useWords()
  const head = useId()
  const frame = useRef<HTMLElement>(null)
  const current = diagram.places.find((place) => place.current)?.id
  useEffect(() => {
    const box = drawing.boxes.find(({ id }) => id === current)
    const { current: element } = frame
    if (!box || !element) return
    const scale = element.scrollWidth / drawing.width
    element.scrollLeft = box.x * scale - element.clientWidth / 2
  }, [drawing, current])
  return (
    <Wide frame={frame} label={t({ zh: '流程图', en: 'Diagram' })}>
      <svg
        style={{ width: `max(${drawing.width * LEAST}px, min(100%, ${drawing.width}px))`, height: 'auto' }}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role={choosing ? 'group' : 'img'}
        aria-label={t({ zh: '流程图，文字说明见下方', en: 'Diagram; told in words below' })}
        fontSize={14}
      >
        <Heads id={head} />
        {drawing.lines.map((line) => (
          <Arrow key={line.id} line={line} head={head} choosing={choosing} />
        ))}
        {drawing.boxes.map((box) => (
          <Node key={box.id} box={box} diagram={diagram} choosing={choosing} />
        ))}
      </svg>
    </Wide>
  )
}

const Heads = ({ id }: { readonly id: string }) => (
  <defs>
    {(['line', 'passed', 'current'] as const).map((kind) => (
      <marker
        key={kind}
        id={`${id}${kind}`}
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
)

/** What makes a part of the picture a button. */
const button = (label: string, isChosen: boolean, choose: () => void) => ({
  role: 'button',
  tabIndex: 0,
  'aria-label': label,
  'aria-pressed': isChosen,
  className: 'dz-part',
  onClick: choose,
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    choose()
  },
})

interface PartProps {
  readonly choosing: Choosing | undefined
}

function Arrow({ line, head, choosing }: PartProps & { readonly line: Line; readonly head: string }) {
  const t = useWords()
  const action = line.id.split(' ')[0] ?? ''
  const isChosen = choosing?.action === action
  const ink = isChosen ? 'current' : line.passed ? 'passed' : 'line'
  const points = line.points.map(({ x, y }) => `${x},${y}`).join(' ')
  const label = `${t({ zh: '操作：', en: 'Action: ' })}${line.text}`
  return (
    <g {...(choosing ? button(label, isChosen, () => choosing.onAction(action)) : {})}>
      {choosing && <polyline points={points} fill="none" stroke="transparent" strokeWidth={16} />}
      <polyline
        points={points}
        fill="none"
        stroke={INK[ink]}
        strokeWidth={ink === 'line' ? 1.2 : 2.5}
        {...(line.automatic ? { strokeDasharray: '5 4' } : {})}
        markerEnd={`url(#${head}${ink})`}
      />
      <text
        x={line.label.x}
        y={line.label.y}
        textAnchor="middle"
        dominantBaseline="middle"
        fontSize={12}
        fill={INK.text}
        fontWeight={isChosen ? 700 : 400}
        stroke="#fff"
        strokeWidth={4}
        paintOrder="stroke"
      >
        {line.text}
      </text>
    </g>
  )
}

function Node({ box, diagram, choosing }: PartProps & { readonly box: Box; readonly diagram: LoopDiagram }) {
  const t = useWords()
  const one = diagram.places.find(({ id }) => id === box.id)
  if (!one) return null
  const isChosen = choosing?.place === one.id
  const isFaulty = choosing?.faulty.has(one.id) ?? false
  const isCurrent = one.current || isChosen
  const title = `${choosing && one.start ? '▶ ' : ''}${one.current ? '● ' : ''}${isFaulty ? '! ' : ''}${t(one.title)}`
  const stroke = isFaulty ? INK.fault : isCurrent ? INK.current : one.visited ? INK.passed : INK.line
  const note = choosing?.notes[one.id]
  const label = `${t({ zh: '环节：', en: 'Step: ' })}${t(one.title)}${note ? ` ${note}` : ''}`
  return (
    <>
      <g {...(choosing ? button(label, isChosen, () => choosing.onPlace(one.id)) : {})}>
        <rect
          {...(one.start ? { 'data-start': true } : {})}
          x={box.x - box.width / 2}
          y={box.y - box.height / 2}
          width={box.width}
          height={box.height}
          rx={one.kind === 'end' ? box.height / 2 : 6}
          fill={FILL[one.kind]}
          stroke={stroke}
          strokeWidth={isCurrent ? 4 : one.visited || isFaulty ? 2 : 1.2}
          {...(one.kind === 'waiting' ? { strokeDasharray: '6 3' } : {})}
        />
        <text
          x={box.x}
          y={box.y}
          textAnchor="middle"
          dominantBaseline="middle"
          fill={INK.text}
          fontWeight={isCurrent ? 700 : 400}
        >
          {title}
        </text>
      </g>
      {note && (
        <text
          x={box.x + box.width / 2 + 6}
          y={box.y}
          dominantBaseline="middle"
          fontSize={12}
          fill={INK.text}
          stroke="#fff"
          strokeWidth={4}
          paintOrder="stroke"
        >
          {note}
        </text>
      )}
    </>
  )
}
