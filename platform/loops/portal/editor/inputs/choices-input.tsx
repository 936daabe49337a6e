import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Input } from 'antd'
import type { Choice } from '#portal/forms'
import { useLanguage, useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { freshName } from '../model/edit.ts'

/** Choices of a field, one a line. */
export function ChoicesInput({
  choices,
  onChange,
}: {
  readonly choices: readonly Choice[]
  readonly onChange: (choices: Readonly<Record<string, Words>>) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const send = (next: readonly Choice[]) => onChange(Object.fromEntries(next.map(({ value, title }) => [value, title])))
  const rename = ({ value, title }: Choice, text: string): Choice => {
    const isOne = title.zh === title.en
    return { value, title: isOne ? { zh: text, en: text } : { ...title, [language]: text } }
  }
  return (
    <Flex vertical gap={4}>
      {choices.map((choice, at) => (
        <Flex key={choice.value} gap={4}>
          <Input
            aria-label={`${t({ zh: '选项', en: 'Choice' })} ${at + 1}`}
            value={t(choice.title)}
            maxLength={100}
            onChange={({ target }) => send(choices.map((one) => (one === choice ? rename(one, target.value) : one)))}
          />
          <Button
            icon={<DeleteOutlined />}
            disabled={choices.length < 2}
            aria-label={`${t({ zh: '删除选项', en: 'Remove choice' })} ${at + 1}`}
            onClick={() => send(choices.filter((one) => one !== choice))}
          />
        </Flex>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => {
          const value = freshName(Object.fromEntries(choices.map((one) => [one.value, true])), 'c')
          const n = choices.length + 1
          send([...choices, { value, title: { zh: `选项${n}`, en: `Choice ${n}` } }])
        }}
      >
        {t({ zh: '添加选项', en: 'Add a choice' })}
      </Button>
    </Flex>
  )
}
