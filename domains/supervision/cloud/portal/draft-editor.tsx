import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Alert,
  App,
  Button,
  Card,
  DatePicker,
  Flex,
  Form,
  Input,
  InputNumber,
  Modal,
  Popconfirm,
  Select,
  Tag,
} from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { ApiError, api, DataState, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { type LiveFields, LiveTarget } from './live-target.tsx'
import { Local, plansKey, Units } from './shared.tsx'
import type { PlanNode, PlanView, Said } from './types.ts'
import './supervision.css'

interface UnitsAnswer {
  readonly units: readonly { readonly id: string; readonly zh: string; readonly en: string }[]
}

const DOUBTS: Readonly<Record<string, { zh: string; en: string }>> = {
  'missing-unit': { zh: '缺责任单位', en: 'No unit' },
  'no-deadline': { zh: '没有写明时限', en: 'No date given' },
}

/** The draft as a list in the order of the tree: edit, add, remove, publish. */
export function DraftEditor({ id }: { readonly id: string }) {
  const t = useWords()
  const { message, modal } = App.useApp()
  const queries = useQueryClient()
  const key = ['supervision', 'plan', id]
  const query = useQuery({ queryKey: key, queryFn: () => api.get<PlanView>(`/api/supervision/plans/${id}`) })
  const [edited, setEdited] = useState<Partial<PlanNode>>()
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work()
      await queries.invalidateQueries({ queryKey: key })
      return true
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
      return false
    }
  }
  const publish = () =>
    modal.confirm({
      title: t({
        zh: '发布后每个任务成为督查事项，不能再直接修改。发布？',
        en: 'Each task becomes a matter and cannot be edited any more. Publish?',
      }),
      onOk: async () => {
        if (await run(() => api.post(`/api/supervision/plans/${id}/publication`)))
          await queries.invalidateQueries({ queryKey: plansKey })
      },
    })
  return (
    <DataState query={query} isEmpty={() => false}>
      {({ nodes, faults, hints }) => (
        <Card
          size="small"
          title={t({ zh: '草稿', en: 'Draft' })}
          extra={
            <Button type="primary" onClick={publish} disabled={faults.length > 0}>
              {t({ zh: '发布', en: 'Publish' })}
            </Button>
          }
        >
          <Flex vertical gap="small">
            <Findings said={faults} type="error" title={{ zh: '发布前须补齐', en: 'To be mended before publishing' }} />
            <Findings said={hints} type="warning" title={{ zh: '请留意', en: 'Please note' }} />
            <Rows<PlanNode>
              rows={inOrder(nodes)}
              rowKey={(node) => node.id}
              caption={{ zh: '草稿目标树', en: 'Tree of the draft' }}
              columns={[
                {
                  id: 'title',
                  title: { zh: '目标、任务、节点', en: 'Goals, tasks, milestones' },
                  heading: true,
                  show: (node) => (
                    <span className="sup-draft-title" style={{ paddingInlineStart: depthOf(nodes, node) * 16 }}>
                      <Tag>{t(KINDS[node.kind])}</Tag>
                      <Local>{node.title}</Local>{' '}
                      {node.doubts.map((doubt) => (
                        <Tag color="warning" key={doubt}>
                          {doubt.startsWith('unknown-unit:')
                            ? [
                                t({ zh: '单位不明', en: 'Unknown unit' }),
                                ' ',
                                <Local key="unit">{doubt.slice(13)}</Local>,
                              ]
                            : t(DOUBTS[doubt] ?? { zh: doubt, en: doubt })}
                        </Tag>
                      ))}
                    </span>
                  ),
                },
                {
                  id: 'units',
                  title: { zh: '责任单位', en: 'Units' },
                  show: ({ kind, lead, joint }) => (kind === 'task' ? <Units lead={lead} joint={joint} /> : ''),
                },
                { id: 'due', title: { zh: '时限', en: 'Due' }, show: ({ due }) => due ?? '' },
                {
                  id: 'quantity',
                  title: { zh: '量化', en: 'Quantity' },
                  show: ({ quantity }) => (
                    <span lang="zh" className="sup-draft-quantity">
                      {quantity}
                    </span>
                  ),
                },
                {
                  id: 'weight',
                  title: { zh: '权重', en: 'Weight' },
                  align: 'right',
                  show: ({ weight, share }) => `${weight} · ${(share * 100).toFixed(1)}%`,
                },
                {
                  id: 'edit',
                  title: { zh: '操作', en: 'Edit' },
                  show: (node) => (
                    <Flex wrap gap="small" style={{ maxWidth: 170 }}>
                      <Button size="small" onClick={() => setEdited(node)}>
                        {t({ zh: '修改', en: 'Edit' })}
                      </Button>
                      {node.kind !== 'milestone' && (
                        <Button
                          size="small"
                          onClick={() =>
                            setEdited({
                              parent: node.id,
                              kind: node.kind === 'goal' ? 'task' : 'milestone',
                              weight: 1,
                              joint: [],
                            })
                          }
                        >
                          {t({ zh: '加下级', en: 'Add below' })}
                        </Button>
                      )}
                      <Popconfirm
                        title={t({ zh: '连同下级删除？', en: 'Remove with all below?' })}
                        onConfirm={() => run(() => api.delete(`/api/supervision/plans/${id}/nodes/${node.id}`))}
                      >
                        <Button size="small" danger>
                          {t({ zh: '删除', en: 'Remove' })}
                        </Button>
                      </Popconfirm>
                    </Flex>
                  ),
                },
              ]}
            />
          </Flex>
          {edited && (
            <NodeForm
              node={edited}
              onClose={() => setEdited(undefined)}
              onSave={async (body) => {
                if (await run(() => api.put(`/api/supervision/plans/${id}/nodes`, body))) setEdited(undefined)
              }}
            />
          )}
        </Card>
      )}
    </DataState>
  )
}

const KINDS = {
  goal: { zh: '目标', en: 'Goal' },
  task: { zh: '任务', en: 'Task' },
  milestone: { zh: '节点', en: 'Milestone' },
} as const

function inOrder(nodes: readonly PlanNode[], parent: string | null = null): PlanNode[] {
  return nodes.filter((node) => node.parent === parent).flatMap((node) => [node, ...inOrder(nodes, node.id)])
}

function depthOf(nodes: readonly PlanNode[], node: PlanNode): number {
  const above = node.parent === null ? undefined : nodes.find(({ id }) => id === node.parent)
  return above ? 1 + depthOf(nodes, above) : 0
}

const MOST_SAID = 8

function Findings({
  said,
  type,
  title,
}: {
  readonly said: readonly Said[]
  readonly type: 'error' | 'warning'
  readonly title: Words
}) {
  const t = useWords()
  if (said.length === 0) return null
  const more = said.length - MOST_SAID
  return (
    <Alert
      type={type}
      showIcon
      title={`${t(title)} ${t({ zh: `（${said.length}）`, en: `(${said.length})` })}`}
      description={
        <ul className="dz-plain-list">
          {said.slice(0, MOST_SAID).map((one) => (
            <li key={`${one.node} ${one.en}`}>{t(one)}</li>
          ))}
          {more > 0 && <li>{t({ zh: `还有 ${more} 处`, en: `${more} more` })}</li>}
        </ul>
      }
    />
  )
}

interface Fields {
  readonly title: string
  readonly weight: number
  readonly lead?: string
  readonly joint?: string[]
  readonly due?: Dayjs
  readonly quantity?: string
  readonly live?: LiveFields
}

function NodeForm({
  node,
  onClose,
  onSave,
}: {
  readonly node: Partial<PlanNode>
  readonly onClose: () => void
  readonly onSave: (body: object) => Promise<void>
}) {
  const t = useWords()
  const units = useQuery({
    queryKey: ['supervision', 'units'],
    queryFn: () => api.get<UnitsAnswer>('/api/supervision/units'),
  })
  const options = (units.data?.units ?? []).map((unit) => ({ value: unit.id, label: t(unit) }))
  const save = ({ due, joint = [], lead, quantity, title, weight, live }: Fields) =>
    onSave({
      ...(node.id ? { id: node.id } : {}),
      ...(node.parent ? { parent: node.parent } : {}),
      ...(node.about ? { about: node.about } : {}),
      ...(node.startsOn ? { startsOn: node.startsOn } : {}),
      ...(node.division ? { division: node.division } : {}),
      ...(live?.indicator ? { live } : {}),
      kind: node.kind,
      title,
      weight,
      joint,
      ...(lead ? { lead } : {}),
      ...(due ? { due: due.format('YYYY-MM-DD') } : {}),
      ...(quantity ? { quantity } : {}),
    })
  return (
    <Modal open onCancel={onClose} footer={null} title={t(KINDS[node.kind ?? 'task'])} destroyOnHidden>
      <Form<Fields>
        layout="vertical"
        onFinish={save}
        initialValues={{
          ...node,
          live: node.live ?? undefined,
          due: node.due ? dayjs(node.due) : undefined,
          weight: node.weight ?? 1,
        }}
      >
        <Form.Item name="title" label={t({ zh: '名称', en: 'Title' })} rules={[{ required: true }]}>
          <Input.TextArea autoSize maxLength={300} />
        </Form.Item>
        <Form.Item
          name="weight"
          label={t({ zh: '权重（同级之间的比例）', en: 'Weight (relative to its siblings)' })}
          rules={[{ required: true }]}
        >
          <InputNumber min={0} max={1000} />
        </Form.Item>
        {node.kind === 'task' && (
          <>
            <Form.Item name="lead" label={t({ zh: '牵头单位', en: 'Lead unit' })} rules={[{ required: true }]}>
              <Select showSearch optionFilterProp="label" options={options} />
            </Form.Item>
            <Form.Item name="joint" label={t({ zh: '配合单位', en: 'Joint units' })}>
              <Select mode="multiple" optionFilterProp="label" options={options} />
            </Form.Item>
            <Form.Item name="quantity" label={t({ zh: '量化指标', en: 'Quantity' })}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
        {node.kind !== 'goal' && (
          <Form.Item name="due" label={t({ zh: '时限', en: 'Due' })} rules={[{ required: node.kind === 'milestone' }]}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        )}
        {node.kind === 'milestone' && <LiveTarget />}
        <Button type="primary" htmlType="submit">
          {t({ zh: '保存', en: 'Save' })}
        </Button>
      </Form>
    </Modal>
  )
}
