import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Card, Checkbox, Flex, Select } from 'antd'
import { useState } from 'react'
import { type FormField, type FormSchema, formFields } from '#portal/forms'
import { FIELD_KINDS } from '#portal/registry'
import { useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { isDefault } from '../model/defaults.ts'
import {
  addField,
  type BuilderKind,
  changeField,
  type FieldPatch,
  isBuilderKind,
  KINDS,
  moveField,
  removeField,
} from '../model/fields.ts'
import { ChoicesInput } from './choices-input.tsx'
import { Group, Labelled } from './labelled.tsx'
import { WordsInput } from './words-input.tsx'

const ORDER = Object.keys(KINDS) as BuilderKind[]

const kindOf = ({ kind }: FormField): Words =>
  (isBuilderKind(kind) ? KINDS[kind] : FIELD_KINDS[kind]) ?? { zh: kind, en: kind }

/** A form made field by field. */
export function FieldsInput({
  title,
  form,
  onChange,
}: {
  readonly title: Words
  readonly form: FormSchema
  readonly onChange: (form: FormSchema) => void
}) {
  const t = useWords()
  const fields = formFields(form)
  return (
    <Group title={title}>
      {fields.map((field, at) => (
        <FieldCard
          key={field.name}
          field={field}
          isFirst={at === 0}
          isLast={at === fields.length - 1}
          onChange={(patch) => onChange(changeField(form, field.name, patch))}
          onMove={(by) => onChange(moveField(form, field.name, by))}
          onRemove={() => onChange(removeField(form, field.name))}
        />
      ))}
      <Select
        aria-label={t({ zh: '添加填写项', en: 'Add a field' })}
        placeholder={t({ zh: '＋ 添加填写项…', en: '+ Add a field…' })}
        value={null}
        onChange={(kind: BuilderKind | null) =>
          kind && onChange(addField(form, kind, { zh: KINDS[kind].zh, en: KINDS[kind].en }))
        }
        options={ORDER.map((kind) => ({ value: kind, label: t(KINDS[kind]) }))}
      />
    </Group>
  )
}

interface CardProps {
  readonly field: FormField
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onChange: (patch: FieldPatch) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

function FieldCard({ field, isFirst, isLast, onChange, onMove, onRemove }: CardProps) {
  const t = useWords()
  const { colon } = useMarks()
  const named = (words: Words) => `${t(words)}${colon}${t(field.title)}`
  // A field that has just been added still has the editor's title and wants another.
  const [isOpen, setOpen] = useState(isDefault(field.title))
  const kind = t(kindOf(field))
  return (
    <Card
      size="small"
      className={isOpen ? '' : 'dz-closed'}
      title={`${t(field.title)}${field.required ? ' *' : ''}`}
      extra={
        <Flex gap={4} align="center">
          {!isOpen && <span className="dz-small">{kind}</span>}
          <Button
            size="small"
            icon={<EditOutlined />}
            aria-expanded={isOpen}
            aria-label={named({ zh: '修改', en: 'Change' })}
            onClick={() => setOpen(!isOpen)}
          />
          <Button
            size="small"
            icon={<ArrowUpOutlined />}
            disabled={isFirst}
            aria-label={named({ zh: '上移', en: 'Move up' })}
            onClick={() => onMove(-1)}
          />
          <Button
            size="small"
            icon={<ArrowDownOutlined />}
            disabled={isLast}
            aria-label={named({ zh: '下移', en: 'Move down' })}
            onClick={() => onMove(1)}
          />
          <Button
            size="small"
            icon={<DeleteOutlined />}
            aria-label={named({ zh: '删除', en: 'Remove' })}
            onClick={onRemove}
          />
        </Flex>
      }
    >
      <WordsInput
        label={{ zh: '填写项名称', en: 'Name of the field' }}
        value={field.title}
        onChange={(title) => onChange({ title })}
      />
      {isBuilderKind(field.kind) ? (
        <Labelled label={{ zh: '类型', en: 'Kind' }}>
          {(id) => (
            <Select
              id={id}
              value={field.kind as BuilderKind}
              onChange={(kind) => onChange({ kind })}
              options={ORDER.map((kind) => ({ value: kind, label: t(KINDS[kind]) }))}
            />
          )}
        </Labelled>
      ) : (
        <span>{t({ zh: `类型由程序规定（${kind}）`, en: `Kind set by the program (${kind})` })}</span>
      )}
      {field.kind === 'code' && field.choices && (
        <ChoicesInput choices={field.choices} onChange={(choices) => onChange({ choices })} />
      )}
      <Checkbox checked={field.required} onChange={({ target }) => onChange({ required: target.checked })}>
        {t({ zh: '必填', en: 'Required' })}
      </Checkbox>
    </Card>
  )
}
