import { Typography } from 'antd'
import type { FormField } from '#portal/forms'
import type { Words } from '../../../runtime/words.ts'
import { useMarks, useWords } from '../language.tsx'
import { FieldInput } from './field-input.tsx'

export interface FieldRowProps {
  readonly id: string
  readonly field: FormField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly filesFor: string
  readonly fault?: Words | string | undefined
  readonly source?: Words | undefined
}

/** Label, input, help, origin and fault of one field. */
export function FieldRow({ id, field, value, onChange, filesFor, fault, source }: FieldRowProps) {
  const t = useWords()
  const { inBrackets } = useMarks()
  const label = field.unit ? `${t(field.title)}${inBrackets(field.unit)}` : t(field.title)
  const text = typeof fault === 'object' ? t(fault) : fault
  const isGroup = field.kind === 'files' || field.kind === 'point'
  const Label = isGroup ? 'span' : 'label'
  return (
    <div className="dz-field" {...(isGroup ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}>
      <Label id={`${id}-label`} {...(isGroup ? {} : { htmlFor: id })}>
        {label}
        {field.required && (
          <Typography.Text type="danger" aria-hidden>
            {' *'}
          </Typography.Text>
        )}
      </Label>
      <FieldInput
        id={id}
        field={field}
        label={label}
        value={value}
        onChange={onChange}
        filesFor={filesFor}
        invalid={Boolean(text)}
        describedBy={`${id}-about`}
      />
      <div id={`${id}-about`} className="dz-field-about">
        {text && <Typography.Text type="danger">{text}</Typography.Text>}
        {field.help && <Typography.Text type="secondary">{t(field.help)}</Typography.Text>}
        {source && (
          <Typography.Text type="secondary">
            {t({ zh: `取自：${source.zh}`, en: `From: ${source.en}` })}
          </Typography.Text>
        )}
      </div>
    </div>
  )
}
