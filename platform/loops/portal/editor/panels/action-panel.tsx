import { Checkbox, Collapse, InputNumber, Select } from 'antd'
import type { TObject } from 'typebox'
import { type FormSchema, formFields } from '#portal/forms'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import type { Action, Fork } from '../../../definition.ts'
import { FieldsInput } from '../inputs/fields-input.tsx'
import { Group, Labelled } from '../inputs/labelled.tsx'
import { WhoInput } from '../inputs/who-input.tsx'
import { WordsInput } from '../inputs/words-input.tsx'
import { asForm, EMPTY_FORM, type Patch } from '../model/draft.ts'
import { setAction } from '../model/edit.ts'
import { listOf } from '../model/walk.ts'
import type { Parts } from '../types.ts'
import type { Editor } from '../use-editor.ts'

interface ActionProps {
  readonly editor: Editor
  readonly id: string
  readonly action: Action
}

interface PartProps extends ActionProps {
  readonly set: (mark: string, patch: Patch<Action>) => void
}

const AUTOMATIC: Readonly<Record<NonNullable<Action['automatic']>, Words>> = {
  clock: { zh: '到期时自动', en: 'By a clock' },
  'warning-cleared': { zh: '预警解除时自动', en: 'When the warning clears' },
  'joint-ended': { zh: '联办全部办结时自动', en: 'When joint handling has ended' },
  service: { zh: '由程序触发', en: 'By a service of the program' },
}
type Trigger = NonNullable<Action['automatic']>
const MOST_FILES = 50

/** One action: its name, from where to where, who may, and what is filled in. */
export function ActionPanel(props: ActionProps) {
  const t = useWords()
  const { editor, id, action } = props
  const set = (mark: string, patch: Patch<Action>) => editor.edit(`${mark} ${id}`, setAction(editor.draft, id, patch))
  return (
    <>
      <WordsInput
        label={{ zh: '操作名称（按钮上的字）', en: 'Name of the action, as on its button' }}
        value={action.title}
        onChange={(title) => set('title', { title })}
      />
      <Way {...props} set={set} />
      <FieldsInput
        title={{ zh: '操作时要填写', en: 'To be filled in' }}
        form={action.form ?? EMPTY_FORM}
        onChange={(form) =>
          set('form', {
            form: formFields(form).length > 0 ? closed(form) : undefined,
          })
        }
      />
      {!action.automatic && (
        <WhoInput
          title={{ zh: '谁可以操作', en: 'Who may' }}
          editor={editor}
          value={listOf(action.who)}
          nobody={{ zh: '当前办理人', en: 'Whoever has it now' }}
          onChange={(who) => set('who', { who: who.length > 0 ? who : undefined })}
        />
      )}
      <Collapse
        items={[
          {
            key: 'more',
            label: t({
              zh: '更多设置：佐证、回避、条件、系统动作、自动',
              en: 'More: evidence, second pair of eyes, conditions, effects, automatic',
            }),
            children: <More {...props} set={set} />,
          },
        ]}
      />
    </>
  )
}

/** A form that takes nothing but its fields. */
const closed = (form: FormSchema): TObject => asForm({ ...form, ...CLOSED })
const CLOSED = { additionalProperties: false } as const

function Way({ editor: { draft, parts }, action: { from, to, look }, set }: PartProps) {
  const t = useWords()
  const places = Object.entries(draft.places).map(([value, { title, kind }]) => ({ value, label: t(title), kind }))
  const fork = typeof to === 'object' ? to : undefined
  return (
    <>
      <Labelled label={{ zh: '在哪些环节可做', en: 'From' }}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            value={from === '*' ? ['*'] : [...from]}
            onChange={(next: string[]) =>
              set('from', { from: next.at(-1) === '*' ? '*' : next.filter((one) => one !== '*') })
            }
            options={[
              { value: '*', label: t({ zh: '任何未办结环节', en: 'Every step that is no end' }) },
              ...places.filter(({ kind }) => kind !== 'end'),
            ]}
          />
        )}
      </Labelled>
      <Labelled label={{ zh: '做完后到', en: 'Leads to' }}>
        {(id) => (
          <Select
            id={id}
            value={fork ? '*' : ((to as string | undefined) ?? '')}
            onChange={(next) => set('to', { to: targetOf(next, parts, draft.places) })}
            options={[
              { value: '', label: t({ zh: '留在原环节', en: 'It stays where it is' }) },
              ...places,
              ...(choicesIn(parts).length > 0
                ? [{ value: '*', label: t({ zh: '由程序规则选择', en: 'Chosen by a rule of the program' }) }]
                : []),
            ]}
          />
        )}
      </Labelled>
      {fork && <ForkInput fork={fork} parts={parts} places={places} onChange={(next) => set('to', { to: next })} />}
      <Checkbox
        checked={look === 'primary'}
        onChange={({ target }) => set('look', { look: target.checked ? 'primary' : undefined })}
      >
        {t({ zh: '主要按钮', en: 'Main button' })}
      </Checkbox>
      <Checkbox
        checked={look === 'danger'}
        onChange={({ target }) => set('look', { look: target.checked ? 'danger' : undefined })}
      >
        {t({ zh: '红色按钮（否定性操作）', en: 'Red button, for a negative action' })}
      </Checkbox>
    </>
  )
}

const choicesIn = ({ hooks }: Parts) => hooks.filter(({ kind }) => kind === 'choices')

function targetOf(value: string, parts: Parts, places: object): string | Fork | undefined {
  if (value !== '*') return value || undefined
  return { choose: choicesIn(parts)[0]?.name ?? '', among: Object.keys(places).slice(0, 2) }
}

interface ForkProps {
  readonly fork: Fork
  readonly parts: Parts
  readonly places: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (fork: Fork) => void
}

function ForkInput({ fork, parts, places, onChange }: ForkProps) {
  const t = useWords()
  return (
    <>
      <Labelled label={{ zh: '规则', en: 'Rule' }}>
        {(id) => (
          <Select
            id={id}
            value={fork.choose || null}
            onChange={(choose) => onChange({ ...fork, choose: choose ?? '' })}
            options={choicesIn(parts).map(({ name, title }) => ({ value: name, label: t(title) }))}
          />
        )}
      </Labelled>
      <Labelled label={{ zh: '可选环节', en: 'Among' }}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            value={[...fork.among]}
            onChange={(among: string[]) => onChange({ ...fork, among })}
            options={[...places]}
          />
        )}
      </Labelled>
    </>
  )
}

function More({ editor, id, action, set }: PartProps) {
  const t = useWords()
  const { draft } = editor
  const others = Object.entries(draft.actions)
    .filter(([name]) => name !== id)
    .map(([value, { title }]) => ({ value, label: t(title) }))
  return (
    <Group title={{ zh: '更多设置', en: 'More' }}>
      <Labelled label={{ zh: '至少几份佐证材料', en: 'Least number of evidence files' }}>
        {(own) => (
          <InputNumber
            id={own}
            min={0}
            max={MOST_FILES}
            precision={0}
            value={action.evidence ?? 0}
            onChange={(n) => set('evidence', { evidence: n || undefined })}
          />
        )}
      </Labelled>
      <Several
        label={{ zh: '做过这些操作的人须回避', en: 'Never by who did' }}
        value={action.notBy}
        options={others}
        onChange={(notBy) => set('notBy', { notBy })}
      />
      <Hooks kind="guards" label={{ zh: '条件', en: 'Conditions' }} editor={editor} action={action} set={set} />
      <Hooks kind="effects" label={{ zh: '系统动作', en: 'Effects' }} editor={editor} action={action} set={set} />
      <Labelled label={{ zh: '由谁触发', en: 'By whom' }}>
        {(own) => (
          <Select<Trigger | ''>
            id={own}
            value={action.automatic ?? ''}
            onChange={(next) => set('automatic', next ? { automatic: next, who: undefined } : { automatic: undefined })}
            options={[
              { value: '', label: t({ zh: '人工操作', en: 'A person' }) },
              ...(['clock', 'warning-cleared', 'joint-ended', 'service'] as const).map((value) => ({
                value,
                label: t(AUTOMATIC[value]),
              })),
            ]}
          />
        )}
      </Labelled>
      <Several
        label={{ zh: '对时限的作用', en: 'What it does to clocks' }}
        value={(['pause', 'resume', 'restart'] as const).filter((one) => action.clock?.[one])}
        options={[
          { value: 'pause', label: t({ zh: '暂停计时', en: 'Pauses them' }) },
          { value: 'resume', label: t({ zh: '恢复计时', en: 'Resumes them' }) },
          { value: 'restart', label: t({ zh: '重新计时', en: 'Restarts the one over the matter' }) },
        ]}
        onChange={(next = []) => set('clock', { clock: clockOf(action, next) })}
      />
    </Group>
  )
}

function clockOf({ clock }: Action, chosen: readonly string[]): Action['clock'] {
  const kept = clock?.extend === undefined ? {} : { extend: clock.extend }
  const all = { ...kept, ...Object.fromEntries(chosen.map((one) => [one, true as const])) }
  return Object.keys(all).length > 0 ? all : undefined
}

interface HooksProps extends Omit<PartProps, 'id'> {
  readonly kind: 'guards' | 'effects'
  readonly label: Words
}

function Hooks({ kind, label, editor, action, set }: HooksProps) {
  const t = useWords()
  return (
    <Several
      label={label}
      value={action[kind]}
      options={editor.parts.hooks
        .filter((hook) => hook.kind === kind)
        .map(({ name, title }) => ({ value: name, label: t(title) }))}
      onChange={(names) => set(kind, { [kind]: names })}
    />
  )
}

interface SeveralProps {
  readonly label: Words
  readonly value: readonly string[] | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Gets undefined for none. */
  readonly onChange: (value: readonly string[] | undefined) => void
}

const Several = ({ label, value = [], options, onChange }: SeveralProps) => (
  <Labelled label={label}>
    {(id) => (
      <Select
        id={id}
        mode="multiple"
        allowClear
        value={[...value]}
        onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
        options={[...options]}
      />
    )}
  </Labelled>
)
