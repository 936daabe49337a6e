import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Card, Descriptions, Drawer, Flex, Tag } from 'antd'
import { useState } from 'react'
import { api, DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { LastUseView } from './last-use.tsx'
import { LinkForm } from './link-form.tsx'
import { ScanCard } from './scan-card.tsx'
import type { ScanView, SystemView, TableView } from './types.ts'
import { PLACES, REASONS, SYSTEM_STATES, titleOf } from './words.ts'

interface SystemAnswer {
  readonly system: SystemView
  readonly scan: ScanView | null
  readonly tables: readonly TableView[]
}

/** A system with its tables: what collects each, or why nothing does. */
export function SystemPage() {
  const { code = '' } = useParams({ strict: false }) as { code?: string }
  const t = useWords()
  const path = `/api/collection/inventory/systems/${encodeURIComponent(code)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<SystemAnswer>(path) })
  const [table, setTable] = useState<TableView>()
  return (
    <PageFrame
      title={query.data?.system.name ?? code}
      lang="zh"
      above={[{ title: { zh: '系统清单', en: 'Systems' }, path: '/inventory/systems' }]}
      extra={
        query.data && (
          <PageLink to={`/inventory/graph?unit=${query.data.system.owner}`}>
            {t({ zh: '看关系图', en: 'From duty to data' })}
          </PageLink>
        )
      }
    >
      <DataState query={query}>
        {({ system, scan, tables }) => (
          <Flex vertical gap="middle">
            <Facts system={system} changed={() => void query.refetch()} />
            <ScanCard system={system.code} scan={scan} changed={() => void query.refetch()} />
            {tables.map((each) => (
              <TableCard
                key={each.name}
                table={each}
                isProven={isProven(scan, each)}
                change={() => setTable(each)}
                changed={() => void query.refetch()}
              />
            ))}
            {tables.length === 0 && (
              <Card>
                {t({ zh: '还没有申报数据表。', en: 'No table has been declared. ' })}
                <PageLink to="/data/collection.system-table/import">
                  {t({ zh: '导入数据表清单', en: 'Import tables' })}
                </PageLink>
              </Card>
            )}
          </Flex>
        )}
      </DataState>
      {table && (
        <Drawer open size={640} title={<span lang="zh">{table.title}</span>} onClose={() => setTable(undefined)}>
          <LinkForm
            table={table}
            done={() => {
              setTable(undefined)
              void query.refetch()
            }}
          />
        </Drawer>
      )}
    </PageFrame>
  )
}

function Facts({ system, changed }: { readonly system: SystemView; readonly changed: () => void }) {
  const t = useWords()
  const lastUse = (kind: 'used' | 'called') => (
    <LastUseView use={system[kind]} of={{ system: system.code, kind }} changed={changed} />
  )
  const local = (text: string | undefined) => <span lang="zh">{text ?? '—'}</span>
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'owner', label: t({ zh: '责任单位', en: 'Owner' }), children: <OrganisationName id={system.owner} /> },
        { key: 'state', label: t({ zh: '运行状态', en: 'State' }), children: t(titleOf(SYSTEM_STATES, system.state)) },
        { key: 'duty', label: t({ zh: '对应职责', en: 'Duty' }), children: local(system.duty) },
        { key: 'item', label: t({ zh: '对应事项', en: 'Item' }), children: local(system.item) },
        { key: 'maker', label: t({ zh: '承建厂商', en: 'Maker' }), children: local(system.maker) },
        { key: 'project', label: t({ zh: '建设项目', en: 'Project' }), children: local(system.project) },
        { key: 'level', label: t({ zh: '等保级别', en: 'Protection level' }), children: system.protection ?? '—' },
        {
          key: 'place',
          label: t({ zh: '部署位置', en: 'Where it runs' }),
          children: system.place ? t(titleOf(PLACES, system.place)) : '—',
        },
        { key: 'used', label: t({ zh: '最近使用', en: 'Used last' }), children: lastUse('used') },
        { key: 'called', label: t({ zh: '最近调用', en: 'Called last' }), children: lastUse('called') },
      ]}
    />
  )
}

/** Whether a feed has brought rows of the table into the dataset that is said to collect it. */
const isProven = (scan: ScanView | null, { name, dataset }: TableView): boolean =>
  dataset !== undefined && scan?.tables.some((each) => each.name === name && each.provenBy === dataset) === true

interface TableCardProps {
  readonly table: TableView
  readonly isProven: boolean
  readonly change: () => void
  readonly changed: () => void
}

function TableCard({ table, isProven: proven, change, changed }: TableCardProps) {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  return (
    <Card
      styles={{ header: { paddingBlock: 8 }, title: { whiteSpace: 'normal' } }}
      title={
        <Flex wrap gap="small" align="center">
          <span lang="zh">{table.title === table.name ? table.name : `${table.title} ${table.name}`}</span>
          <Collected table={table} />
          {proven && <Tag color="blue">{t({ zh: '采集已证实', en: 'Proven by collection' })}</Tag>}
        </Flex>
      }
      extra={mayDeclare && <Button onClick={change}>{t({ zh: '登记汇聚情况', en: 'Say what collects it' })}</Button>}
    >
      <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
        {t({ zh: '最近读取：', en: 'Read last: ' })}
        <LastUseView
          use={table.read}
          of={{ system: table.system, table: table.name, kind: 'read' }}
          changed={changed}
        />
      </Flex>
      <Rows
        rows={table.fields}
        rowKey={({ name }) => name}
        caption={{ zh: '字段', en: 'Fields' }}
        empty={{ zh: '没有申报字段', en: 'No field has been declared' }}
        columns={[
          {
            id: 'name',
            title: { zh: '字段', en: 'Field' },
            heading: true,
            show: ({ name }) => <span lang="zh">{name}</span>,
          },
          {
            id: 'title',
            title: { zh: '中文名', en: 'Title' },
            show: ({ title }) => <span lang="zh">{title ?? '—'}</span>,
          },
          { id: 'type', title: { zh: '类型', en: 'Type' }, show: ({ type }) => type ?? '—' },
          {
            id: 'field',
            title: { zh: '对应数据集字段', en: 'Field of the dataset' },
            show: ({ field }) => field ?? '—',
          },
        ]}
      />
    </Card>
  )
}

function Collected({ table }: { readonly table: TableView }) {
  const t = useWords()
  if (table.dataset)
    return (
      <Tag color="green">
        <PageLink to={`/data/${encodeURIComponent(table.dataset)}`}>{t({ zh: '已汇聚', en: 'Collected' })}</PageLink>
      </Tag>
    )
  if (!table.reason) return <Tag color="orange">{t({ zh: '未说明', en: 'Unexplained' })}</Tag>
  return (
    <Tag>
      {t(titleOf(REASONS, table.reason))}
      {table.plannedUntil && ` ${table.plannedUntil}`}
    </Tag>
  )
}
