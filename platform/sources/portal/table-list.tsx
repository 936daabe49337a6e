import { useNavigate } from '@tanstack/react-router'
import { Button, Flex, Input, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import { KeysetTable, useLiveQueries, useRight, useWords } from '#portal/ui'
import type { Table } from './types.ts'

const SHOWN_COLUMNS = 6

/** Everything that exists at a source, collected or not. */
export function TableList({ source }: { readonly source: string }) {
  const t = useWords()
  const navigate = useNavigate()
  const mayDefine = useRight('sources.define')
  const [q, setQ] = useState('')
  const path = `/api/sources/systems/${encodeURIComponent(source)}/tables`
  useLiveQueries(['sources.'], [path])
  return (
    <Flex vertical gap="middle">
      <Input.Search
        allowClear
        style={{ maxWidth: 360 }}
        aria-label={t({ zh: '按名称查找表或文件', en: 'Find tables or files by name' })}
        placeholder={t({ zh: '按名称查找', en: 'Find by name' })}
        onSearch={(text) => setQ(text.trim())}
      />
      <KeysetTable<Table>
        path={path}
        query={{ q: q || undefined }}
        rowKey={({ name }) => name}
        caption={{ zh: '来源中的表和文件', en: 'Tables and files at the source' }}
        empty={{ zh: '没有看到表或文件', en: 'No tables or files were seen' }}
        columns={[
          { id: 'name', title: { zh: '名称', en: 'Name' }, heading: true, show: ({ name }) => name },
          {
            id: 'rows',
            title: { zh: '行数（约）', en: 'Rows, about' },
            align: 'right',
            show: ({ rows }) => rows?.toLocaleString() ?? '—',
          },
          { id: 'columns', title: { zh: '列', en: 'Columns' }, show: ({ columns }) => <Columns columns={columns} /> },
          {
            id: 'collected',
            title: { zh: '是否采集', en: 'Collected' },
            show: ({ feeds, goneAt, name }) => {
              if (goneAt) return <Tag>{t({ zh: '已不存在', en: 'Not there any more' })}</Tag>
              if (feeds.length > 0) return <Tag color="success">{t({ zh: '已采集', en: 'Collected' })}</Tag>
              if (!mayDefine) return <Tag color="warning">{t({ zh: '未采集', en: 'Not collected' })}</Tag>
              const add = { to: `/sources/systems/${source}/feed`, search: { from: name } }
              return (
                <Button size="small" onClick={() => void navigate(add)}>
                  {t({ zh: '采集它', en: 'Collect it' })}
                </Button>
              )
            },
          },
        ]}
      />
    </Flex>
  )
}

function Columns({ columns }: Pick<Table, 'columns'>) {
  const names = columns.map(({ name }) => name)
  if (names.length === 0) return <>—</>
  const text = names.slice(0, SHOWN_COLUMNS).join(', ')
  if (names.length <= SHOWN_COLUMNS) return <>{text}</>
  return (
    <Tooltip title={names.join(', ')}>
      <span>{`${text} … (${names.length})`}</span>
    </Tooltip>
  )
}
