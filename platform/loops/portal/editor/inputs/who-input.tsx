import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Select, Typography } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import type { Assignee } from '../../../definition.ts'
import { usePosts } from '../queries.ts'
import type { Editor } from '../use-editor.ts'
import { Group } from './labelled.tsx'
import { PostsWith } from './posts-with.tsx'
import { NO_UNITS, optionsFor, partsOf, rightOptions, WHO, WHO_KINDS, whoOf } from './who-kinds.ts'

interface WhoInputProps {
  readonly title: Words
  readonly editor: Editor
  readonly value: readonly Assignee[]
  readonly onChange: (who: readonly Assignee[]) => void
  /** What it means that nobody is named. */
  readonly nobody: Words
  /** Exactly one. */
  readonly single?: true
}

/** Who gets it or who may, chosen from what there is. */
export function WhoInput({ title, editor, value, onChange, nobody, single }: WhoInputProps) {
  const t = useWords()
  const set = (at: number, who: Assignee) => onChange(value.map((one, n) => (n === at ? who : one)))
  return (
    <Group title={title}>
      {value.length === 0 && <Typography.Text type="secondary">{t(nobody)}</Typography.Text>}
      {value.map((who, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: assignees have no names of their own
        <Flex key={at} gap="small" align="start">
          <One title={`${t(title)} ${at + 1}`} editor={editor} who={who} onChange={(next) => set(at, next)} />
          {!single && (
            <Button
              icon={<DeleteOutlined />}
              aria-label={`${t({ zh: '删除', en: 'Remove' })} ${t(title)} ${at + 1}`}
              onClick={() => onChange(value.filter((_, n) => n !== at))}
            />
          )}
        </Flex>
      ))}
      {!(single && value.length > 0) && (
        <Button icon={<PlusOutlined />} onClick={() => onChange([...value, { right: 'loops.handle' }])}>
          {value.length === 0 ? t({ zh: '指定', en: 'Name somebody' }) : t({ zh: '再加一个', en: 'One more' })}
        </Button>
      )}
    </Group>
  )
}

interface OneProps {
  readonly title: string
  readonly editor: Editor
  readonly who: Assignee
  readonly onChange: (who: Assignee) => void
}

function One({ title, editor, who, onChange }: OneProps) {
  const t = useWords()
  const { kind, value, right } = partsOf(who)
  const isAlone = kind === 'opener' || kind === 'holder'
  const options = optionsFor(kind, editor.draft, editor.parts, t)
  return (
    <Flex vertical gap={4} className="dz-grow">
      <Select
        aria-label={`${title}${t({ zh: '：方式', en: ': how' })}`}
        value={kind}
        onChange={(next) => onChange(whoOf(next, '', ''))}
        options={WHO_KINDS.map((one) => ({ value: one, label: t(WHO[one]) }))}
      />
      {kind === 'post' && <PostInput title={title} value={value} onChange={(post) => onChange({ post })} />}
      {!isAlone && kind !== 'post' && (
        <Select
          aria-label={title}
          showSearch={{ optionFilterProp: 'label' }}
          value={value || null}
          placeholder={t({ zh: '请选择', en: 'Choose' })}
          onChange={(next) => onChange(keeping(who, whoOf(kind, next, right)))}
          options={options}
        />
      )}
      {kind === 'organisationIn' && (
        <Select
          aria-label={`${title}${t({ zh: '：权限', en: ': right' })}`}
          showSearch={{ optionFilterProp: 'label' }}
          value={right}
          onChange={(next) => onChange(whoOf(kind, value, next))}
          options={rightOptions(editor.parts, t)}
        />
      )}
      {kind === 'organisationIn' && options.length === 0 && (
        <Typography.Text type="secondary">{t(NO_UNITS)}</Typography.Text>
      )}
      {right && <PostsWith right={right} parts={editor.parts} />}
    </Flex>
  )
}

/** The unit of a right stays when another right is chosen. */
const keeping = (before: Assignee, after: Assignee): Assignee =>
  ('of' in before ? { ...after, of: before.of } : after) as Assignee

function PostInput({
  title,
  value,
  onChange,
}: {
  readonly title: string
  readonly value: string
  readonly onChange: (post: string) => void
}) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const { mayRead, rows, isFetching } = usePosts(useDeferredValue(search))
  if (!mayRead) return <Input aria-label={title} value={value} onChange={({ target }) => onChange(target.value)} />
  return (
    <Select
      aria-label={title}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={isFetching}
      value={value || null}
      placeholder={t({ zh: '按名称查找岗位', en: 'Find a post by name' })}
      onChange={(next) => onChange(next)}
      options={rows.map((post) => ({
        value: post.id,
        label: `${post.organisationName ? `${t(post.organisationName)} · ` : ''}${t(post.title)}`,
      }))}
    />
  )
}
