import { Alert, Flex, Modal } from 'antd'
import type { FormSchema } from '#portal/forms'
import { type FormValue, SchemaForm, useWords } from '#portal/ui'
import type { LoopAction, LoopDetail } from '../loop-types.ts'
import { useAct } from '../use-act.ts'

export const DIVIDE = 'loops.divide'

interface DivideProps {
  readonly detail: LoopDetail
  readonly action: LoopAction
  readonly onClose: () => void
}

/** Name in the form of why; no field of a matter's data begins like this. */
const WHY = '_reason'

/** Takes a part out of a matter: its facts, filled in as those of the whole, to be changed. */
export function DivideDialog({ detail, action, onClose }: DivideProps) {
  const t = useWords()
  const act = useAct(detail, DIVIDE, onClose)
  const { part, reason } = (action.form?.properties ?? {}) as Readonly<Record<string, FormSchema>>
  const send = ({ [WHY]: why, ...changed }: FormValue) => act({ form: { part: changed, reason: why } })
  return (
    <Modal open title={t(action.title)} onCancel={onClose} footer={null} destroyOnHidden>
      <Flex vertical gap="middle">
        <Alert
          type="info"
          title={t({
            zh: '把其中一部分拆成单独的一件：从第一个环节开始办理，时限从本事项收到时算起。本事项继续办理其余部分；要拆几件就拆几次。',
            en: 'A part becomes a matter of its own: it begins at the first step, its limit runs since this one came in. The rest stays here; take out as many parts as there are.',
          })}
        />
        <SchemaForm
          schema={{
            type: 'object',
            properties: { ...part?.properties, [WHY]: reason } as NonNullable<FormSchema['properties']>,
            required: [...(part?.required ?? []), WHY],
          }}
          value={(action.filled?.part ?? {}) as FormValue}
          onSubmit={send}
          submit={action.title}
          filesFor="loop"
        />
      </Flex>
    </Modal>
  )
}
