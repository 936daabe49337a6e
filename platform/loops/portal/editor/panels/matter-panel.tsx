import { Checkbox, Collapse, Input, Select } from 'antd'
import { formFields } from '#portal/forms'
import { useLanguage, useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import type { LoopDefinition } from '../../../definition.ts'
import { ClockInput } from '../inputs/clock-input.tsx'
import { FieldsInput } from '../inputs/fields-input.tsx'
import { Group, Labelled } from '../inputs/labelled.tsx'
import { PostsWith } from '../inputs/posts-with.tsx'
import { RefusalInput } from '../inputs/refusal-input.tsx'
import { TermInput } from '../inputs/term-input.tsx'
import { WhoInput } from '../inputs/who-input.tsx'
import { rightOptions } from '../inputs/who-kinds.ts'
import { WordsInput } from '../inputs/words-input.tsx'
import { asForm, type Patch, patched } from '../model/draft.ts'
import { readable, stored } from '../model/fields.ts'
import type { Editor } from '../use-editor.ts'

interface MatterProps {
  readonly editor: Editor
}

const setter =
  ({ edit, draft }: Editor) =>
  (mark: string, patch: Patch<LoopDefinition>) =>
    edit(mark, patched(draft, patch))

/** What the matter is called, what it carries, who opens and reads it. */
export function MatterPanel({ editor }: MatterProps) {
  const t = useWords()
  const set = setter(editor)
  const { draft } = editor
  return (
    <>
      <WordsInput
        label={{ zh: '名称', en: 'Title' }}
        value={draft.title}
        onChange={(title) => set('title', { title })}
      />
      <WordsInput
        label={{ zh: '说明', en: 'What it is for' }}
        value={draft.about}
        long
        onChange={(about) => set('about', { about: about.zh || about.en ? about : undefined })}
      />
      <FieldsInput
        title={{ zh: '发起时登记的内容', en: 'Filled in at the start' }}
        form={draft.data}
        onChange={(form) => set('data', { data: asForm(form) })}
      />
      <Headline editor={editor} />
      <Opens editor={editor} />
      <Collapse
        items={[
          {
            key: 'more',
            label: t({
              zh: '更多设置：谁可查看、是否公开、职责裁定、拆分、所在区划、重新办理',
              en: 'More: readers, confidential, rulings, dividing, area, taking up again',
            }),
            children: <More editor={editor} />,
          },
        ]}
      />
    </>
  )
}

/** The clock over the whole matter. */
export const MatterClock = ({ editor }: MatterProps) => (
  <ClockInput
    title={{ zh: '时限', en: 'Clock' }}
    editor={editor}
    clock={editor.draft.clock}
    whole
    onChange={(clock) => setter(editor)('clock', { clock })}
  />
)

/** The template of a matter's title, with the fields' own titles in braces. */
function Headline({ editor }: MatterProps) {
  const { language } = useLanguage()
  const t = useWords()
  const { data, headline } = editor.draft
  const names = formFields(data)
    .map(({ title }) => `{${t(title)}}`)
    .join(' ')
  const change = (text: string) => {
    const own = stored(text, data, language)
    const isOne = headline.zh === headline.en
    setter(editor)('headline', { headline: isOne ? { zh: own, en: own } : { ...headline, [language]: own } })
  }
  return (
    <Labelled
      label={{ zh: '每件事项的标题', en: 'Headline of each matter' }}
      help={{ zh: `花括号内为登记的内容：${names}`, en: `Braces hold what was filled in: ${names}` }}
    >
      {(id) => (
        <Input
          id={id}
          maxLength={200}
          value={readable(headline[language], data, language)}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Labelled>
  )
}

const Opens = ({ editor }: MatterProps) => (
  <RightInput
    editor={editor}
    label={{ zh: '谁可以发起', en: 'Who may open one' }}
    none={{ zh: '只由程序发起', en: 'Only the program' }}
    part="opens"
  />
)

/** A part of the matter that names one right, or none. */
function RightInput(props: {
  readonly editor: Editor
  readonly label: Words
  readonly none: Words
  /** Said before the name of a right. */
  readonly one?: Words
  readonly part: 'opens' | 'confidential'
}) {
  const t = useWords()
  const { editor, label, none, one, part } = props
  const rights = rightOptions(editor.parts, t).map((option) =>
    one ? { ...option, label: `${t(one)}“${option.label}”` } : option,
  )
  return (
    <Labelled label={label}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={editor.draft[part]?.right ?? ''}
          onChange={(right) => setter(editor)(part, { [part]: right ? { right } : undefined })}
          options={[{ value: '', label: t(none) }, ...rights]}
        />
      )}
    </Labelled>
  )
}

const FIRST_TERM = '30d'

function More({ editor }: MatterProps) {
  const t = useWords()
  const set = setter(editor)
  const { draft } = editor
  const { readers = [], division, reopen, places, data } = draft
  const steps = Object.entries(places).filter(([, { kind }]) => kind !== 'end')
  return (
    <Group title={{ zh: '更多设置', en: 'More' }}>
      <WhoInput
        title={{ zh: '还有谁可以查看', en: 'Who else may read it' }}
        editor={editor}
        value={readers}
        nobody={{ zh: '没有另外指定', en: 'Nobody else is named' }}
        onChange={(next) => set('readers', { readers: next.length > 0 ? next : undefined })}
      />
      <RightInput
        editor={editor}
        label={{ zh: '是否公开', en: 'Confidential or not' }}
        none={{ zh: '公开：按权限和区域可查看', en: 'Not confidential: seen by right and area' }}
        one={{
          zh: '不公开：经办的人以外，须有权限',
          en: 'Confidential: besides those in it, seen only with the right ',
        }}
        part="confidential"
      />
      {draft.confidential && <PostsWith right={draft.confidential.right} parts={editor.parts} />}
      <RefusalInput editor={editor} />
      <Checkbox
        checked={draft.divisible ?? false}
        onChange={({ target }) => set('divisible', { divisible: target.checked || undefined })}
      >
        {t({ zh: '可以拆成几件分别办理', en: 'Parts may be taken out as matters of their own' })}
      </Checkbox>
      <Labelled label={{ zh: '发生地取自', en: 'Where it happened' }}>
        {(id) => (
          <Select
            id={id}
            value={division ?? ''}
            onChange={(next) => set('division', { division: next || undefined })}
            options={[
              { value: '', label: t({ zh: '不按区划', en: 'Not by area' }) },
              ...formFields(data)
                .filter(({ kind }) => kind === 'division')
                .map(({ name, title }) => ({ value: name, label: t(title) })),
            ]}
          />
        )}
      </Labelled>
      <Labelled label={{ zh: '办结后重新办理，回到', en: 'Taken up again after its end, in' }}>
        {(id) => (
          <Select
            id={id}
            value={reopen?.to ?? ''}
            onChange={(to) => set('reopen', { reopen: to ? { within: reopen?.within ?? FIRST_TERM, to } : undefined })}
            options={[
              { value: '', label: t({ zh: '不可重新办理', en: 'Never' }) },
              ...steps.map(([value, { title }]) => ({ value, label: t(title) })),
            ]}
          />
        )}
      </Labelled>
      {reopen && (
        <TermInput
          label={{ zh: '办结后多久之内', en: 'Within' }}
          value={reopen.within}
          onChange={(within) => set('reopen', { reopen: { ...reopen, within } })}
        />
      )}
    </Group>
  )
}
