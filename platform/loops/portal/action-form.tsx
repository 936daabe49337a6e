import { Modal } from 'antd'
import type { FormSchema } from '#portal/forms'
import { SchemaForm, useWords } from '#portal/ui'
import type { LoopAction, LoopDetail } from './loop-types.ts'
import { OpenParts } from './merge/open-parts.tsx'
import { useAct } from './use-act.ts'

const EVIDENCE = { zh: '佐证材料', en: 'Evidence' }
const NOTE = { zh: '说明', en: 'Note' }
const MOST_FILES = 20
const NOTE_LENGTH = 4000

/** The form of an action: its own fields, evidence files, and a note. */
function schemaOf({ form, evidence }: LoopAction): FormSchema {
  const own: FormSchema = form ?? {}
  const extra = {
    evidence: {
      type: 'array',
      items: { type: 'string' },
      minItems: evidence,
      maxItems: MOST_FILES,
      title: EVIDENCE.zh,
      daizong: { kind: 'files', title: EVIDENCE },
    },
    note: { type: 'string', maxLength: NOTE_LENGTH, title: NOTE.zh, daizong: { kind: 'longText', title: NOTE } },
  } as const
  return {
    ...own,
    type: 'object',
    properties: {
      ...own.properties,
      ...Object.fromEntries(Object.entries(extra).filter(([name]) => !own.properties?.[name])),
    },
    required: [...(own.required ?? []), ...(evidence > 0 ? ['evidence'] : [])],
  }
}

interface Filled {
  readonly evidence?: readonly string[]
  readonly note?: string
  readonly [field: string]: unknown
}

/** What the call carries: the action's own fields apart from evidence and note. */
function bodyOf(action: LoopAction, filled: Filled) {
  const own = new Set(Object.keys((action.form?.properties ?? {}) as object))
  const form = Object.fromEntries(Object.entries(filled).filter(([name]) => own.has(name)))
  return {
    ...(action.form ? { form } : {}),
    ...(filled.evidence && !own.has('evidence') ? { evidence: filled.evidence } : {}),
    ...(filled.note && !own.has('note') ? { note: filled.note } : {}),
  }
}

/** Asks what an action needs and does it. */
export function ActionForm({
  detail,
  action,
  onClose,
}: {
  readonly detail: LoopDetail
  readonly action: LoopAction
  readonly onClose: () => void
}) {
  const t = useWords()
  const act = useAct(detail, action.id, onClose)
  return (
    <Modal open title={t(action.title)} onCancel={onClose} footer={null} destroyOnHidden>
      {action.ends && <OpenParts parts={detail.parts} />}
      <SchemaForm
        schema={schemaOf(action)}
        onSubmit={(filled: Filled) => act(bodyOf(action, filled))}
        submit={action.title}
        danger={action.look === 'danger'}
        filesFor="loop"
      />
    </Modal>
  )
}
