import { Select } from 'antd'
import { formFields } from '#portal/forms'
import { useWords } from '#portal/ui'
import { patched } from '../model/draft.ts'
import { listOf } from '../model/walk.ts'
import type { Editor } from '../use-editor.ts'
import { Labelled } from './labelled.tsx'
import { WhoInput } from './who-input.tsx'

/** Who rules when a holder says "not mine", and for which matters the ruling is remembered. */
export function RefusalInput({ editor }: { readonly editor: Editor }) {
  const t = useWords()
  const { draft, edit } = editor
  const { refusal, data } = draft
  const fields = formFields(data)
  const first = fields.slice(0, 1).map(({ name }) => name)
  return (
    <>
      <WhoInput
        title={{ zh: '办理人认为不属本单位时，由谁裁定', en: 'Who rules when a holder says "not mine"' }}
        editor={editor}
        value={listOf(refusal?.to)}
        nobody={{ zh: '不设裁定：办理人不能提出', en: 'Nobody: a holder cannot say so' }}
        onChange={(to) =>
          edit(
            'refusal',
            patched(draft, { refusal: to.length > 0 ? { to, subject: refusal?.subject ?? first } : undefined }),
          )
        }
      />
      {refusal && (
        <Labelled
          label={{ zh: '哪些内容相同，就按同一裁定办', en: 'The ruling is remembered for matters with the same' }}
          help={{
            zh: '例如选“类别”和“区划”：以后同类别、同区划的事项直接交给裁定的岗位。',
            en: 'With category and area, the next matter of that category and area goes to the post ruled at once.',
          }}
        >
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              placeholder={t({ zh: '至少选一项', en: 'At least one' })}
              value={[...refusal.subject]}
              onChange={(subject: string[]) => edit('refusal', patched(draft, { refusal: { ...refusal, subject } }))}
              options={fields.map(({ name, title }) => ({ value: name, label: t(title) }))}
            />
          )}
        </Labelled>
      )}
    </>
  )
}
