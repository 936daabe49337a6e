import { Button, Flex, Radio, Select } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import type { Place } from '../../../definition.ts'
import { ClockInput } from '../inputs/clock-input.tsx'
import { JointInput } from '../inputs/joint-input.tsx'
import { Group, Labelled } from '../inputs/labelled.tsx'
import { WhoInput } from '../inputs/who-input.tsx'
import { WordsInput } from '../inputs/words-input.tsx'
import type { Patch } from '../model/draft.ts'
import { connect, setKind, setStep } from '../model/edit.ts'
import { COMMA } from '../model/signs.ts'
import { actionsFrom, listOf, targetsOf } from '../model/walk.ts'
import type { Editor } from '../use-editor.ts'

const KINDS: Readonly<Record<Place['kind'], Words>> = {
  open: { zh: '有人办理', en: 'Somebody acts' },
  waiting: { zh: '等待外部', en: 'Waits' },
  end: { zh: '办结', en: 'End' },
}
const OUTCOMES: Readonly<Record<NonNullable<Place['outcome']>, Words>> = {
  done: { zh: '办成', en: 'Done as it should be' },
  refused: { zh: '不予办理', en: 'Refused' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
}

interface StepProps {
  readonly editor: Editor
  readonly id: string
  readonly place: Place
}

/** One step: its name, who gets it, its clock, and what can be done there. */
export function StepPanel({ editor, id, place }: StepProps) {
  const t = useWords()
  const { draft, edit } = editor
  const set = (mark: string, patch: Patch<Place>) => edit(`${mark} ${id}`, setStep(draft, id, patch))
  return (
    <>
      <WordsInput
        label={{ zh: '环节名称', en: 'Name of the step' }}
        value={place.title}
        onChange={(title) => set('title', { title })}
      />
      <Radio.Group
        aria-label={t({ zh: '环节类别', en: 'Kind of step' })}
        optionType="button"
        value={place.kind}
        onChange={({ target }) => edit('kind', setKind(draft, id, target.value))}
        options={(['open', 'waiting', 'end'] as const).map((value) => ({ value, label: t(KINDS[value]) }))}
      />
      {place.kind === 'end' ? (
        <Labelled label={{ zh: '办理结果', en: 'How it counts' }}>
          {(own) => (
            <Select
              id={own}
              value={place.outcome ?? 'done'}
              onChange={(outcome) => set('outcome', { outcome })}
              options={(['done', 'refused', 'withdrawn'] as const).map((value) => ({
                value,
                label: t(OUTCOMES[value]),
              }))}
            />
          )}
        </Labelled>
      ) : (
        <>
          <WhoInput
            title={{ zh: '由谁办理', en: 'Who gets it' }}
            editor={editor}
            value={listOf(place.assign)}
            nobody={{ zh: '由上一环节的办理人继续', en: 'Stays with who had it before' }}
            onChange={(assign) => set('assign', { assign: assign.length > 0 ? assign : undefined })}
          />
          <Deeds editor={editor} id={id} />
          <ClockInput
            title={{ zh: '本环节时限', en: 'Clock of this step' }}
            editor={editor}
            clock={place.clock}
            onChange={(clock) => set('clock', { clock })}
          />
          <JointInput editor={editor} id={id} place={place} />
        </>
      )}
    </>
  )
}

/** The actions that start from a step, and a new one to another step. */
function Deeds({ editor: { draft, edit, show }, id }: { readonly editor: Editor; readonly id: string }) {
  const t = useWords()
  const title = (place: string) => t(draft.places[place]?.title ?? { zh: place, en: place })
  const add = (to: string | null) => {
    if (to === null) return
    const [next, action] = connect(draft, id, to)
    edit('connect', next)
    show({ kind: 'action', id: action })
  }
  return (
    <Group title={{ zh: '从这里能做什么', en: 'What can be done here' }}>
      <Flex vertical gap={6}>
        {actionsFrom(draft, id).map(([name, action]) => (
          <Button
            key={name}
            style={{
              height: 'auto',
              minHeight: 36,
              whiteSpace: 'normal',
              justifyContent: 'flex-start',
              textAlign: 'left',
            }}
            onClick={() => show({ kind: 'action', id: name })}
          >
            {`${t(action.title)} → ${targetsOf(action.to).map(title).join(t(COMMA)) || t({ zh: '留在原环节', en: 'stays' })}`}
          </Button>
        ))}
      </Flex>
      <Select
        aria-label={t({ zh: '添加操作，通向', en: 'Add an action that leads to' })}
        placeholder={t({ zh: '＋ 添加操作，通向…', en: '+ Add an action that leads to…' })}
        value={null}
        onChange={add}
        options={Object.keys(draft.places)
          .filter((place) => place !== id)
          .map((value) => ({ value, label: title(value) }))}
      />
    </Group>
  )
}
