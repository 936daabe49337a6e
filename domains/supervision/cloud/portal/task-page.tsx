import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { App, Button, Card, Descriptions, Flex, Form, Input, Modal, Select, Tag, Typography } from 'antd'
import { useState } from 'react'
import {
  ApiError,
  api,
  DataState,
  FileUpload,
  OrganisationName,
  PageFrame,
  PageLink,
  Rows,
  useLiveQueries,
  useWords,
  When,
} from '#portal/ui'
import { Local, Progress, ProgressLight, Units } from './shared.tsx'
import { type Plan, type PlanNode, PROOFS, percent, QUALITIES, STEPS } from './types.ts'

interface TaskView {
  readonly plan: Plan
  readonly task: PlanNode
  readonly above: readonly string[]
  readonly milestones: readonly PlanNode[]
  readonly matter: {
    readonly id: string
    readonly revision: number
    readonly place: string
    readonly zh: string
    readonly en: string
    readonly actions: readonly string[]
  } | null
  readonly progress: readonly {
    readonly unit: string
    readonly text: string
    readonly by: string
    readonly at: string
  }[]
  readonly steps: readonly {
    readonly id: string
    readonly step: string
    readonly number: string
    readonly at: string
    readonly loop: string
    readonly answerBy: string | null
    readonly file: string | null
  }[]
}

/** A task: its milestones and what proves them, its matter, what the unit said, which steps were taken. */
export function TaskPage() {
  const { id = '' } = useParams({ strict: false })
  const queryKey = ['supervision', 'task', id]
  const query = useQuery({
    queryKey,
    queryFn: () => api.get<TaskView>(`/api/supervision/tasks/${encodeURIComponent(id)}`),
  })
  useLiveQueries(['supervision.cloud.node.changed', 'loops.'], queryKey)
  return (
    <PageFrame
      title={query.data?.task.title ?? id}
      lang="zh"
      above={[
        { title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' },
        { title: { zh: '目标树', en: 'Plan' }, path: '/supervision/tree' },
      ]}
    >
      <DataState query={query}>{(view) => <Task view={view} />}</DataState>
    </PageFrame>
  )
}

function Task({ view }: { readonly view: TaskView }) {
  const t = useWords()
  const { task, matter, milestones } = view
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center">
        <ProgressLight assessed={task.assessed} />
        <Progress assessed={task.assessed} />
        {task.state === 'merged' && task.mergedInto && (
          <PageLink to={`/supervision/tasks/${task.mergedInto}`}>
            {t({ zh: '已并入此任务', en: 'Merged into this task' })}
          </PageLink>
        )}
      </Flex>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={[
          {
            key: 'goal',
            label: t({ zh: '所属目标', en: 'Goal' }),
            children: <Local>{[view.plan.title, ...view.above].join(' › ')}</Local>,
          },
          {
            key: 'units',
            label: t({ zh: '责任单位', en: 'Units' }),
            children: <Units lead={task.lead} joint={task.joint} />,
          },
          {
            key: 'share',
            label: t({ zh: '占全计划', en: 'Share of the plan' }),
            children: `${(task.share * 100).toFixed(1)}%`,
          },
          { key: 'due', label: t({ zh: '完成时限', en: 'Due' }), children: task.due ?? '—' },
          {
            key: 'quantity',
            label: t({ zh: '量化指标', en: 'Quantity' }),
            children: task.quantity ? <Local>{task.quantity}</Local> : '—',
          },
          {
            key: 'matter',
            label: t({ zh: '督查事项', en: 'Matter' }),
            children: matter ? <PageLink to={`/loops/${matter.id}`}>{`#${matter.id} ${t(matter)}`}</PageLink> : '—',
          },
          ...(task.about
            ? [{ key: 'about', label: t({ zh: '内容', en: 'Text' }), children: <Local>{task.about}</Local>, span: 2 }]
            : []),
        ]}
      />
      {matter?.actions.includes('report') && <Report view={view} />}
      <Card size="small" title={t({ zh: '节点', en: 'Milestones' })}>
        <Rows<PlanNode>
          rows={milestones}
          rowKey={({ id }) => id}
          caption={{ zh: '节点', en: 'Milestones' }}
          columns={[
            {
              id: 'title',
              title: { zh: '节点', en: 'Milestone' },
              heading: true,
              show: ({ title }) => <Local>{title}</Local>,
            },
            {
              id: 'light',
              title: { zh: '灯', en: 'Light' },
              show: ({ assessed }) => <ProgressLight assessed={assessed} />,
            },
            { id: 'due', title: { zh: '时限', en: 'Due' }, show: ({ due }) => due ?? '—' },
            {
              id: 'weight',
              title: { zh: '占任务', en: 'Of the task' },
              align: 'right',
              show: ({ share }) => percent(task.share === 0 ? 0 : share / task.share),
            },
            {
              id: 'state',
              title: { zh: '完成情况', en: 'State' },
              show: (one) => <State node={one} loop={matter?.id} />,
            },
          ]}
        />
      </Card>
      <Card size="small" title={t({ zh: '督办升级', en: 'Steps taken' })}>
        <Rows
          rows={view.steps}
          rowKey={({ id }) => id}
          caption={{ zh: '督办升级', en: 'Steps taken' }}
          empty={{ zh: '没有催办、督办函、通报或约谈', en: 'None' }}
          columns={[
            {
              id: 'number',
              title: { zh: '文号', en: 'Number' },
              heading: true,
              show: ({ id, number }) => (
                <PageLink to={`/supervision/letters/${id}`}>
                  <Local>{number}</Local>
                </PageLink>
              ),
            },
            {
              id: 'step',
              title: { zh: '方式', en: 'Step' },
              show: ({ step }) => <Tag>{t(STEPS[step] ?? { zh: step, en: step })}</Tag>,
            },
            { id: 'at', title: { zh: '时间', en: 'At' }, show: ({ at }) => <When at={at} /> },
            {
              id: 'answer',
              title: { zh: '反馈时限', en: 'Answer due' },
              show: ({ answerBy }) => answerBy ?? '—',
            },
            {
              id: 'file',
              title: { zh: '文书', en: 'Document' },
              show: ({ file }) => (file ? <a href={`/api/files/${file}`}>Word</a> : '—'),
            },
          ]}
        />
      </Card>
      <Card
        size="small"
        title={t({ zh: '进展（单位自述，不计分）', en: 'Progress as the unit tells it (earns nothing)' })}
      >
        <Rows
          rows={view.progress}
          rowKey={({ at, by }) => `${at} ${by}`}
          caption={{ zh: '进展', en: 'Progress' }}
          empty={{ zh: '还没有报进展', en: 'Nothing reported yet' }}
          columns={[
            {
              id: 'text',
              title: { zh: '进展', en: 'Progress' },
              heading: true,
              show: ({ text }) => <Local>{text}</Local>,
            },
            { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ unit }) => <OrganisationName id={unit} /> },
            { id: 'by', title: { zh: '填报人', en: 'By' }, show: ({ by }) => by },
            { id: 'at', title: { zh: '时间', en: 'At' }, show: ({ at }) => <When at={at} /> },
          ]}
        />
      </Card>
    </Flex>
  )
}

function State({ node, loop }: { readonly node: PlanNode; readonly loop: string | undefined }) {
  const t = useWords()
  if (node.achievedOn)
    return (
      <Flex wrap gap="small">
        <span>{`✓ ${node.achievedOn}`}</span>
        {node.proof && <Tag color="green">{t(PROOFS[node.proof] ?? { zh: node.proof, en: node.proof })}</Tag>}
        {node.quality && <Tag>{t(QUALITIES[node.quality] ?? { zh: node.quality, en: node.quality })}</Tag>}
        {node.proof === 'check' && loop && (
          <PageLink to={`/loops/${loop}`}>{t({ zh: '看佐证', en: 'Evidence' })}</PageLink>
        )}
        {node.proof === 'indicator' && node.live && <PageLink to="/indicators">{node.live.indicator}</PageLink>}
      </Flex>
    )
  if (node.live)
    return (
      <Typography.Text>{`${t({ zh: '指标达到', en: 'Closed by indicator at' })} ${node.live.target}`}</Typography.Text>
    )
  return (
    <span>{node.reportedOn ? t({ zh: '待核验', en: 'To be checked' }) : t({ zh: '未上报', en: 'Not handed in' })}</span>
  )
}

function Report({ view: { matter, milestones } }: { readonly view: TaskView }) {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [files, setFiles] = useState<readonly string[]>([])
  const open = milestones.filter(({ achievedOn, live }) => !achievedOn && !live)
  const send = async (form: { milestone: string; result: string }) => {
    try {
      await api.post(`/api/loops/${matter?.id}/actions`, {
        action: 'report',
        revision: matter?.revision,
        key: crypto.randomUUID(),
        form,
        evidence: files,
      })
      setOpen(false)
      await queries.invalidateQueries({ queryKey: ['supervision'] })
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
    }
  }
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} style={{ alignSelf: 'start' }}>
        {t({ zh: '上报节点成果', en: 'Report a milestone' })}
      </Button>
      <Modal
        open={isOpen}
        footer={null}
        onCancel={() => setOpen(false)}
        title={t({ zh: '上报节点成果', en: 'Report a milestone' })}
        destroyOnHidden
      >
        <Form layout="vertical" onFinish={send} initialValues={{ milestone: open[0]?.id }}>
          <Form.Item name="milestone" label={t({ zh: '节点', en: 'Milestone' })} rules={[{ required: true }]}>
            <Select
              options={open.map(({ id, title, due }) => ({
                value: id,
                label: <Local>{`${title}（${due ?? ''}）`}</Local>,
              }))}
            />
          </Form.Item>
          <Form.Item name="result" label={t({ zh: '完成情况', en: 'Result' })} rules={[{ required: true }]}>
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
          <Form.Item label={t({ zh: '佐证材料（至少一份）', en: 'Evidence (at least one file)' })}>
            <FileUpload for="loop" value={files} onChange={setFiles} />
          </Form.Item>
          <Button type="primary" htmlType="submit" disabled={files.length === 0}>
            {t({ zh: '上报，交他人核验', en: 'Hand in for checking' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
