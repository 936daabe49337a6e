import { Checkbox, Input, InputNumber, Select } from 'antd'
import type { FormField } from '#portal/forms'
import { FileUpload } from '../file-upload.tsx'
import { useWords } from '../language.tsx'
import { DivisionInput } from './division-input.tsx'
import { InstantInput } from './instant-input.tsx'
import { JsonInput } from './json-input.tsx'
import { CodeInput, OrganisationInput } from './lookup-input.tsx'
import { PointInput } from './point-input.tsx'

export interface InputProps {
  readonly id: string
  readonly field: FormField
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly filesFor: string
  readonly invalid: boolean
  /** Id of the text that explains the field and its fault. */
  readonly describedBy: string
}

const CHOICES_AS_LIST = 8
const IDENTITY_LENGTH = 18

/** The right input for the kind of a field. */
export function FieldInput(props: InputProps) {
  const { id, field, value, onChange, invalid, describedBy } = props
  const t = useWords()
  const text = typeof value === 'string' ? value : ''
  const marks = {
    id,
    'aria-required': field.required,
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    ...(invalid ? { status: 'error' as const } : {}),
  }
  const line = {
    ...marks,
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    ...(field.schema.maxLength ? { maxLength: field.schema.maxLength } : {}),
  }
  switch (field.kind) {
    case 'longText':
      return <Input.TextArea {...line} showCount autoSize={{ minRows: 3, maxRows: 12 }} />
    case 'integer':
    case 'decimal':
      return (
        <InputNumber
          {...marks}
          style={{ width: '100%' }}
          inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          {...(field.kind === 'integer' ? { precision: 0 } : {})}
        />
      )
    case 'boolean':
      return (
        <Checkbox
          id={id}
          aria-describedby={describedBy}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        >
          {t({ zh: '是', en: 'Yes' })}
        </Checkbox>
      )
    case 'date':
      return <Input {...line} type="date" />
    case 'instant':
      return <InstantInput {...props} />
    case 'code':
      if (!field.choices) return <CodeInput {...props} />
      return (
        <Select
          {...marks}
          showSearch={field.choices.length > CHOICES_AS_LIST ? { optionFilterProp: 'label' } : false}
          allowClear={!field.required}
          value={text || null}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice.value, label: t(choice.title) }))}
        />
      )
    case 'identity':
      return (
        <Input
          {...line}
          maxLength={IDENTITY_LENGTH}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => onChange(event.target.value.toUpperCase())}
        />
      )
    case 'uscc':
      return (
        <Input
          {...line}
          maxLength={IDENTITY_LENGTH}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value.toUpperCase())}
        />
      )
    case 'phone':
      return <Input {...line} type="tel" inputMode="tel" autoComplete="tel" />
    case 'division':
      return <DivisionInput {...props} />
    case 'organisation':
    case 'organisations':
      return <OrganisationInput {...props} />
    case 'point':
      return <PointInput {...props} />
    case 'files':
      return (
        <FileUpload
          id={id}
          for={props.filesFor}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
          {...(field.schema.maxItems ? { max: field.schema.maxItems } : {})}
        />
      )
    case 'json':
      return <JsonInput {...props} />
    default:
      return <Input {...line} />
  }
}
