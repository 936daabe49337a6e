import { Checkbox, Select, Switch, Typography } from 'antd'
import { useEffect, useEffectEvent } from 'react'
import { type FormSchema, formFields } from '#portal/forms'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import type { JointRule, LoopDefinition, Place } from '../../../definition.ts'
import { type Patch, patched } from '../model/draft.ts'
import { setStep } from '../model/edit.ts'
import { unitFields } from '../model/fields.ts'
import { addJoint, removeJoint } from '../model/joint.ts'
import { useDefinition } from '../queries.ts'
import type { Editor } from '../use-editor.ts'
import { Group, Labelled } from './labelled.tsx'
import { NO_UNITS } from './who-kinds.ts'

interface JointProps {
  readonly editor: Editor
  readonly id: string
  readonly place: Place
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** Joint handling of a step: a matter of its own for each unit, and on when all of them have ended. */
export function JointInput({ editor, id, place: { joint } }: JointProps) {
  const t = useWords()
  const { draft, edit, parts } = editor
  const set = (patch: Patch<JointRule>) =>
    joint && edit(`joint ${id}`, setStep(draft, id, { joint: patched(joint, patch) }))
  const fields = unitFields(draft.data, joint?.units)
  return (
    <Group title={{ zh: '联合办理', en: 'Joint handling' }}>
      <Labelled label={{ zh: '由多个单位同时办理', en: 'Several units handle it at the same time' }}>
        {(own) => (
          <div>
            <Switch
              id={own}
              checked={joint !== undefined}
              onChange={(on) => edit('joint', on ? addJoint(draft, id) : removeJoint(draft, id))}
            />
          </div>
        )}
      </Labelled>
      {joint && (
        <>
          <Typography.Text type="secondary">
            {t({
              zh: '到这个环节时，系统为每个单位各开一件子事项；全部办结后自动离开本环节。',
              en: 'On arrival each unit gets a matter of its own; when all have ended, this step is left by itself.',
            })}
          </Typography.Text>
          <Choose
            label={{ zh: '哪些单位，取自', en: 'Which units: from the field' }}
            value={joint.units}
            options={fields.map(({ name, title }) => ({ value: name, label: t(title) }))}
            {...(fields.length === 0 ? { help: NO_UNITS } : {})}
            onChange={(units) => set({ units })}
          />
          <Choose
            label={{ zh: '各单位按哪个流程办理', en: 'Each unit follows the definition' }}
            value={joint.loop}
            options={parts.definitions
              .filter((one) => one.id !== draft.id)
              .map(({ id: loop, title }) => ({ value: loop, label: t(title) }))}
            onChange={(loop) => set({ loop, as: '', cancelBy: undefined })}
          />
          {joint.loop && <Sub key={joint.loop} joint={joint} set={set} />}
          <Checkbox
            checked={joint.sharesClock ?? false}
            onChange={({ target }) => set({ sharesClock: target.checked || undefined })}
          >
            {t({
              zh: '各单位与主办共用全程时限（暂停、延期同时生效）',
              en: 'The units share the clock over the matter',
            })}
          </Checkbox>
        </>
      )}
    </Group>
  )
}

const NO_UNIT: Words = {
  zh: '这个流程没有“一个单位”的填写项，不能用来联合办理',
  en: 'This definition has no field "One organisation", so units cannot follow it',
}

interface SubProps {
  readonly joint: JointRule
  readonly set: (patch: Patch<JointRule>) => void
}

/** What is said in terms of the units' own definition. */
function Sub({ joint, set }: SubProps) {
  const body = useDefinition(joint.loop).data?.body as Partial<LoopDefinition> | null | undefined
  if (!body) return null
  return <SubChoices body={body} joint={joint} set={set} />
}

function SubChoices({ joint, set, body }: SubProps & { readonly body: Partial<LoopDefinition> }) {
  const t = useWords()
  const fields = formFields((body.data ?? {}) as FormSchema).filter(({ kind }) => kind === 'organisation')
  const only = fields.length === 1 ? fields[0]?.name : undefined
  const take = useEffectEvent((as: string) => set({ as }))
  useEffect(() => {
    if (only && joint.as === '') take(only)
  }, [only, joint.as])
  return (
    <>
      <Choose
        label={{ zh: '子事项中记单位的填写项', en: 'Field of theirs that names the unit' }}
        value={joint.as}
        options={fields.map(({ name, title }) => ({ value: name, label: t(title) }))}
        {...(fields.length === 0 ? { help: NO_UNIT } : {})}
        onChange={(as) => set({ as })}
      />
      <Choose
        label={{ zh: '主办提前离开时，子事项怎样结束', en: 'How theirs end if this step is left before' }}
        value={joint.cancelBy ?? ''}
        options={[
          { value: '', label: t({ zh: '不能提前离开，须等全部办结', en: 'It cannot be left before all have ended' }) },
          ...Object.entries(body.actions ?? {}).map(([value, { title }]) => ({ value, label: t(title) })),
        ]}
        onChange={(cancelBy) => set({ cancelBy: cancelBy || undefined })}
      />
    </>
  )
}

interface ChooseProps {
  readonly label: Words
  readonly help?: Words
  readonly value: string
  readonly options: readonly Choice[]
  readonly onChange: (value: string) => void
}

function Choose({ label, value, options, onChange, help }: ChooseProps) {
  const t = useWords()
  const isThere = options.some((one) => one.value === value)
  return (
    <Labelled label={label} {...(help ? { help } : {})}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t({ zh: '请选择', en: 'Choose' })}
          value={value || isThere ? value : null}
          onChange={(next) => onChange(next ?? '')}
          options={[...options]}
        />
      )}
    </Labelled>
  )
}
