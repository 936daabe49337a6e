import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Typography } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { useWords } from '#portal/ui'
import { termWords } from '../../../rules/term.ts'
import { apart, layOut } from '../lay-out.ts'
import { Picture } from '../picture.tsx'
import { addStep, drawOn, NEW_END, NEW_STEP, removeAction, removeStep } from './model/edit.ts'
import { diagramOf } from './model/graph.ts'
import { whereOf } from './model/where.ts'
import type { Editor } from './use-editor.ts'

interface DrawingProps {
  readonly editor: Editor
  /** Where a trial stands. */
  readonly at: string | undefined
}

/** Where reading begins, which may be far aside in a wide picture. */
const START = '[data-start]'

/** The definition drawn; its boxes and arrows can be chosen, and drawn on from. */
export function Drawing({ editor, at }: DrawingProps) {
  const t = useWords()
  const { draft, chosen, show, mistakes } = editor
  const diagram = useMemo(() => diagramOf(draft), [draft])
  const drawing = useMemo(() => layOut(diagram, t, apart(diagram, t)), [diagram, t])
  const notes = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(draft.places).flatMap(([id, { clock }]) =>
          typeof clock?.limit === 'string' ? [[id, t(termWords(clock.limit))]] : [],
        ),
      ),
    [draft.places, t],
  )
  const places = diagram.places.map((place) => ({ ...place, current: place.id === at }))
  const faulty = new Set(
    (mistakes ?? []).flatMap((mistake) => {
      const where = whereOf(mistake.at)
      return typeof where === 'object' && where.kind === 'step' ? [where.id] : []
    }),
  )
  const limit = draft.clock?.limit
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    frame.current?.querySelector(START)?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <section ref={frame} className="dz-drawing" aria-label={t({ zh: '绘图区', en: 'Drawing' })}>
      <Tools editor={editor} />
      {typeof limit === 'string' && (
        <Typography.Text>
          {t({ zh: `全程时限：${termWords(limit).zh}`, en: `Whole matter: ${termWords(limit).en}` })}
        </Typography.Text>
      )}
      <Picture
        diagram={{ ...diagram, places }}
        drawing={drawing}
        choosing={{
          place: chosen?.kind === 'step' ? chosen.id : undefined,
          action: chosen?.kind === 'action' ? chosen.id : undefined,
          onPlace: (id) => show({ kind: 'step', id }),
          onAction: (id) => show({ kind: 'action', id }),
          notes,
          faulty,
        }}
      />
    </section>
  )
}

/** What can be drawn now; from the chosen step if there is one. */
function Tools({ editor }: { readonly editor: Editor }) {
  const t = useWords()
  const { draft, chosen, edit, show } = editor
  const step = chosen?.kind === 'step' ? draft.places[chosen.id] : undefined
  const action = chosen?.kind === 'action' ? draft.actions[chosen.id] : undefined
  const canGoOn = step !== undefined && step.kind !== 'end'
  const add = (kind: 'open' | 'end') => {
    const [next, id] =
      canGoOn && chosen ? drawOn(draft, chosen.id, kind) : addStep(draft, kind === 'end' ? NEW_END : NEW_STEP, kind)
    edit('add', next)
    show({ kind: 'step', id })
  }
  const remove = () => {
    if (!chosen) return
    edit('remove', (chosen.kind === 'step' ? removeStep : removeAction)(draft, chosen.id))
    show(chosen.kind === 'step' ? 'steps' : 'actions')
  }
  const named = step?.title ?? action?.title
  return (
    <Flex wrap gap="small" align="center" className="dz-tools">
      <Button icon={<PlusOutlined />} onClick={() => add('open')}>
        {canGoOn ? t({ zh: '下一环节', en: 'Next step' }) : t({ zh: '环节', en: 'Step' })}
      </Button>
      <Button icon={<PlusOutlined />} onClick={() => add('end')}>
        {t({ zh: '办结环节', en: 'End' })}
      </Button>
      {chosen && named && (
        <Button icon={<DeleteOutlined />} danger onClick={remove}>
          {t({ zh: `删除“${named.zh}”`, en: `Remove "${named.en}"` })}
        </Button>
      )}
      {!named && (
        <Typography.Text type="secondary">
          {t({ zh: '点图中的环节或箭头即可修改', en: 'Choose a step or an arrow to change it' })}
        </Typography.Text>
      )}
    </Flex>
  )
}
