import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import type { FormSchema } from '#portal/forms'
import { api, SchemaForm, useWords } from '#portal/ui'
import type { LoopAction, LoopDetail } from './loop-types.ts'
import { loopsKey } from './queries.ts'

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

/** Asks what an action needs and does it; the same attempt keeps its key, so a repeated click does nothing twice. */
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
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  // What was seen when the form was opened: if somebody acts meanwhile, the server says so.
  const [revision] = useState(detail.matter.revision)
  const send = async (filled: Filled) => {
    await api.post(`/api/loops/${detail.matter.id}/actions`, {
      action: action.id,
      revision,
      key,
      ...bodyOf(action, filled),
    })
    onClose()
    await queries.invalidateQueries({ queryKey: loopsKey })
  }
  return (
    <Modal open title={t(action.title)} onCancel={onClose} footer={null} destroyOnHidden>
      <SchemaForm
        schema={schemaOf(action)}
        onSubmit={send}
        submit={action.title}
        danger={action.look === 'danger'}
        filesFor="loop"
      />
    </Modal>
  )
}
