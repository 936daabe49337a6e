import { Skeleton, Typography } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useWords } from '#portal/ui'
import type { Drawing } from '../lay-out.ts'
import type { LoopDiagram } from '../loop-types.ts'
import { Picture } from '../picture.tsx'
import { hoursWords } from './hours.ts'
import { isUsed, type Mining, type Open } from './mining-types.ts'

interface PictureProps {
  readonly mining: Mining
  readonly open: Open
}

const NOTHING: ReadonlySet<string> = new Set()
/** Between action, from and to in the id of a drawn way; no name holds it. */
const SEPARATOR = '|'

/** The real ways as a graph with their counts; the most frequent way is thick; boxes and lines open their matters. */
export function MiningPicture({ mining, open }: PictureProps) {
  const t = useWords()
  const diagram = useMemo(() => diagramOf(mining), [mining])
  const [drawing, setDrawing] = useState<Drawing>()
  useEffect(() => {
    let isGone = false
    void import('../lay-out.ts').then(({ layOut, apart }) => {
      if (!isGone) setDrawing(layOut(diagram, t, apart(diagram, t)))
    })
    return () => {
      isGone = true
    }
  }, [diagram, t])
  if (!drawing) return <Skeleton active />
  const title = (id: string) => mining.places.find((place) => place.id === id)?.title ?? { zh: id, en: id }
  const onPlace = (place: string) => open({ title: title(place), query: { place } })
  const onAction = (id: string) => {
    const [action = '', from = '', to = ''] = id.split(SEPARATOR)
    open({
      title: { zh: `${title(from).zh} → ${title(to).zh}`, en: `${title(from).en} → ${title(to).en}` },
      query: { action, from, place: to },
    })
  }
  return (
    <figure className="dz-mining">
      <Picture diagram={diagram} drawing={drawing} choosing={{ onPlace, onAction, notes: {}, faulty: NOTHING }} />
      <figcaption>
        <Typography.Text type="secondary">
          {t({
            zh: '框内：到过的件数、一般停留时间（一半事项不超过）；线上：走过的次数；粗线是最常走的路。同样的数字见下表。',
            en: 'Boxes: matters that came there and their usual stay (half take no longer); lines: how often; thick: the most frequent way. The tables below say the same.',
          })}
        </Typography.Text>
      </figcaption>
    </figure>
  )
}

function diagramOf({ places, ways, paths }: Mining): LoopDiagram {
  const usual = paths.find((path) => path.places.length > 1)
  const isUsual = (from: string, to: string) =>
    usual?.places.some((place, n) => place === from && usual.places[n + 1] === to) ?? false
  return {
    places: places.filter(isUsed).map(({ id, title, kind, start, arrivals, medianHours }) => {
      const stay = hoursWords(medianHours)
      const has = medianHours !== null
      return {
        id,
        kind,
        start,
        current: false,
        visited: usual?.places.includes(id) ?? false,
        title: {
          zh: `${title.zh}：${arrivals} 次${has ? `，${stay.zh}` : ''}`,
          en: `${title.en}: ${arrivals}${has ? `, ${stay.en}` : ''}`,
        },
      }
    }),
    ways: ways.flatMap(({ action, title, from, to, times }) =>
      from === null
        ? []
        : [
            {
              action: [action, from, to].join(SEPARATOR),
              title: { zh: `${title.zh} ${times} 次`, en: `${title.en} ×${times}` },
              from,
              to,
              automatic: false,
              passed: isUsual(from, to),
            },
          ],
    ),
  }
}
