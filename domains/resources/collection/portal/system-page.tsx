import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Descriptions, Flex } from 'antd'
import { api, DataState, OrganisationName, PageFrame, PageLink, useWords } from '#portal/ui'
import { LastUseView } from './last-use.tsx'
import { ScanCard } from './scan-card.tsx'
import { SystemTables } from './system-tables.tsx'
import type { ScanView, SystemView } from './types.ts'
import { PLACES, SYSTEM_STATES, titleOf } from './words.ts'

interface SystemAnswer {
  readonly system: SystemView
  readonly scan: ScanView | null
}

/** A system with its tables: what collects each, or why nothing does. */
export function SystemPage() {
  const { code = '' } = useParams({ strict: false }) as { code?: string }
  const t = useWords()
  const path = `/api/collection/inventory/systems/${encodeURIComponent(code)}`
  const queries = useQueryClient()
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<SystemAnswer>(path) })
  // The lists of its tables lie below its path.
  const changed = () =>
    void queries.invalidateQueries({ predicate: ({ queryKey: [of] }) => String(of).startsWith(path) })
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
        {({ system, scan }) => (
          <Flex vertical gap="middle">
            <Facts system={system} changed={changed} />
            <ScanCard system={system.code} scan={scan} changed={changed} />
            <SystemTables path={path} changed={changed} />
          </Flex>
        )}
      </DataState>
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
