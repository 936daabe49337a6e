import { Input } from 'antd'
import { formatted } from '../when.tsx'
import type { InputProps } from './field-input.tsx'

const OFFSET = '+08:00'

/** A day and time in Asia/Shanghai, kept as an instant with its offset. */
export function InstantInput({ id, value, onChange, invalid, describedBy, field }: InputProps) {
  const local = typeof value === 'string' && value ? formatted(new Date(value)).replace(' ', 'T') : ''
  return (
    <Input
      id={id}
      type="datetime-local"
      aria-required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      {...(invalid ? { status: 'error' as const } : {})}
      value={local}
      onChange={({ target }) => onChange(target.value ? `${target.value}:00${OFFSET}` : undefined)}
    />
  )
}
