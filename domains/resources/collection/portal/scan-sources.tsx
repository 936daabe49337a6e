import { useMutation, useQuery } from '@tanstack/react-query'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { api, Failure, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { ScanView } from './types.ts'

interface Choice {
  readonly id: string
  readonly title: Words
  readonly system: string | null
}

interface ScanSourcesProps {
  readonly system: string
  readonly chosen: ScanView['sources']
  readonly close: () => void
  readonly changed: () => void
}

/** Asks at which sources of data a system is found; one that is another system's cannot be chosen. */
export function ScanSources({ system, chosen, close, changed }: ScanSourcesProps) {
  const t = useWords()
  const [ids, setIds] = useState<readonly string[]>(chosen.map(({ id }) => id))
  const sources = useQuery({
    queryKey: ['collection', 'inventory-sources'],
    queryFn: () => api.get<{ readonly rows: readonly Choice[] }>('/api/collection/inventory/sources'),
  })
  const save = useMutation({
    mutationFn: () =>
      api.put(`/api/collection/inventory/systems/${encodeURIComponent(system)}/sources`, { sources: ids }),
    onSuccess: changed,
  })
  const title = t({ zh: '这个系统对应哪些数据来源', en: 'Which sources of data this system is' })
  const known = new Map<string, Choice>([
    ...chosen.map((each) => [each.id, { ...each, system }] as const),
    ...(sources.data?.rows ?? []).map((each) => [each.id, each] as const),
  ])
  const taken = (other: string) => t({ zh: `（已属于系统 ${other}）`, en: ` (of system ${other})` })
  return (
    <Modal
      open
      title={title}
      okText={t({ zh: '保存', en: 'Save' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={close}
    >
      <Select
        mode="multiple"
        aria-label={title}
        style={{ width: '100%' }}
        loading={sources.isFetching}
        showSearch={{ optionFilterProp: 'label' }}
        value={[...ids]}
        onChange={setIds}
        notFoundContent={t({ zh: '没有可选的数据来源，请联系市大数据局接入', en: 'No source; ask the data bureau' })}
        options={[...known.values()].map(({ id, title: name, system: of }) => ({
          value: id,
          label: `${t(name)}${of !== null && of !== system ? taken(of) : ''}`,
          disabled: of !== null && of !== system,
        }))}
      />
      {(save.error ?? sources.error) && <Failure error={save.error ?? sources.error} />}
    </Modal>
  )
}
