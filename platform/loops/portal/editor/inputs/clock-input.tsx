import { Checkbox, Flex, Radio, Select, Switch } from 'antd'
import { formFields } from '#portal/forms'
import { useWords } from '#portal/ui'
import { termOf } from '../../../../rules/term.ts'
import type { Words } from '../../../../runtime/words.ts'
import type { ClockRule } from '../../../definition.ts'
import { type Patch, patched } from '../model/draft.ts'
import type { Editor } from '../use-editor.ts'
import { Group, Labelled } from './labelled.tsx'
import { LadderInput } from './ladder-input.tsx'
import { StatutoryInput } from './statutory-input.tsx'
import { TermInput } from './term-input.tsx'
import { WhoInput } from './who-input.tsx'
import { WordsInput } from './words-input.tsx'

interface ClockInputProps {
  readonly title: Words
  readonly editor: Editor
  readonly clock: ClockRule | undefined
  readonly onChange: (clock: ClockRule | undefined) => void
  /** The clock over the whole matter; it can also be extended and paused. */
  readonly whole?: true
}

const FIRST: ClockRule = { limit: '5wd', atLimit: [{ urge: { right: 'loops.supervise' } }] }

/** A clock: how long, by what law, and what happens then. */
export function ClockInput({ title, editor, clock, onChange, whole }: ClockInputProps) {
  const set = (patch: Patch<ClockRule>) => clock && onChange(patched(clock, patch))
  return (
    <Group title={title}>
      <Labelled label={{ zh: '设置时限', en: 'Has a limit' }}>
        {(id) => (
          <div>
            <Switch id={id} checked={clock !== undefined} onChange={(on) => onChange(on ? FIRST : undefined)} />
          </div>
        )}
      </Labelled>
      {clock && <StatutoryInput terms={editor.parts.terms} clock={clock} set={set} whole={whole ?? false} />}
      {clock && <Limit editor={editor} clock={clock} set={set} />}
      {clock && (
        <WordsInput
          label={{ zh: '依据', en: 'Legal basis' }}
          value={clock.basis}
          onChange={(basis) => set({ basis: basis.zh || basis.en ? basis : undefined })}
        />
      )}
      {clock && <Warning clock={clock} set={set} />}
      {clock && (
        <LadderInput
          editor={editor}
          steps={clock.atLimit ?? []}
          onChange={(steps) => set({ atLimit: steps.length > 0 ? steps : undefined })}
        />
      )}
      {clock && whole && <Longer editor={editor} clock={clock} set={set} />}
    </Group>
  )
}

interface PartProps {
  readonly clock: ClockRule
  readonly set: (patch: Patch<ClockRule>) => void
}

function Limit({ editor, clock, set }: PartProps & { readonly editor: Editor }) {
  const t = useWords()
  const { limit } = clock
  const fields = formFields(editor.draft.data)
  return (
    <>
      {(fields.length > 0 || typeof limit === 'object') && (
        <Radio.Group
          aria-label={t({ zh: '时限如何确定', en: 'How the limit is set' })}
          value={typeof limit === 'string' ? 'fixed' : 'field'}
          onChange={({ target }) =>
            set({ limit: target.value === 'fixed' ? '5wd' : { field: fields.find(isDate)?.name ?? '' } })
          }
          options={[
            { value: 'fixed', label: t({ zh: '固定时长', en: 'Fixed' }) },
            { value: 'field', label: t({ zh: '取自登记内容', en: 'From the data' }) },
          ]}
        />
      )}
      {typeof limit === 'string' ? (
        <TermInput label={{ zh: '时限', en: 'Limit' }} value={limit} onChange={(next) => set({ limit: next })} />
      ) : (
        <Labelled label={{ zh: '时限所在填写项', en: 'Field that holds the limit' }}>
          {(id) => (
            <Select
              id={id}
              value={limit.field || null}
              onChange={(field) => set({ limit: { field: field ?? '' } })}
              options={fields.map(({ name, title }) => ({ value: name, label: t(title) }))}
            />
          )}
        </Labelled>
      )}
    </>
  )
}

const isDate = ({ kind }: { readonly kind: string }) => kind === 'date'

function Warning({ clock, set }: PartProps) {
  const t = useWords()
  const own = clock.warnBefore
  return (
    <>
      <Checkbox
        checked={own !== undefined}
        onChange={({ target }) => set({ warnBefore: target.checked ? '1wd' : undefined })}
      >
        {t({
          zh: '指定提前多久亮黄灯提醒（不指定时为时限的五分之一）',
          en: 'Warn at a set time before (else a fifth)',
        })}
      </Checkbox>
      {own !== undefined && termOf(own) && (
        <TermInput
          label={{ zh: '提前提醒', en: 'Warn before' }}
          value={own}
          onChange={(warnBefore) => set({ warnBefore })}
        />
      )}
    </>
  )
}

function Longer({ editor, clock, set }: PartProps & { readonly editor: Editor }) {
  const t = useWords()
  const { extension, pausable = false } = clock
  return (
    <Flex vertical gap="small">
      <Checkbox checked={pausable} onChange={({ target }) => set({ pausable: target.checked || undefined })}>
        {t({ zh: '办理人可说明理由暂停计时', en: 'The holder may pause it, with a reason' })}
      </Checkbox>
      <Checkbox
        checked={extension !== undefined}
        onChange={({ target }) =>
          set({ extension: target.checked ? { by: '5wd', who: { right: 'loops.supervise' } } : undefined })
        }
      >
        {t({ zh: '可批准延长一次', en: 'May be extended once' })}
      </Checkbox>
      {extension && (
        <>
          <TermInput
            label={{ zh: '延长', en: 'Extend by' }}
            value={extension.by}
            onChange={(by) => set({ extension: { ...extension, by } })}
          />
          <WhoInput
            title={{ zh: '谁批准延长', en: 'Who extends' }}
            editor={editor}
            value={[extension.who]}
            single
            nobody={{ zh: '请指定', en: 'Name somebody' }}
            onChange={([who]) => who && set({ extension: { ...extension, who } })}
          />
        </>
      )}
    </Flex>
  )
}
