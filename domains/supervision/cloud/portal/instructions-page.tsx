import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, DatePicker, Drawer, Flex, Form, Input, Modal, Select, Tag, Typography } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { ApiError, api, DataState, FileUpload, PageFrame, PageLink, Rows, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { Local } from './shared.tsx'

interface Item {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly givenBy: string
  readonly due: string
  readonly at: string
  readonly loop: string | null
  readonly part: string
  readonly place: string
}
interface Attached {
  readonly id: string
  readonly name: string
  readonly size: number
}
interface Detail extends Item {
  readonly text: string
  readonly files: readonly Attached[]
  readonly answers: readonly {
    readonly text: string
    readonly by: string
    readonly at: string
    readonly files: readonly Attached[]
  }[]
  readonly readers: readonly { readonly holder: string; readonly part: string; readonly name: Words }[]
}
interface UnitsAnswer {
  readonly posts: readonly { readonly id: string; readonly zh: string; readonly en: string }[]
}

const PLACES: Readonly<Record<string, Words>> = {
  handling: { zh: '办理中', en: 'In hand' },
  answered: { zh: '已反馈，待领导阅', en: 'Answered' },
  closed: { zh: '办结', en: 'Closed' },
}
const KEY = ['supervision', 'instructions']

/** Instructions that name the reader. */
export function InstructionsPage() {
  const t = useWords()
  const [open, setOpen] = useState<string>()
  const query = useQuery({ queryKey: KEY, queryFn: () => api.get<{ rows: Item[] }>('/api/supervision/instructions') })
  return (
    <PageFrame
      title={{ zh: '批示件', en: 'Instructions' }}
      about={{
        zh: '只列出指定您阅办的批示；其他人（包括管理员和审计员）看不到内容。',
        en: 'Only those that name you; nobody else, administrators and auditors included, sees their content.',
      }}
      extra={<Give />}
    >
      <DataState
        query={query}
        isEmpty={({ rows }) => rows.length === 0}
        empty={{ zh: '没有指定您阅办的批示', en: 'None names you' }}
      >
        {({ rows }) => (
          <Rows<Item>
            rows={rows}
            rowKey={({ id }) => id}
            caption={{ zh: '批示件', en: 'Instructions' }}
            columns={[
              {
                id: 'title',
                title: { zh: '批示', en: 'Instruction' },
                heading: true,
                show: ({ id, number, title }) => (
                  <Button
                    type="link"
                    style={{ paddingInline: 0, whiteSpace: 'normal', height: 'auto', textAlign: 'start' }}
                    onClick={() => setOpen(id)}
                  >
                    <Local>{`${number} ${title}`}</Local>
                  </Button>
                ),
              },
              { id: 'by', title: { zh: '批示人', en: 'Given by' }, show: ({ givenBy }) => <Local>{givenBy}</Local> },
              { id: 'due', title: { zh: '反馈时限', en: 'Answer due' }, show: ({ due }) => due },
              {
                id: 'place',
                title: { zh: '状态', en: 'State' },
                show: ({ place }) => <Tag>{t(PLACES[place] ?? { zh: place, en: place })}</Tag>,
              },
            ]}
          />
        )}
      </DataState>
      {open && <Content id={open} onClose={() => setOpen(undefined)} />}
    </PageFrame>
  )
}

function useSend() {
  const { message } = App.useApp()
  const queries = useQueryClient()
  return async (path: string, body: object): Promise<boolean> => {
    try {
      await api.post(path, body)
      await queries.invalidateQueries({ queryKey: KEY })
      return true
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
      return false
    }
  }
}

function Content({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useWords()
  const send = useSend()
  const query = useQuery({
    queryKey: [...KEY, id],
    queryFn: () => api.get<Detail>(`/api/supervision/instructions/${id}`),
  })
  return (
    <Drawer
      open
      onClose={onClose}
      title={query.data ? <Local>{`${query.data.number} ${query.data.title}`}</Local> : ''}
      size="large"
    >
      <DataState query={query}>
        {(view) => (
          <Flex vertical gap="middle">
            <Typography.Paragraph lang="zh" style={{ whiteSpace: 'pre-wrap' }}>
              {view.text}
            </Typography.Paragraph>
            <Files files={view.files} />
            <Typography.Text type="secondary">
              <Local>{view.givenBy}</Local>
              {' · '}
              <When at={view.at} />
              {` · ${t({ zh: '反馈时限', en: 'answer due' })} ${view.due} `}
              {view.loop && <PageLink to={`/loops/${view.loop}`}>{`#${view.loop}`}</PageLink>}
            </Typography.Text>
            <Card size="small" title={t({ zh: '可见人员', en: 'Who can read it' })}>
              <Flex wrap gap={4}>
                {view.readers.map(({ holder, name }) => (
                  <Tag key={holder}>{t(name)}</Tag>
                ))}
              </Flex>
            </Card>
            {view.answers.map((answer) => (
              <Card size="small" key={answer.at} title={answer.by} extra={<When at={answer.at} />}>
                <Local>{answer.text}</Local>
                <Files files={answer.files} />
              </Card>
            ))}
            {view.part.includes('handler') && view.place === 'handling' && <Answer id={id} />}
            {view.part.includes('registrar') && view.place === 'answered' && (
              <Flex gap="small">
                <Button
                  type="primary"
                  onClick={() => void send(`/api/supervision/instructions/${id}/decision`, { decision: 'accept' })}
                >
                  {t({ zh: '阅，办结', en: 'Close' })}
                </Button>
                <Button
                  onClick={() => void send(`/api/supervision/instructions/${id}/decision`, { decision: 'ask-again' })}
                >
                  {t({ zh: '继续办理', en: 'Go on with it' })}
                </Button>
              </Flex>
            )}
          </Flex>
        )}
      </DataState>
    </Drawer>
  )
}

function Files({ files }: { readonly files: readonly Attached[] }) {
  if (files.length === 0) return null
  return (
    <ul className="dz-plain-list">
      {files.map((file) => (
        <li key={file.id}>
          <a href={`/api/files/${file.id}`} lang="zh">
            {file.name}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Answer({ id }: { readonly id: string }) {
  const t = useWords()
  const send = useSend()
  const [files, setFiles] = useState<readonly string[]>([])
  const answer = ({ text }: { text: string }) => send(`/api/supervision/instructions/${id}/answers`, { text, files })
  return (
    <Form layout="vertical" onFinish={answer}>
      <Form.Item name="text" label={t({ zh: '办理情况', en: 'Answer' })} rules={[{ required: true }]}>
        <Input.TextArea rows={4} maxLength={10_000} />
      </Form.Item>
      <Form.Item label={t({ zh: '附件（可见范围与批示相同）', en: 'Files (seen by the same people)' })}>
        <FileUpload for="supervision" value={files} onChange={setFiles} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t({ zh: '反馈', en: 'Answer' })}
      </Button>
    </Form>
  )
}

interface Given {
  readonly title: string
  readonly text: string
  readonly givenBy: string
  readonly due: Dayjs
  readonly posts: string[]
  readonly readers?: string[]
}

function Give() {
  const t = useWords()
  const send = useSend()
  const [isOpen, setOpen] = useState(false)
  const [files, setFiles] = useState<readonly string[]>([])
  const mayGive = useRight('supervision.cloud.instruct') !== undefined
  const units = useQuery({
    queryKey: ['supervision', 'units'],
    queryFn: () => api.get<UnitsAnswer>('/api/supervision/units'),
    enabled: isOpen,
  })
  if (!mayGive) return null
  const posts = (units.data?.posts ?? []).map((post) => ({ value: post.id, label: t(post) }))
  const give = async ({ due, readers = [], ...rest }: Given) => {
    if (await send('/api/supervision/instructions', { ...rest, readers, files, due: due.format('YYYY-MM-DD') })) {
      setFiles([])
      setOpen(false)
    }
  }
  const rules = [{ required: true }]
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t({ zh: '登记批示', en: 'Give an instruction' })}
      </Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
        title={t({ zh: '登记批示', en: 'Give an instruction' })}
      >
        <Form<Given> layout="vertical" onFinish={give}>
          <Form.Item name="title" label={t({ zh: '标题', en: 'Title' })} rules={rules}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="text" label={t({ zh: '批示内容', en: 'Text' })} rules={rules}>
            <Input.TextArea rows={4} maxLength={10_000} />
          </Form.Item>
          <Form.Item name="givenBy" label={t({ zh: '批示领导', en: 'Given by' })} rules={rules}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="due" label={t({ zh: '反馈时限', en: 'Answer due' })} rules={rules}>
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="posts" label={t({ zh: '承办岗位', en: 'Posts that handle it' })} rules={rules}>
            <Select mode="multiple" options={posts} optionFilterProp="label" loading={units.isFetching} />
          </Form.Item>
          <Form.Item name="readers" label={t({ zh: '另行可见的岗位', en: 'Posts that may read it too' })}>
            <Select mode="multiple" options={posts} optionFilterProp="label" />
          </Form.Item>
          <Form.Item label={t({ zh: '附件（可见范围与批示相同）', en: 'Files (seen by the same people)' })}>
            <FileUpload for="supervision" value={files} onChange={setFiles} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t({ zh: '登记并交办', en: 'Give' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
