import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Failure, useMarks, useWords } from '#portal/ui'
import { Labelled } from '../editor/inputs/labelled.tsx'
import type { LoopItem } from '../loop-types.ts'
import { loopsKey } from '../queries.ts'
import { actOnEach, type Outcome } from './act-on-each.ts'
import { LeadSelect } from './lead-select.tsx'
import { Outcomes } from './outcomes.tsx'

export const MERGE = 'loops.merge'

/** Merges the selected matters of an inbox; for one alone it waits for a second. */
export function MergeSelected({ items, onDone }: { readonly items: readonly LoopItem[]; readonly onDone: () => void }) {
  const t = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button disabled={items.length < 2} onClick={() => setOpen(true)}>
        {t({ zh: '合并为一件', en: 'Merge into one' })}
      </Button>
      {isOpen && (
        <MergeDialog
          items={items}
          onClose={() => {
            setOpen(false)
            onDone()
          }}
        />
      )}
    </>
  )
}

interface MergeProps {
  /** One: it goes into another that is looked for. Several: one of them leads. */
  readonly items: readonly LoopItem[]
  readonly onClose: () => void
}

/** Lets matters follow one that leads, and says what that means for each. */
export function MergeDialog({ items, onClose }: MergeProps) {
  const t = useWords()
  const queries = useQueryClient()
  const [kept] = useState(items)
  const [lead, setLead] = useState<string>()
  const [reason, setReason] = useState('')
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const isReady = lead !== undefined && reason.trim() !== ''
  const merge = async () => {
    setBusy(true)
    try {
      setOutcomes(
        await actOnEach(
          kept.filter(({ id }) => id !== lead),
          MERGE,
          { into: lead, reason },
        ),
      )
      await queries.invalidateQueries({ queryKey: loopsKey })
    } catch (caught) {
      setError(caught)
    }
    setBusy(false)
  }
  return (
    <Modal
      open
      title={t({ zh: '合并事项', en: 'Merge matters' })}
      okText={outcomes ? t({ zh: '完成', en: 'Done' }) : t({ zh: '合并', en: 'Merge' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      okButtonProps={{ disabled: !outcomes && !isReady, loading: isBusy }}
      onOk={() => (outcomes ? onClose() : void merge())}
      onCancel={onClose}
      destroyOnHidden
    >
      {error !== undefined && <Failure error={error} />}
      {outcomes ? (
        <Outcomes outcomes={outcomes} done={{ zh: '已并入主事项', en: 'merged' }} />
      ) : (
        <Flex vertical gap="middle">
          <Consequences />
          <Lead items={kept} value={lead} onChange={setLead} />
          <Labelled
            label={{ zh: '合并理由', en: 'Why' }}
            help={{ zh: '例如：反映的是同一件事。', en: 'For example: both are about the same thing.' }}
          >
            {(id) => (
              <Input.TextArea
                id={id}
                maxLength={2000}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Labelled>
        </Flex>
      )}
    </Modal>
  )
}

function Consequences() {
  const t = useWords()
  return (
    <Alert
      type="info"
      title={t({ zh: '合并以后', en: 'What happens' })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          <li>
            {t({
              zh: '只需办理主事项；其余的从各人的待办中移走。',
              en: 'Only the leading matter is handled; the others leave the inboxes.',
            })}
          </li>
          <li>{t({ zh: '其余事项的时限继续计算。', en: 'The limits of the others run on.' })}</li>
          <li>
            {t({
              zh: '主事项办结时，其余事项同时以同样的结果办结。',
              en: 'When the leading one ends, the others end with the same outcome.',
            })}
          </li>
          <li>
            {t({
              zh: '合并错了可以在事项页面拆分出来，回到原来的办理人手中。',
              en: 'A mistake can be undone: split off, a matter returns to those who had it.',
            })}
          </li>
        </ul>
      }
    />
  )
}

interface LeadProps {
  readonly items: readonly LoopItem[]
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}

function Lead({ items, value, onChange }: LeadProps) {
  const t = useWords()
  const { inBrackets } = useMarks()
  const [only] = items
  if (items.length > 1)
    return (
      <fieldset className="dz-plain-set">
        <legend>{t({ zh: '以哪一件为主事项', en: 'Which one leads' })}</legend>
        <Radio.Group value={value ?? null} onChange={({ target }) => onChange(target.value)}>
          <Flex vertical gap="small">
            {items.map(({ id, headline, definitionTitle, placeTitle }) => (
              <Radio key={id} value={id}>
                {t(headline)}
                {inBrackets(`${t(definitionTitle)} · ${t(placeTitle)}`)}
              </Radio>
            ))}
          </Flex>
        </Radio.Group>
      </fieldset>
    )
  return (
    <Labelled label={{ zh: '并入哪件事项（主事项）', en: 'Into which matter' }}>
      {(id) => (
        <LeadSelect
          id={id}
          value={value}
          onChange={onChange}
          definition={only?.definition ?? ''}
          without={items.map((one) => one.id)}
        />
      )}
    </Labelled>
  )
}
