import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Segmented, Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import { api, DataState, OrganisationName, PageFrame, PageLink, useLiveQueries, useWords } from '#portal/ui'
import { Gantt } from './gantt.tsx'
import { Local, Progress, ProgressLight, WithPlan } from './shared.tsx'
import type { PlanNode, PlanView } from './types.ts'

type Look = 'tree' | 'gantt'

/** The whole plan: as a tree with weights and lights, or along time. */
export function TreePage() {
  return (
    <PageFrame
      title={{ zh: '目标树和进度', en: 'Plan and progress' }}
      above={[{ title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' }]}
    >
      <WithPlan>{(id) => <PlanTree id={id} />}</WithPlan>
    </PageFrame>
  )
}

function PlanTree({ id }: { readonly id: string }) {
  const t = useWords()
  const [look, setLook] = useState<Look>('tree')
  const queryKey = ['supervision', 'plan', id]
  const query = useQuery({ queryKey, queryFn: () => api.get<PlanView>(`/api/supervision/plans/${id}`) })
  useLiveQueries(['supervision.cloud.node.changed'], queryKey)
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center" justify="space-between">
        <Segmented<Look>
          aria-label={t({ zh: '视图', en: 'View' })}
          value={look}
          onChange={setLook}
          options={[
            { value: 'tree', label: t({ zh: '目标树', en: 'Tree' }) },
            { value: 'gantt', label: t({ zh: '甘特图', en: 'Gantt' }) },
          ]}
        />
        <Button href={`/api/supervision/plans/${id}/calendar.ics`}>
          {t({ zh: '节点加入日历', en: 'Milestones as a calendar' })}
        </Button>
      </Flex>
      <DataState query={query} isEmpty={({ nodes }) => nodes.length === 0}>
        {(view) => (look === 'tree' ? <Outline view={view} /> : <Gantt view={view} />)}
      </DataState>
    </Flex>
  )
}

function Outline({ view: { nodes } }: { readonly view: PlanView }) {
  const below = (parent: string | null): TreeDataNode[] =>
    nodes
      .filter((node) => node.parent === parent)
      .map((node) => ({ key: node.id, title: <Line node={node} />, selectable: false, children: below(node.id) }))
  return (
    <Tree
      showLine
      blockNode
      defaultExpandedKeys={nodes.filter(({ kind }) => kind === 'goal').map(({ id }) => id)}
      treeData={below(null)}
    />
  )
}

function Line({ node }: { readonly node: PlanNode }) {
  const t = useWords()
  return (
    <Flex wrap gap="small" align="center">
      {node.kind === 'task' ? (
        <PageLink to={`/supervision/tasks/${node.id}`}>
          <Local>{node.title}</Local>
        </PageLink>
      ) : (
        <Local>{node.title}</Local>
      )}
      {node.state === 'merged' ? (
        <span>{t({ zh: '已合并', en: 'merged' })}</span>
      ) : (
        <ProgressLight assessed={node.assessed} />
      )}
      <span>{`${t({ zh: '占', en: 'share' })} ${(node.share * 100).toFixed(1)}%`}</span>
      {node.kind === 'milestone' ? (
        <span>{node.achievedOn ? `✓ ${node.achievedOn}` : node.due}</span>
      ) : (
        <Progress assessed={node.assessed} />
      )}
      {node.kind === 'task' && node.lead && <OrganisationName id={node.lead} />}
      {node.quantity && <Local>{node.quantity}</Local>}
    </Flex>
  )
}
