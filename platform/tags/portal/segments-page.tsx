import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Flex, Form, Input, Popconfirm, Radio, Tag } from 'antd'
import { useState } from 'react'
import {
  api,
  DataState,
  Failure,
  KeysetTable,
  OrganisationName,
  PageFrame,
  useMarks,
  useRight,
  useWords,
} from '#portal/ui'
import { useCatalogue } from './catalogue-page.tsx'
import { SegmentBuilder } from './segment-builder.tsx'
import type { Catalogue, Expression, Segment } from './types.ts'

const PATH = '/api/tag-segments'
const NOTHING: Expression = { all: [], any: [], none: [] }

/** Members chosen by a combination of tags, for a stated purpose. */
export function SegmentsPage() {
  const query = useCatalogue()
  const mayMake = useRight('tags.segment')
  return (
    <PageFrame
      title={{ zh: '标签人群', en: 'Segments' }}
      about={{
        zh: '用标签组合选出对象，写明用途后推送；服务类人群企业可以退出，并看到原因。',
        en: 'Choose members by tags and hand them over for a stated purpose; from services firms may opt out, and see why they were chosen.',
      }}
    >
      <DataState query={query} isEmpty={() => false}>
        {(catalogue) => (
          <>
            {mayMake && <Make catalogue={catalogue} />}
            <Saved catalogue={catalogue} />
          </>
        )}
      </DataState>
    </PageFrame>
  )
}

interface Saving {
  readonly title: string
  readonly purpose: string
  readonly basis: string
  readonly kind: Segment['kind']
}

function Make({ catalogue }: { readonly catalogue: Catalogue }) {
  const t = useWords()
  const queries = useQueryClient()
  const [form] = Form.useForm<Saving>()
  const [expression, setExpression] = useState(NOTHING)
  const kind = Form.useWatch('kind', form) ?? 'service'
  const subject = catalogue.subjects[0]?.id ?? ''
  const save = useMutation({
    mutationFn: (saving: Saving) => api.post(PATH, { subject, expression, ...saving }),
    onSuccess: async () => {
      form.resetFields()
      setExpression(NOTHING)
      await queries.invalidateQueries({ queryKey: [PATH] })
    },
  })
  const required = [{ required: true, min: 2, message: t({ zh: '请填写', en: 'Fill in' }) }]
  return (
    <Card size="small" title={<h2 className="dz-card-heading">{t({ zh: '组合人群', en: 'Make a segment' })}</h2>}>
      <SegmentBuilder
        catalogue={catalogue}
        subject={subject}
        kind={kind}
        expression={expression}
        onChange={setExpression}
      />
      <Form<Saving>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'service' }}
        onFinish={(saving) => save.mutate(saving)}
      >
        <Form.Item name="title" label={t({ zh: '人群名称', en: 'Name' })} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t({ zh: '用途（企业看得到）', en: 'Purpose (firms see it)' })}
          rules={required}
        >
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="basis" label={t({ zh: '依据', en: 'Legal basis' })} rules={required}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="kind" label={t({ zh: '类别', en: 'Kind' })}>
          <Radio.Group
            options={[
              { value: 'service', label: t({ zh: '服务（企业可退出）', en: 'Service (firms may opt out)' }) },
              { value: 'supervision', label: t({ zh: '监管（不可退出）', en: 'Supervision (no opting out)' }) },
            ]}
          />
        </Form.Item>
        {save.isError && <Failure error={save.error} />}
        {save.isSuccess && <p role="status">{t({ zh: '已保存', en: 'Saved' })}</p>}
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={expression.all.length + expression.any.length === 0}
        >
          {t({ zh: '保存人群', en: 'Save' })}
        </Button>
      </Form>
    </Card>
  )
}

function Saved({ catalogue }: { readonly catalogue: Catalogue }) {
  const t = useWords()
  const { list, sentences } = useMarks()
  const titles = new Map(catalogue.tags.map((tag) => [tag.id, tag.title]))
  const names = (ids: readonly string[]) => ids.map((id) => t(titles.get(id) ?? { zh: id, en: id })).join(list)
  const inWords = ({ all, any, none }: Expression) =>
    [
      all.length > 0 && t({ zh: `须有：${names(all)}`, en: `all of: ${names(all)}` }),
      any.length > 0 && t({ zh: `有其一：${names(any)}`, en: `one of: ${names(any)}` }),
      none.length > 0 && t({ zh: `不得有：${names(none)}`, en: `none of: ${names(none)}` }),
    ]
      .filter(Boolean)
      .join(sentences)
  return (
    <section aria-label={t({ zh: '已保存的人群', en: 'Saved segments' })}>
      <h2>{t({ zh: '已保存的人群', en: 'Saved segments' })}</h2>
      <KeysetTable<Segment>
        path={PATH}
        rowKey={({ id }) => id}
        caption={{ zh: '已保存的人群', en: 'Saved segments' }}
        empty={{ zh: '还没有人群', en: 'No segments yet' }}
        columns={[
          {
            id: 'title',
            title: { zh: '人群和用途', en: 'Segment and purpose' },
            heading: true,
            show: ({ title, purpose }) => (
              <>
                <div>{title}</div>
                <div>{purpose}</div>
              </>
            ),
          },
          { id: 'expression', title: { zh: '条件', en: 'Condition' }, show: ({ expression }) => inWords(expression) },
          {
            id: 'kind',
            title: { zh: '类别', en: 'Kind' },
            show: ({ kind }) =>
              kind === 'service' ? t({ zh: '服务', en: 'Service' }) : t({ zh: '监管', en: 'Supervision' }),
          },
          { id: 'owner', title: { zh: '单位', en: 'Unit' }, show: ({ owner }) => <OrganisationName id={owner} /> },
          {
            id: 'members',
            title: { zh: '已推送／因退出未推送', en: 'Handed over / left out, opted out' },
            align: 'right',
            show: ({ members, leftOut }) => `${members} / ${leftOut}`,
          },
          {
            id: 'state',
            title: { zh: '状态', en: 'State' },
            show: (segment) => <State segment={segment} names={names} />,
          },
          { id: 'do', title: { zh: '操作', en: 'Actions' }, show: (segment) => <Actions segment={segment} /> },
        ]}
      />
    </section>
  )
}

interface StateProps {
  readonly segment: Segment
  readonly names: (ids: readonly string[]) => string
}

function State({ segment: { endedAt, endedFor, outdated, pushedAt }, names }: StateProps) {
  const t = useWords()
  const { sentences } = useMarks()
  if (endedAt)
    return (
      <>
        <Tag>{t({ zh: '已停用', en: 'Ended' })}</Tag>
        {endedFor &&
          t({
            zh: `标签“${names(endedFor)}”不得再用于这类人群`,
            en: `Tags that may no longer be used for it: ${names(endedFor)}`,
          })}
      </>
    )
  if (outdated.length > 0)
    return (
      <>
        <Tag color="warning">{t({ zh: '暂无名单', en: 'Nobody for now' })}</Tag>
        {[...outdated.map(t), t({ zh: '重新计算前不选取任何对象', en: 'Until computed again it chooses nobody' })].join(
          sentences,
        )}
      </>
    )
  return pushedAt ? (
    <Tag color="success">{t({ zh: '推送中', en: 'Handed over' })}</Tag>
  ) : (
    <Tag>{t({ zh: '未推送', en: 'Not handed over' })}</Tag>
  )
}

function Actions({ segment: { id, title, endedAt } }: { readonly segment: Segment }) {
  const t = useWords()
  const queries = useQueryClient()
  const mayPush = useRight('tags.push')
  const act = useMutation({
    mutationFn: (what: 'push' | 'end') => api.post(`${PATH}/${id}/${what}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [PATH] }),
  })
  if (!mayPush || endedAt) return null
  return (
    <Flex wrap gap="small">
      <Popconfirm
        title={t({
          zh: `推送“${title}”？其他系统和企业都会看到`,
          en: `Hand “${title}” over? Other systems and the firms will see it`,
        })}
        onConfirm={() => act.mutate('push')}
      >
        <Button size="small" loading={act.isPending}>
          {t({ zh: '推送', en: 'Hand over' })}
        </Button>
      </Popconfirm>
      <Popconfirm title={t({ zh: `停用“${title}”？`, en: `End “${title}”?` })} onConfirm={() => act.mutate('end')}>
        <Button size="small" danger>
          {t({ zh: '停用', en: 'End' })}
        </Button>
      </Popconfirm>
      {act.isError && <Failure error={act.error} />}
    </Flex>
  )
}
