import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, Modal } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { Edition } from './code-list-page.tsx'

interface Values {
  readonly source: string
  readonly note: string
  readonly validFrom: Dayjs
  readonly codes: string
}

/** `1 男` a line; what follows the first space is the name, and after a bar its English. */
function codesOf(text: string): Record<string, Words> {
  const pairs = text
    .split(/\r?\n/)
    .map((line) => /^\s*(\S+)\s+([^|]+?)\s*(?:\|\s*(.*?))?\s*$/.exec(line))
    .flatMap((match) => (match ? [[match[1] ?? '', { zh: match[2] ?? '', en: match[3] ?? '' }] as const] : []))
  return Object.fromEntries(pairs)
}

const textOf = (codes: Readonly<Record<string, Words>>): string =>
  Object.entries(codes)
    .map(([code, { zh, en }]) => `${code} ${zh}${en === '' || en === zh ? '' : ` | ${en}`}`)
    .join('\n')

/** Writes the next edition of a code list, beginning with the codes of the last one. */
export function NewEdition({ list, last }: { readonly list: string; readonly last: Edition }) {
  const t = useWords()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const add = useMutation({
    mutationFn: ({ source, note, validFrom, codes }: Values) =>
      api.post(`/api/standards/code-lists/${encodeURIComponent(list)}/editions`, {
        title: last.title,
        source,
        note,
        validFrom: validFrom.format('YYYY-MM-DD'),
        codes: codesOf(codes),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['standards', 'code-list', list] })
      setOpen(false)
    },
  })
  const required = [{ required: true, message: t({ zh: '必填', en: 'Required' }) }]
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t({ zh: '新增版本', en: 'New edition' })}</Button>
      <Modal
        open={isOpen}
        title={t({ zh: '新增代码表版本', en: 'New edition of a code list' })}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <Form<Values>
          layout="vertical"
          initialValues={{ source: last.source, codes: textOf(last.codes) }}
          onFinish={(values) => add.mutate(values)}
        >
          <Form.Item name="source" label={t({ zh: '依据', en: 'Source' })} rules={required}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="validFrom" label={t({ zh: '生效日期', en: 'Begins on' })} rules={required}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="note" label={t({ zh: '变化说明', en: 'What changes' })} rules={required}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item
            name="codes"
            label={t({ zh: '代码', en: 'Codes' })}
            extra={t({
              zh: '每行一个：代码 名称 | 英文名称（英文可省略）',
              en: 'One a line: code, name, a bar and the English name',
            })}
            rules={required}
          >
            <Input.TextArea rows={10} />
          </Form.Item>
          {add.error && <Alert type="error" showIcon title={add.error.message} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t({ zh: '保存版本', en: 'Save the edition' })}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
