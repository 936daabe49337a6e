import { ArrowRightOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { stageAfter } from '../guide.tsx'
import { type Mistake, plainly, whereOf } from '../model/where.ts'
import type { DefinitionDetail } from '../types.ts'
import type { Editor } from '../use-editor.ts'
import { ActionPanel } from './action-panel.tsx'
import { ActionsList, StepsList } from './lists.tsx'
import { MatterClock, MatterPanel } from './matter-panel.tsx'
import { PublishPanel } from './publish-panel.tsx'
import { StepPanel } from './step-panel.tsx'
import { TrialPanel } from './trial-panel.tsx'

export interface PanelProps {
  readonly editor: Editor
  readonly detail: DefinitionDetail
  /** Reads the definition anew and begins again; after a publication with the new version. */
  readonly again: (published?: number) => Promise<void>
  /** Told where a trial stands. */
  readonly onTrial: (place: string | undefined) => void
}

/** Where the panel is below the drawing: what is chosen there must come into sight. */
const NARROW = '(max-width: 991px)'

/** What is chosen in the drawing, or the stage of the guide, to be filled in. */
export function Panel(props: PanelProps) {
  const { editor } = props
  const t = useWords()
  const { title, body } = contentOf(props)
  const next = stageAfter(editor.stage)
  const here = useRef<HTMLElement>(null)
  const { chosen, stage } = editor
  const shown = useRef<unknown>(chosen ?? stage)
  useEffect(() => {
    const now = chosen ?? stage
    if (shown.current !== now && matchMedia(NARROW).matches) here.current?.scrollIntoView()
    shown.current = now
  }, [chosen, stage])
  return (
    <section ref={here} className="dz-panel" aria-label={t(title)}>
      <h2>{t(title)}</h2>
      <Here editor={editor} />
      {body}
      {next && (
        <Button icon={<ArrowRightOutlined />} iconPlacement="end" onClick={() => editor.show(next.stage)}>
          {t({ zh: `下一步：${next.title.zh}`, en: `Next: ${next.title.en}` })}
        </Button>
      )}
    </section>
  )
}

function contentOf(props: PanelProps): { readonly title: Words; readonly body: ReactNode } {
  const { editor } = props
  const { chosen, draft, stage } = editor
  const step = chosen?.kind === 'step' ? draft.places[chosen.id] : undefined
  if (chosen && step)
    return {
      title: { zh: `环节：${step.title.zh}`, en: `Step: ${step.title.en}` },
      body: <StepPanel key={chosen.id} editor={editor} id={chosen.id} place={step} />,
    }
  const action = chosen?.kind === 'action' ? draft.actions[chosen.id] : undefined
  if (chosen && action)
    return {
      title: { zh: `操作：${action.title.zh}`, en: `Action: ${action.title.en}` },
      body: <ActionPanel key={chosen.id} editor={editor} id={chosen.id} action={action} />,
    }
  if (stage === 'steps') return { title: { zh: '全部环节', en: 'All steps' }, body: <StepsList editor={editor} /> }
  if (stage === 'actions')
    return { title: { zh: '全部操作', en: 'All actions' }, body: <ActionsList editor={editor} /> }
  if (stage === 'clock')
    return { title: { zh: '全程时限', en: 'Limit of the whole matter' }, body: <MatterClock editor={editor} /> }
  if (stage === 'try') return { title: { zh: '试运行', en: 'Try it out' }, body: <TrialPanel {...props} /> }
  if (stage === 'publish') return { title: { zh: '发布', en: 'Publish' }, body: <PublishPanel {...props} /> }
  return { title: { zh: '事项', en: 'The matter' }, body: <MatterPanel editor={editor} /> }
}

/** What is wrong with what the panel shows. */
function Here({ editor: { mistakes = [], chosen, stage, draft } }: { readonly editor: Editor }) {
  const t = useWords()
  const isHere = ({ at }: Mistake) => {
    const where = whereOf(at)
    return typeof where === 'string'
      ? !chosen && where === stage
      : chosen?.kind === where.kind && chosen.id === where.id
  }
  return mistakes
    .filter(isHere)
    .map((mistake) => (
      <Alert key={mistake.at + mistake.message.zh} type="error" showIcon title={t(plainly(mistake, draft))} />
    ))
}
