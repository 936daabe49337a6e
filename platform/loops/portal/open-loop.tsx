import { DownOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { api, SchemaForm, useWords } from '#portal/ui'
import type { LoopKind } from './loop-types.ts'
import { loopsKey, useKinds } from './queries.ts'

/** Opens a matter of a kind that the reader may open by hand; nothing if there is none. */
export function OpenLoop() {
  const t = useWords()
  const kinds = (useKinds().data ?? []).filter((kind) => kind.opens)
  const [chosen, setChosen] = useState<LoopKind>()
  if (kinds.length === 0) return null
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: kinds.map((kind) => ({ key: kind.id, label: t(kind.title) })),
          onClick: ({ key }) => setChosen(kinds.find((kind) => kind.id === key)),
        }}
      >
        <Button type="primary" icon={<DownOutlined />} iconPlacement="end">
          {t({ zh: '发起事项', en: 'Open a matter' })}
        </Button>
      </Dropdown>
      {chosen && <OpenForm kind={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

/** A button that opens a matter of one kind; nothing if the reader may not. */
export function OpenOne({ kind: id }: { readonly kind: string }) {
  const t = useWords()
  const kind = useKinds().data?.find((one) => one.id === id && one.opens)
  const [isOpen, setOpen] = useState(false)
  if (!kind) return null
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t({ zh: '发起一件试试', en: 'Open the first one' })}
      </Button>
      {isOpen && <OpenForm kind={kind} onClose={() => setOpen(false)} />}
    </>
  )
}

function OpenForm({ kind, onClose }: { readonly kind: LoopKind; readonly onClose: () => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(() => crypto.randomUUID())
  const send = async (data: object) => {
    const { id } = await api.post<{ id: string }>('/api/loops', { definition: kind.id, data, key })
    await queries.invalidateQueries({ queryKey: loopsKey })
    await navigate({ to: `/loops/${id}` as string })
  }
  return (
    <Modal open title={t(kind.title)} onCancel={onClose} footer={null} destroyOnHidden>
      <SchemaForm schema={kind.opens ?? {}} onSubmit={send} submit={{ zh: '发起', en: 'Open' }} filesFor="loop" />
    </Modal>
  )
}
