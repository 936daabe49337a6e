import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { DataState, useWords } from '#portal/ui'
import type { Drawing } from './lay-out.ts'
import type { LoopDiagram } from './loop-types.ts'
import { Picture } from './picture.tsx'
import { useDiagram } from './queries.ts'

/** The matter's definition drawn, with the place where it is and the way it came; told in words beside the picture. */
export function Diagram({ id }: { readonly id: string }) {
  const query = useDiagram(id)
  return <DataState query={query}>{(diagram) => <Drawn diagram={diagram} />}</DataState>
}

/** A diagram with its words below. */
export function Drawn({ diagram }: { readonly diagram: LoopDiagram }) {
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
