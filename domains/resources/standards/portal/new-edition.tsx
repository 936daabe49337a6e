import { Form, Input } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { Edition } from './code-list-page.tsx'
import { NOTICE, ProposeButton, useRequired } from './propose-button.tsx'

interface Values {
  readonly source: string
  readonly note: string
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

/** Proposes the next edition of a code list, beginning with the codes of the last one. */
export function NewEdition({ list, last }: { readonly list: string; readonly last: Edition }) {
  const t = useWords()
  const required = useRequired()
  return (
    <ProposeButton<Values>
      label={{ zh: '提出新版本', en: 'Propose an edition' }}
      title={{ zh: '代码表新版本', en: 'New edition of a code list' }}
      path={`/api/standards/code-lists/${encodeURIComponent(list)}/editions`}
      initial={{ source: last.source, codes: textOf(last.codes) }}
      notice={NOTICE}
      bodyOf={({ source, note, codes }) => ({ title: last.title, source, note, codes: codesOf(codes) })}
    >
      <Form.Item name="source" label={t({ zh: '依据', en: 'Source' })} rules={required}>
        <Input maxLength={200} />
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
    </ProposeButton>
  )
}
