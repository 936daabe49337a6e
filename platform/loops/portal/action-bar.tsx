import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Flex } from 'antd'
import { useState } from 'react'
import { useWords } from '#portal/ui'
import { ActionForm } from './action-form.tsx'
import type { LoopAction, LoopDetail } from './loop-types.ts'
import { DIVIDE, DivideDialog } from './merge/divide-dialog.tsx'
import { MERGE, MergeDialog } from './merge/merge-dialog.tsx'

/** Buttons for what the reader may do now; what every matter has is behind "more". */
export function ActionBar({ detail }: { readonly detail: LoopDetail }) {
  const t = useWords()
  const [chosen, setChosen] = useState<LoopAction>()
  const own = detail.actions.filter((action) => !action.generic || action.id === 'loops.sign')
  const more = detail.actions.filter((action) => !own.includes(action))
  return (
    <Flex wrap gap="small">
      {own.map((action) => (
        <Button
          key={action.id}
          type={action.look === 'primary' ? 'primary' : 'default'}
          danger={action.look === 'danger'}
          onClick={() => setChosen(action)}
        >
          {t(action.title)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((action) => ({ key: action.id, label: t(action.title) })),
            onClick: ({ key }) => setChosen(more.find((action) => action.id === key)),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t({ zh: '更多操作', en: 'More' })}
          </Button>
        </Dropdown>
      )}
      {chosen?.id === MERGE && <MergeDialog items={[detail.matter]} onClose={() => setChosen(undefined)} />}
      {chosen?.id === DIVIDE && <DivideDialog detail={detail} action={chosen} onClose={() => setChosen(undefined)} />}
      {chosen && chosen.id !== MERGE && chosen.id !== DIVIDE && (
        <ActionForm key={chosen.id} detail={detail} action={chosen} onClose={() => setChosen(undefined)} />
      )}
    </Flex>
  )
}
