import { useLocation } from '@tanstack/react-router'
import { Select } from 'antd'
import { useState } from 'react'
import { KeysetTable, PageFrame, useRight, useWords } from '#portal/ui'
import type { Reach } from '../../runtime/actor.ts'
import type { Words } from '../../runtime/words.ts'
import { REACH } from './reach.tsx'
import { useRights } from './roles.tsx'

interface Holder {
  readonly key: string
  readonly name: string
  readonly title: Words
  readonly organisationName: Words
  readonly role: Words
  readonly right: Words
  readonly reach: Reach
}

/** Who holds which right, through which post and role, and how far. */
export function HoldersPage() {
  const t = useWords()
  const given = new URLSearchParams(useLocation().searchStr).get('right') ?? undefined
  const [right, setRight] = useState(given)
  return (
    <PageFrame title={{ zh: '谁有什么权限', en: 'Who holds what' }}>
      {useRight('identity.role.read') && <RightPicker {...(right ? { value: right } : {})} onChange={setRight} />}
      <KeysetTable<Holder>
        path="/api/identity/holders"
        query={{ right }}
        caption={{ zh: '权限持有人', en: 'Holders of rights' }}
        rowKey={({ key }) => key}
        columns={[
          { id: 'name', title: { zh: '姓名', en: 'Name' }, show: ({ name }) => name },
          { id: 'place', title: { zh: '组织', en: 'Organisation' }, show: (row) => t(row.organisationName) },
          { id: 'post', title: { zh: '岗位', en: 'Post' }, show: ({ title }) => t(title) },
          { id: 'right', title: { zh: '权限', en: 'Right' }, show: (row) => t(row.right) },
          { id: 'reach', title: { zh: '范围', en: 'Reach' }, show: ({ reach }) => t(REACH[reach]) },
          { id: 'role', title: { zh: '来自角色', en: 'By role' }, show: ({ role }) => t(role) },
        ]}
      />
    </PageFrame>
  )
}

interface RightPickerProps {
  readonly value?: string
  readonly onChange: (value: string | undefined) => void
}

function RightPicker(props: RightPickerProps) {
  const t = useWords()
  const { data = [], isFetching } = useRights()
  return (
    <Select<string | undefined>
      {...props}
      aria-label={t({ zh: '权限', en: 'Right' })}
      allowClear
      loading={isFetching}
      placeholder={t({ zh: '全部权限', en: 'Every right' })}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ maxWidth: 420 }}
      options={data.map(({ id, title, module }) => ({ value: id, label: `${t(module)} · ${t(title)}` }))}
    />
  )
}
