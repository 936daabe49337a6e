import { Form, Input, InputNumber, Select } from 'antd'
import { useWords } from '#portal/ui'
import { useRequired } from './propose-button.tsx'

/** What of an element is set when it is new, and may change later. */
export function ElementFields() {
  const t = useWords()
  const required = useRequired()
  return (
    <>
      <Form.Item name="title" label={t({ zh: '名称', en: 'Name' })} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="titleEn" label={t({ zh: '英文名称', en: 'English name' })} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="definition" label={t({ zh: '定义', en: 'Definition' })} rules={required}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <Form.Item name="max" label={t({ zh: '最大长度', en: 'Longest' })}>
        <InputNumber min={1} max={20_000} />
      </Form.Item>
      <Form.Item name="synonyms" label={t({ zh: '同义名称', en: 'Synonyms' })}>
        <Select mode="tags" open={false} />
      </Form.Item>
    </>
  )
}
