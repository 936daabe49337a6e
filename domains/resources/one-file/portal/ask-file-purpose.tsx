import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select } from 'antd'
import { api, DataState, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

/** Ends the words of a listed purpose, whatever language they are in. */
const COLON = '：'

interface Purposes {
  readonly purposes: readonly { readonly title: Words; readonly opens: readonly Words[] }[]
  readonly other: readonly Words[]
}
interface Values {
  /** Chinese title of a listed purpose; empty: another. */
  readonly listed: string
  readonly about: string
}

/** Asks what a file is opened for: a listed purpose opens its kinds of record, any other what is not sensitive. */
export function AskFilePurpose({ onState }: { readonly onState: (purpose: string) => void }) {
  const query = useQuery({
    queryKey: ['one-file', 'purposes'],
    queryFn: () => api.get<Purposes>('/api/one-file/purposes'),
  })
  return (
    <DataState query={query} isEmpty={() => false}>
      {(purposes) => <PurposeForm {...purposes} onState={onState} />}
    </DataState>
  )
}

function PurposeForm({ purposes, other, onState }: Purposes & { readonly onState: (purpose: string) => void }) {
  const t = useWords()
  const [form] = Form.useForm<Values>()
  const listed = Form.useWatch('listed', form)
  const opens = listed === '' ? other : purposes.find(({ title }) => title.zh === listed)?.opens
  const required = { required: true, whitespace: true, message: t({ zh: '必填', en: 'Required' }) }
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t({
          zh: '请说明查看目的，它会和您的姓名一起记入审计日志，当事人看得见；目的决定能看到哪些记录。',
          en: 'Say what for: it goes into the audit log with your name, the subject sees it, and it decides which records are shown.',
        })}
      />
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={({ listed, about }) =>
          onState(listed ? listed + COLON + about.trim() : about.trim().replace(/[：:]/g, ' '))
        }
        style={{ maxWidth: 560 }}
      >
        <Form.Item
          name="listed"
          label={t({ zh: '查看目的', en: 'Purpose' })}
          rules={[{ required: true, type: 'string', message: t({ zh: '请选择', en: 'Choose one' }) }]}
          extra={
            opens &&
            t({
              zh: `可见：${opens.map(({ zh }) => zh).join('、')}`,
              en: `Opens: ${opens.map(({ en }) => en).join(', ')}`,
            })
          }
        >
          <Select
            options={[
              ...purposes.map(({ title }) => ({ value: title.zh, label: t(title) })),
              { value: '', label: t({ zh: '其他目的（不含敏感记录）', en: 'Another (no sensitive records)' }) },
            ]}
          />
        </Form.Item>
        <Form.Item name="about" label={t({ zh: '事由', en: 'What it is about' })} rules={[required]}>
          <Input
            maxLength={150}
            placeholder={t({ zh: '例如：张某的低保申请', en: 'e.g. the application of Ms Zhang' })}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t({ zh: '继续', en: 'Go on' })}
        </Button>
      </Form>
    </>
  )
}
