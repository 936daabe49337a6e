import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Flex, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { ApiError, api, FileUpload, PageFrame, useWords } from '#portal/ui'
import { DraftEditor } from './draft-editor.tsx'
import { Duplicates } from './duplicates.tsx'
import { plansKey, WithPlan } from './shared.tsx'
import { INSPECTIONS } from './types.ts'

/** From a work report to a plan: read, edit, look for repeated matters, publish. */
export function DraftsPage() {
  return (
    <PageFrame
      title={{ zh: '工作报告分解', en: 'Break down a report' }}
      about={{
        zh: '上传 Word 报告或粘贴文字，系统按序号、责任单位和时限生成草稿，由人修改后发布。',
        en: 'Upload a Word report or paste text; numbers, units and dates make a draft that a person edits and publishes.',
      }}
      above={[{ title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' }]}
    >
      <Import />
      <WithPlan state="draft">{(id) => <DraftEditor key={id} id={id} />}</WithPlan>
      <Duplicates />
    </PageFrame>
  )
}

interface Given {
  readonly title: string
  readonly year: number
  readonly text?: string
  readonly inspection: string
}

function Import() {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [files, setFiles] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const read = async ({ title, year, text, inspection }: Given) => {
    setBusy(true)
    try {
      const [file] = files
      const { nodes, doubts } = await api.post<{ nodes: number; doubts: number }>('/api/supervision/reports', {
        title,
        year,
        inspection,
        startsOn: `${year}-01-01`,
        endsOn: `${year}-12-31`,
        ...(file ? { file } : { text: text ?? '' }),
      })
      void message.success(
        t({ zh: `生成 ${nodes} 项，其中 ${doubts} 项存疑`, en: `${nodes} entries, ${doubts} in doubt` }),
      )
      await queries.invalidateQueries({ queryKey: plansKey })
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card size="small" title={t({ zh: '读入报告', en: 'Read a report' })}>
      <Form<Given>
        layout="vertical"
        onFinish={read}
        initialValues={{ year: new Date().getFullYear(), inspection: 'comprehensive' }}
      >
        <Flex wrap gap="middle">
          <Form.Item
            name="title"
            label={t({ zh: '计划名称', en: 'Title of the plan' })}
            rules={[{ required: true }]}
            style={{ flex: '1 1 240px' }}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="year" label={t({ zh: '年度', en: 'Year' })} rules={[{ required: true }]}>
            <InputNumber min={2000} max={2100} />
          </Form.Item>
          <Form.Item name="inspection" label={t({ zh: '督查类型', en: 'Kind of inspection' })}>
            <Select
              style={{ minWidth: 160 }}
              options={Object.entries(INSPECTIONS).map(([value, name]) => ({ value, label: t(name) }))}
            />
          </Form.Item>
          <Form.Item label={t({ zh: 'Word 文件（.docx）', en: 'Word file (.docx)' })}>
            <FileUpload for="supervision" max={1} value={files} onChange={setFiles} />
          </Form.Item>
        </Flex>
        {files.length === 0 && (
          <Form.Item name="text" label={t({ zh: '或粘贴文字', en: 'Or paste the text' })}>
            <Input.TextArea rows={4} maxLength={500_000} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t({ zh: '生成草稿', en: 'Make a draft' })}
        </Button>
      </Form>
    </Card>
  )
}
