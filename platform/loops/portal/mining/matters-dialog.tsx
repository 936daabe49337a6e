import { Modal } from 'antd'
import { useWords } from '#portal/ui'
import { LoopList } from '../loop-list.tsx'
import type { Behind, MiningFilter } from './mining-types.ts'

interface DialogProps {
  readonly filter: MiningFilter
  readonly behind: Behind
  readonly onClose: () => void
}

/** The matters behind a number. */
export function MattersDialog({ filter: { definition, ...rest }, behind, onClose }: DialogProps) {
  const t = useWords()
  return (
    <Modal open width={1000} title={t(behind.title)} footer={null} onCancel={onClose} destroyOnHidden>
      <LoopList path={`/api/loops/mining/${definition}/matters`} filter={{ ...rest, ...behind.query }} />
    </Modal>
  )
}
