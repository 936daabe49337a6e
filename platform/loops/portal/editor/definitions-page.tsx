import { PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Tag } from 'antd'
import { useState } from 'react'
import { type Column, DataState, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { ImportButton } from './import-button.tsx'
import { NewDefinition } from './new-definition.tsx'
import { useStore } from './queries.ts'
import type { StoredDefinition } from './types.ts'
import './editor.css'

const columns: readonly Column<StoredDefinition>[] = [
  { id: 'title', title: { zh: '流程', en: 'Definition' }, show: (one) => <Title one={one} /> },
  { id: 'state', title: { zh: '状态', en: 'State' }, show: (one) => <State one={one} /> },
  { id: 'running', title: { zh: '在办事项', en: 'Running matters' }, show: (one) => <Running one={one} /> },
  { id: 'id', title: { zh: '编号', en: 'Id' }, show: ({ id }) => <span className="dz-small">{id}</span> },
  { id: 'by', title: { zh: '最近修改', en: 'Last changed by' }, show: ({ by }) => <Maker by={by} /> },
]

/** Every definition of matters, and the ways to a new one. */
export function DefinitionsPage() {
  const t = useWords()
  const [isNew, setNew] = useState(false)
  const [search, setSearch] = useState('')
  const query = useStore()
  return (
    <PageFrame
      title={{ zh: '流程定制', en: 'Definitions of matters' }}
      about={{
        zh: '画出一类事项怎么办、谁来办、几天办完；发布后即可使用，在办事项不受影响。',
        en: 'Draw how a kind of matter is handled, by whom and within how many days; running matters keep their version.',
      }}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
            {t({ zh: '新建流程', en: 'New definition' })}
          </Button>
          <ImportButton />
        </>
      }
    >
      <Input.Search
        aria-label={t({ zh: '按名称查找', en: 'Find by title' })}
        placeholder={t({ zh: '按名称查找', en: 'Find by title' })}
        allowClear
        style={{ maxWidth: 320 }}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <DataState query={query}>
        {({ rows }) => (
          <Rows
            rows={inOrder(rows).filter((one) => fits(one, search))}
            columns={columns}
            rowKey={({ id }) => id}
            caption={{ zh: '流程', en: 'Definitions' }}
          />
        )}
      </DataState>
      {isNew && <NewDefinition onClose={() => setNew(false)} />}
    </PageFrame>
  )
}

/** Drafts first, then own ones, then those of the program. */
const inOrder = (rows: readonly StoredDefinition[]): StoredDefinition[] => {
  const rank = ({ draft, made }: StoredDefinition) => (draft !== null ? 0 : made === 'page' ? 1 : 2)
  return rows.toSorted((a, b) => rank(a) - rank(b))
}

const fits = ({ id, title }: StoredDefinition, search: string) =>
  [id, title.zh, title.en].some((text) => text.toLowerCase().includes(search.trim().toLowerCase()))

interface Shown {
  readonly one: StoredDefinition
}

function Title({ one }: Shown) {
  const t = useWords()
  return (
    <PageLink to={`/loops/definitions/${one.id}`}>
      {t(one.title) || t({ zh: '未命名流程', en: 'Definition without a title' })}
    </PageLink>
  )
}

const MADE: Readonly<Record<'code' | 'page', Words>> = {
  code: { zh: '程序自带', en: 'Comes with the program' },
  page: { zh: '本市定制', en: 'Made here' },
}

function State({ one: { inForce, made, draft } }: Shown) {
  const t = useWords()
  return (
    <Flex wrap gap={4}>
      {inForce === null ? (
        <Tag>{t({ zh: '未发布', en: 'Not published' })}</Tag>
      ) : (
        <Tag color="success">{t({ zh: `第 ${inForce} 版生效`, en: `Version ${inForce} in force` })}</Tag>
      )}
      {made && <Tag>{t(MADE[made])}</Tag>}
      {draft !== null && <Tag color="warning">{t({ zh: '有草稿', en: 'Has a draft' })}</Tag>}
    </Flex>
  )
}

function Running({ one: { running } }: Shown) {
  const t = useWords()
  if (running.length === 0) return <span>{t({ zh: '无', en: 'None' })}</span>
  return (
    <Flex vertical>
      {running.map(({ version, matters }) => (
        <span key={version}>{t({ zh: `第 ${version} 版：${matters} 件`, en: `Version ${version}: ${matters}` })}</span>
      ))}
    </Flex>
  )
}

const Maker = ({ by }: { readonly by: string | null }) => <span>{by ?? '—'}</span>
