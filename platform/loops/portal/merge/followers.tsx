import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Checkbox, Flex, Input, Modal } from 'antd'
import { useState } from 'react'
import { Failure, useWords } from '#portal/ui'
import { Labelled } from '../editor/inputs/labelled.tsx'
import { LoopLight } from '../loop-light.tsx'
import { LoopLink } from '../loop-link.tsx'
import type { LoopItem } from '../loop-types.ts'
import { loopsKey } from '../queries.ts'
import { actOnEach, type Outcome } from './act-on-each.ts'
import { Outcomes } from './outcomes.tsx'

/** Says on a merged matter which one leads. */
export function MergedInto({ lead }: { readonly lead: LoopItem }) {
  const t = useWords()
  return (
    <Alert
      type="info"
      showIcon
      title={t({ zh: '本事项已并入另一件事项，随它一起办结', en: 'This matter follows another one and ends with it' })}
      description={<LoopLink item={lead} />}
    />
  )
}

/** What was merged into a matter, with the way back. */
export function Followers({ followers }: { readonly followers: readonly LoopItem[] }) {
  const t = useWords()
  const [isOpen, setOpen] = useState(false)
  const open = followers.filter(({ endedAt }) => endedAt === null)
  return (
    <Card
      title={t({ zh: `并入本事项的事项（${followers.length} 件）`, en: `Merged into this one (${followers.length})` })}
      extra={open.length > 0 && <Button onClick={() => setOpen(true)}>{t({ zh: '拆分出来', en: 'Split off' })}</Button>}
    >
      <ul className="dz-plain-list">
        {followers.map((item) => (
          <li key={item.id}>
            <Flex wrap gap="small" align="center">
              <LoopLink item={item} />
              <LoopLight item={item} />
            </Flex>
          </li>
        ))}
      </ul>
      {isOpen && <SplitDialog items={open} onClose={() => setOpen(false)} />}
    </Card>
  )
}

/** Gives merged matters back to those who had them. */
function SplitDialog({ items, onClose }: { readonly items: readonly LoopItem[]; readonly onClose: () => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const [kept] = useState(items)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const isReady = chosen.length > 0 && reason.trim() !== ''
  const split = async () => {
    setBusy(true)
    try {
      const parts = kept.filter(({ id }) => chosen.includes(id))
      setOutcomes(await actOnEach(parts, 'loops.split', { reason }))
    } catch (caught) {
      setError(caught)
    }
    setBusy(false)
  }
  const close = () => {
    onClose()
    void queries.invalidateQueries({ queryKey: loopsKey })
  }
  return (
    <Modal
      open
      title={t({ zh: '拆分事项', en: 'Split matters off' })}
      okText={outcomes ? t({ zh: '完成', en: 'Done' }) : t({ zh: '拆分', en: 'Split' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      okButtonProps={{ disabled: !outcomes && !isReady, loading: isBusy }}
      onOk={() => (outcomes ? close() : void split())}
      onCancel={close}
      destroyOnHidden
    >
      {error !== undefined && <Failure error={error} />}
      {outcomes ? (
        <Outcomes
          outcomes={outcomes}
          done={{ zh: '已拆分，回到原办理人待办', en: 'split off; back with those who had it' }}
        />
      ) : (
        <Flex vertical gap="middle">
          <Alert
            type="info"
            title={t({
              zh: '拆分后，事项回到合并前的环节和办理人手中，单独办理；时限从头至今连续计算，合并期间也算在内。',
              en: 'Split off, a matter is again where it was and with those who had it, on its own; its limit has run on meanwhile.',
            })}
          />
          <fieldset className="dz-plain-set">
            <legend>{t({ zh: '拆分哪些', en: 'Which ones' })}</legend>
            <Checkbox.Group value={[...chosen]} onChange={setChosen}>
              <Flex vertical gap="small">
                {kept.map(({ id, headline }) => (
                  <Checkbox key={id} value={id}>
                    {t(headline)}
                  </Checkbox>
                ))}
              </Flex>
            </Checkbox.Group>
          </fieldset>
          <Labelled label={{ zh: '拆分理由', en: 'Why' }}>
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
